#include "fuzz/targets.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "core/message.h"
#include "fuzz/must.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/answer.h"
#include "reader/calendar_part.h"
#include "reader/charset.h"
#include "reader/headers.h"
#include "reader/parameters.h"
#include "reader/html.h"
#include "reader/inner_file.h"
#include "reader/own_text.h"
#include "reader/protocol.h"
#include "reader/reader.h"
#include "reader/tnef.h"
#include "reader/transfer_guess.h"
#include "reader/uuencode.h"

struct arena fuzz_arena;

void
fuzz_open(void)
{
	struct err err = { 0 };

	arena_init(&fuzz_arena, LIMIT_READER_WORK_BYTES);
	if (reader_open(&err) < 0) {
		(void)fprintf(stderr, "%s\n", err.msg);
		abort();
	}
}

void
must(bool holds, const char *what)
{
	if (holds)
		return;
	(void)fprintf(stderr, "broken: %s\n", what);
	abort();
}

void
must_be_text(const char *text, size_t cap)
{
	size_t len = text == NULL ? 0 : strlen(text);

	must(len <= cap, "a text is longer than its cap");
	must(text == NULL || charset_is_utf8(text, len), "a text is no UTF-8");
	for (size_t i = 0; i < len; i++)
		must((unsigned char)text[i] >= ' ' || text[i] == '\n' ||
			 text[i] == '\t',
		    "a text has a control character");
}

static void
check_message(const struct message *message, size_t raw_len)
{
	must_be_text(message->from.addr, LIMIT_HEADER_BYTES);
	must_be_text(message->from.name, LIMIT_HEADER_BYTES);
	must_be_text(message->subject, LIMIT_HEADER_BYTES);
	must_be_text(message->text, 3 * LIMIT_TEXT_BYTES);
	must_be_text(message->own, 3 * LIMIT_TEXT_BYTES);
	must_be_text(message->forward.body, 3 * LIMIT_TEXT_BYTES);
	must_be_text(message->warning, LIMIT_HEADER_BYTES);
	for (size_t i = 0; i < message->attachment_count; i++) {
		const struct attachment *one = &message->attachments[i];

		must_be_text(one->name, LIMIT_HEADER_BYTES);
		must_be_text(one->type, LIMIT_HEADER_BYTES);
		must(one->offset <= raw_len &&
			 one->length <= raw_len - one->offset,
		    "an attachment lies outside of its mail");
	}
}

/* The message in an answer, or in one item of it, when there is one. */
static void
check_document(const json_t *holder)
{
	json_t *document = json_object_get(holder, "message");
	struct message message;
	struct err err = { 0 };

	must(document == NULL ||
		 message_from_json(document, &fuzz_arena, &message, &err) == 0,
	    err.msg);
	if (document != NULL)
		must_be_text(message.own, 3 * LIMIT_TEXT_BYTES);
}

/* As the worker answers, and as the desk reads that. */
static void
check_answer(
    uint32_t kind, const struct push_map *map, const char *raw, size_t len)
{
	struct buf out scoped(buf_done) = { 0 };
	struct err err = { 0 };
	struct answer answer;
	json_t *made = answer_make(kind, map, raw, len, &fuzz_arena);
	json_t *items;

	buf_init(&out, LIMIT_READER_ANSWER_BYTES);
	answer_write(made, &out);
	json_decref(made);
	must(answer_read(out.data, out.len, &answer, &err) == 0, err.msg);
	check_document(answer.object);
	items = json_object_get(answer.object, "items");
	for (size_t i = 0; i < json_array_size(items); i++)
		check_document(json_array_get(items, i));
	json_decref(answer.object);
	free(answer.own);
}

static void
read_mail(const char *raw, size_t len)
{
	struct message message;
	struct err err = { 0 };

	if (reader_mail(raw, len, &fuzz_arena, &message, &err) == 0)
		check_message(&message, len);
	check_answer(READER_MAIL, NULL, raw, len);
}

void
fuzz_mail(const uint8_t *data, size_t size)
{
	arena_reset(&fuzz_arena);
	read_mail((const char *)data, size);
}

void
fuzz_bounce(const uint8_t *data, size_t size)
{
	static const char head[] =
	    "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>\n"
	    "Subject: Undelivered Mail Returned to Sender\n"
	    "Content-Type: multipart/report; report-type=delivery-status;\n"
	    " boundary=b\n\n--b\n";
	size_t len = strlen(head);
	char *raw;

	arena_reset(&fuzz_arena);
	raw = arena_alloc(&fuzz_arena, len + size);
	memcpy(raw, head, len);
	if (size > 0)
		memcpy(raw + len, data, size);
	read_mail(raw, len + size);
}

char *
as_text(const uint8_t *data, size_t size)
{
	return charset_to_utf8("utf-8", (const char *)data, size, &fuzz_arena);
}

void
fuzz_own_text(const uint8_t *data, size_t size)
{
	const struct own_text_of of = {
		.subject = "Re: a subject",
		.from = "zhang@example.org",
		.is_answer = size % 2 == 0,
	};
	struct own_text split;
	char *text;

	arena_reset(&fuzz_arena);
	text = as_text(data, size);
	/* A line that starts with a tab stands for one in a quote container. */
	for (char *c = text; *c != '\0'; c++)
		if (*c == '\t' && (c == text || c[-1] == '\n'))
			*c = c[1] == '\t' ? HTML_MARK_BLOCK : HTML_MARK_REPLY;
	own_text_split(text, &of, &fuzz_arena, &split);
	must(split.own != NULL, "own words are missing");
	must_be_text(split.own, 3 * size + 16);
	must_be_text(split.forward.body, 3 * size + 16);
}

void
fuzz_html(const uint8_t *data, size_t size)
{
	const char *text;

	arena_reset(&fuzz_arena);
	(void)html_meta_charset((const char *)data, size, &fuzz_arena);
	text = html_to_text(as_text(data, size), &fuzz_arena);
	must_be_text(html_unmark(text, &fuzz_arena), 3 * LIMIT_TEXT_BYTES);
}

void
fuzz_headers(const uint8_t *data, size_t size)
{
	const char *raw, *label, *text;
	size_t count, len;
	struct address *list;
	const char **ids;

	arena_reset(&fuzz_arena);
	raw = arena_strndup(&fuzz_arena, (const char *)data, size);
	len = strcspn(raw, "\n");
	label = arena_strndup(&fuzz_arena, raw, len);
	text = charset_to_utf8(
	    label, (const char *)data + len, size - len, &fuzz_arena);
	must_be_text(text, 3 * size + 16);
	must_be_text(header_text(raw, &fuzz_arena), LIMIT_HEADER_BYTES);
	list = header_addresses(raw, LIMIT_RECIPIENTS, &fuzz_arena, &count);
	for (size_t i = 0; i < count; i++) {
		must_be_text(list[i].addr, LIMIT_HEADER_BYTES);
		must_be_text(list[i].name, LIMIT_HEADER_BYTES);
		must(strchr(list[i].addr, '@') != NULL, "an address has no @");
	}
	ids = header_ids(raw, LIMIT_REFERENCES, &fuzz_arena, &count);
	for (size_t i = 0; i < count; i++)
		must_be_text(ids[i], LIMIT_HEADER_BYTES);
	must_be_text(content_type(raw, &fuzz_arena), LIMIT_HEADER_BYTES);
	must_be_text(
	    parameter_text(raw, "filename", &fuzz_arena), LIMIT_HEADER_BYTES);
	must(header_date(raw, &fuzz_arena) >= 0, "a date before 1970");
}

static void
check_files(const struct inner_files *files)
{
	must(files->count <= LIMIT_ATTACHMENTS, "more files than there may be");
	for (size_t i = 0; i < files->count; i++)
		must_be_text(files->list[i].name, LIMIT_TEXT_BYTES);
}

void
fuzz_inner(const uint8_t *data, size_t size)
{
	struct inner_files files = { 0 };
	struct tnef_body body;
	char *text;

	arena_reset(&fuzz_arena);
	tnef_read((const char *)data, size, &fuzz_arena, &files, &body);
	must_be_text(body.text, 3 * LIMIT_TEXT_BYTES + 16);
	text = as_text(data, size);
	must_be_text(calendar_to_text(text, &fuzz_arena), 16 * size + 64);
	uuencode_take(text, &fuzz_arena, &files);
	must_be_text(text, 3 * size + 16);
	check_files(&files);
	(void)transfer_guess(TRANSFER_NONE, (const char *)data, size, &fuzz_arena);
}

void
fuzz_push(const uint8_t *data, size_t size)
{
#define FIELDS(kind, at, list)                                                \
	{                                                                     \
		.format = (kind), .items = (list), .id = at "id",             \
		.from = at "from", .to = at "to|?to", .text = at "text|body", \
		.text_hex = at "hex", .coding = at "coding",                  \
		.utf16_codings = utf16_codings, .charset = at "charset",      \
		.header = at "udh", .time = at "time", .time_zone = "+08:00", \
		.part_ref = at "ref", .part_count = at "count",               \
		.part_number = at "number", .state = at "state",              \
		.reason = at "reason", .cursor = "/next"                      \
	}
#define MAP(kind, at)                                                         \
	{                                                                     \
		.push = FIELDS(kind, at, ""), .report = FIELDS(kind, at, ""), \
		.poll = FIELDS(SMS_FORMAT_JSON, "/", "/list"),                \
		.report_poll = FIELDS(SMS_FORMAT_JSON, "/", "/list")          \
	}
	static const char *const utf16_codings[] = { "2", NULL };
	static const struct push_map maps[] = {
		MAP(SMS_FORMAT_QUERY, ""),
		MAP(SMS_FORMAT_FORM, ""),
		MAP(SMS_FORMAT_JSON, "/"),
		MAP(SMS_FORMAT_JSON_ARRAY, "/"),
		MAP(SMS_FORMAT_XML, "/m/"),
	};
	static const uint32_t kinds[] = { READER_PUSH_TEXT, READER_PUSH_REPORT,
		READER_POLL, READER_REPORT_POLL };

	arena_reset(&fuzz_arena);
	if (size == 0)
		return;
	check_answer(kinds[data[0] % 4], &maps[data[0] / 4 % 5],
	    (const char *)data + 1, size - 1);
}
