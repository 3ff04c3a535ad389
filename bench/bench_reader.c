/*
 * How many small mails a second one reader makes into the desk's answers, and
 * what share that is of the rate at which gmime alone parses and decodes them.
 *
 * The mails: a short reply in two forms with the mail that it answers quoted
 * below, and a plain one of a screen; by themselves a page of HTML and a photo
 * of a megabyte.  Rates are per second of processor time.
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

enum { REPLY, PLAIN, PAGE, PHOTO, MAILS };
#define RUN_SECONDS 1.0

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
		buf_puts(
		    raw, "> 您好，您的报修已受理，我们会在今天之内答复。\r\n");
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
		    "%d 楼道和公共区域的情况请一并看看，谢谢师傅们的辛苦。\r\n",
		    i);
}

static void
make_page(struct buf *raw)
{
	add_head(raw, "text/html; charset=gb2312");
	buf_puts(raw, "<html><head><style>p{}</style></head><body><table>");
	for (int i = 0; i < 100; i++)
		buf_puts(raw, "<tr><td style=\"color:#333\"><p>\xC2\xA9\xCB\xAE"
			      "<b>\xB3\xF8\xB7\xBF</b></p><td>502&nbsp;</tr>");
	buf_puts(raw, "</table></body></html>\r\n");
}

static void
make_photo(struct buf *raw)
{
	add_head(raw, "multipart/mixed; boundary=\"b1\"");
	buf_puts(raw, "--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
		      "水管照片\r\n--b1\r\nContent-Type: image/jpeg; "
		      "name=\"a.jpg\"\r\nContent-Transfer-Encoding: base64\r\n"
		      "Content-Disposition: attachment\r\n\r\n");
	for (int i = 0; i < 18400; i++)
		buf_puts(raw,
		    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgMCAgMDAwMEAwM"
		    "EBQgFBQQE\r\n");
	buf_puts(raw, "--b1--\r\n");
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
	made =
	    answer_make(READER_MAIL, NULL, raw->data, raw->len, &bench->arena);
	if (json_object_get(made, "error") != NULL)
		die("a mail was not read");
	answer_write(made, &bench->out);
	json_decref(made);
}

/* As our reader does to know its size. */
static size_t
decode_file(GMimeObject *part)
{
	GMimeStream *null = g_mime_stream_null_new();
	gssize size =
	    GMIME_IS_PART(part)
		? g_mime_data_wrapper_write_to_stream(
		      g_mime_part_get_content((GMimePart *)part), null)
		: 0;

	g_object_unref(null);
	return size < 0 ? 0 : (size_t)size;
}

static void
decode_part(GMimeObject *parent, GMimeObject *part, gpointer data)
{
	size_t *bytes = data;
	char *text;

	(void)parent;
	if (!GMIME_IS_TEXT_PART(part)) {
		*bytes += decode_file(part);
		return;
	}
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

/* Mails a second, of those from `first' to `last'. */
static double
rate(struct bench *bench, int first, int last,
    void (*work)(struct bench *, const struct buf *))
{
	double start = cpu_seconds(), spent = 0;
	long count = 0;

	while (spent < RUN_SECONDS) {
		for (int i = first; i <= last; i++)
			work(bench, &bench->mails[i]);
		count += last - first + 1;
		spent = cpu_seconds() - start;
	}
	return (double)count / spent;
}

static void
compare(struct bench *bench, const char *name, int first, int last)
{
	double ours = rate(bench, first, last, answer);
	double bare = rate(bench, first, last, decode);
	double bytes = 0;

	for (int i = first; i <= last; i++)
		bytes += (double)bench->mails[i].len / (last - first + 1);
	bytes /= (double)MIB;
	(void)printf("reader.%s %.0f 1/s\n", name, ours);
	(void)printf("reader.%s_bytes %.1f MB/s\n", name, ours * bytes);
	(void)printf("reader.%s_bare_gmime %.0f 1/s\n", name, bare);
	(void)printf(
	    "reader.%s_bare_gmime_bytes %.1f MB/s\n", name, bare * bytes);
	/* The one that is watched keeps its old name. */
	(void)printf("reader.%s%sof_bare_gmime %.2f ratio\n",
	    last == PLAIN ? "" : name, last == PLAIN ? "" : "_", ours / bare);
}

int
main(void)
{
	static void (*const makers[MAILS])(
	    struct buf *) = { make_reply, make_plain, make_page, make_photo };
	struct bench bench;
	struct err err = { 0 };

	arena_init(&bench.arena, LIMIT_READER_WORK_BYTES);
	buf_init(&bench.out, LIMIT_READER_ANSWER_BYTES);
	for (int i = 0; i < MAILS; i++) {
		buf_init(&bench.mails[i], 4 * MIB);
		makers[i](&bench.mails[i]);
	}
	if (reader_open(&err) < 0)
		die(err.msg);
	compare(&bench, "mails", REPLY, PLAIN);
	compare(&bench, "page", PAGE, PAGE);
	compare(&bench, "photo", PHOTO, PHOTO);
	for (int i = 0; i < MAILS; i++)
		buf_done(&bench.mails[i]);
	buf_done(&bench.out);
	arena_done(&bench.arena);
	return EXIT_SUCCESS;
}
