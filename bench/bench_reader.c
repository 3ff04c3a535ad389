/*
 * How many small mails a second one reader makes into the desk's answers, and
 * what share that is of the rate at which gmime alone parses and decodes them.
 *
 * The mails: a short reply in two forms with the mail that it answers quoted
 * below, and a plain one of a screen.  Rates are per second of processor time.
 */
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "reader/answer.h"
#include "reader/protocol.h"
#include "reader/reader.h"

enum { MAILS = 2 };
#define RUN_SECONDS 1.5

static void
add_head(struct buf *raw, const char *type)
{
	buf_printf(raw,
	    "Received: from mx1.example.org by mx2.example.org; Mon, 23 Nov "
	    "2026 10:05:00 +0800\r\n"
	    "From: =?UTF-8?B?5byg5LiJ?= <zhang@example.org>\r\n"
	    "To: desk@example.org\r\nSubject: =?GB2312?B?UmU6IMKlyc/Cqcuu?=\r\n"
	    "Date: Mon, 23 Nov 2026 10:05:00 +0800 (CST)\r\n"
	    "Message-ID: <m1@example.org>\r\nIn-Reply-To: <t1@desk.x>\r\n"
	    "MIME-Version: 1.0\r\nContent-Type: %s\r\n\r\n",
	    type);
}

static void
make_reply(struct buf *raw)
{
	add_head(raw, "multipart/alternative; boundary=\"b1\"");
	buf_puts(raw,
	    "--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
	    "楼上 502 又漏水了，请尽快处理。\r\n\r\n"
	    "在 2026-11-20 10:05:00，\"物业\" <desk@example.org> 写道：\r\n");
	for (int i = 0; i < 12; i++)
		buf_puts(raw, "> 您好，您的报修已受理，我们会在今天之内答复。\r\n");
	buf_puts(raw, "--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
		      "<html><body><p>楼上 502 又漏水了，请尽快处理。</p>"
		      "<blockquote type=cite>");
	for (int i = 0; i < 12; i++)
		buf_puts(raw, "<p>您好，您的报修已受理，我们会答复。</p>\r\n");
	buf_puts(raw, "</blockquote></body></html>\r\n--b1--\r\n");
}

static void
make_plain(struct buf *raw)
{
	add_head(raw, "text/plain; charset=utf-8");
	for (int i = 0; i < 40; i++)
		buf_printf(raw,
		    "%d 楼道和公共区域的情况请一并看看，谢谢师傅们的辛苦。\r\n", i);
}

static double
cpu_seconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
die(const char *why)
{
	(void)fprintf(stderr, "bench_reader: %s\n", why);
	exit(EXIT_FAILURE);
}

struct bench {
	struct buf mails[MAILS];
	struct buf out;
	struct arena arena;
};

static void
answer(struct bench *bench, const struct buf *raw)
{
	json_t *made;

	arena_reset(&bench->arena);
	made = answer_make(
	    READER_MAIL, NULL, raw->data, raw->len, &bench->arena);
	if (json_object_get(made, "error") != NULL)
		die("a mail was not read");
	answer_write(made, &bench->out);
	json_decref(made);
}

static void
decode_part(GMimeObject *parent, GMimeObject *part, gpointer data)
{
	size_t *bytes = data;
	char *text;

	(void)parent;
	if (!GMIME_IS_TEXT_PART(part))
		return;
	text = g_mime_text_part_get_text((GMimeTextPart *)part);
	*bytes += strlen(text);
	g_free(text);
}

static void
decode(struct bench *bench, const struct buf *raw)
{
	GMimeStream *stream =
	    g_mime_stream_mem_new_with_buffer(raw->data, raw->len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	size_t bytes = 0;

	(void)bench;
	if (message == NULL)
		die("gmime read no mail");
	g_mime_message_foreach(message, decode_part, &bytes);
	if (bytes == 0 || g_mime_message_get_subject(message) == NULL)
		die("gmime found no text");
	g_object_unref(message);
	g_object_unref(parser);
	g_object_unref(stream);
}

/* Mails a second. */
static double
rate(struct bench *bench, void (*work)(struct bench *, const struct buf *))
{
	double start = cpu_seconds(), spent = 0;
	long count = 0;

	while (spent < RUN_SECONDS) {
		for (int i = 0; i < MAILS; i++)
			work(bench, &bench->mails[i]);
		count += MAILS;
		spent = cpu_seconds() - start;
	}
	return (double)count / spent;
}

int
main(void)
{
	struct bench bench;
	struct err err = { 0 };
	double ours, bare;

	arena_init(&bench.arena, LIMIT_WORK_BYTES);
	buf_init(&bench.out, LIMIT_READER_ANSWER_BYTES);
	for (int i = 0; i < MAILS; i++)
		buf_init(&bench.mails[i], MIB);
	make_reply(&bench.mails[0]);
	make_plain(&bench.mails[1]);
	if (reader_open(&err) < 0)
		die(err.msg);
	ours = rate(&bench, answer);
	bare = rate(&bench, decode);
	(void)printf("reader.mails %.0f 1/s\n", ours);
	(void)printf("reader.of_bare_gmime %.2f ratio\n", ours / bare);
	for (int i = 0; i < MAILS; i++)
		buf_done(&bench.mails[i]);
	buf_done(&bench.out);
	arena_done(&bench.arena);
	return EXIT_SUCCESS;
}
