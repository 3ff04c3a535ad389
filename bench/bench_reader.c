/*
 * How many small mails a second one reader makes into messages: a short reply
 * in two forms with the mail that it answers quoted below, about 3 KB.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/json.h"
#include "reader/reader.h"

#define RUN_MS 2000

static void
make_mail(struct buf *raw)
{
	buf_puts(raw,
	    "Received: from mx1.example.org by mx2.example.org; Mon, 23 Nov "
	    "2026 10:05:00 +0800\r\n"
	    "From: =?UTF-8?B?5byg5LiJ?= <zhang@example.org>\r\n"
	    "To: desk@example.org\r\nSubject: =?GB2312?B?UmU6IMKlyc/Cqcuu?=\r\n"
	    "Date: Mon, 23 Nov 2026 10:05:00 +0800 (CST)\r\n"
	    "Message-ID: <m1@example.org>\r\nIn-Reply-To: <t1@desk.x>\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n"
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

int
main(void)
{
	struct buf raw, out;
	struct arena arena;
	struct err err = { 0 };
	mono_t deadline;
	long count = 0;

	buf_init(&raw, MIB);
	buf_init(&out, MIB);
	arena_init(&arena, LIMIT_WORK_BYTES);
	make_mail(&raw);
	if (reader_open(&err) < 0)
		return EXIT_FAILURE;
	deadline = mono_add(clock_mono(), RUN_MS);
	while (mono_left_ms(deadline) > 0) {
		struct message message;
		json_t *document;

		arena_reset(&arena);
		if (reader_mail(raw.data, raw.len, &arena, &message, &err) < 0)
			return EXIT_FAILURE;
		document = message_to_json(&message);
		buf_reset(&out);
		json_to_buf(document, &out);
		json_decref(document);
		count++;
	}
	(void)printf("reader.mails %ld 1/s\n", count * 1000 / RUN_MS);
	arena_done(&arena);
	buf_done(&out);
	buf_done(&raw);
	return EXIT_SUCCESS;
}
