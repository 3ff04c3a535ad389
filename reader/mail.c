#include "reader/reader.h"

#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/json.h"
#include "lib/text.h"
#include "reader/attachments.h"
#include "reader/auto.h"
#include "reader/body.h"
#include "reader/bounce.h"
#include "reader/charset.h"
#include "reader/explain.h"
#include "reader/headers.h"
#include "reader/html.h"
#include "reader/mime.h"
#include "reader/own_text.h"

int
reader_open(struct err *err)
{
	if (charset_open_all(err) < 0)
		return -1;
	mime_open();
	html_open();
	/* jansson opens /dev/urandom for its first object. */
	json_object_seed(0);
	return 0;
}

/* Without any From, who else says to have sent it. */
static void
read_other_sender(
    const struct mime *mime, struct arena *arena, struct message *ret)
{
	static const char *const fields[] = { "Sender", "Resent-From",
		"Return-Path" };

	for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
		size_t count;
		const struct address *list = header_addresses(
		    mime_header(mime, fields[i]), 1, arena, &count);

		if (count == 0)
			continue;
		ret->from = list[0];
		reader_warn(ret,
		    arena_printf(arena, "no From, so %s is taken", fields[i]),
		    arena);
		return;
	}
}

/* Several From fields are a trick or a mistake; the first one with an address
 * is shown by mail programs. */
static void
read_sender(
    const struct mime *mime, struct arena *arena, struct message *ret)
{
	const struct mime_header *header = NULL;
	size_t count = 0;
	const struct address *list;

	while (count == 0 &&
	    (header = mime_header_next(mime, "From", header)) != NULL) {
		list = header_addresses(header->raw, 1, arena, &count);
		if (ret->raw_from == NULL)
			ret->raw_from = header_text(header->raw, arena);
		if (count > 0)
			ret->from = list[0];
		else if (ret->from.name == NULL)
			ret->from.name = header_text(header->raw, arena);
	}
	if (ret->raw_from == NULL)
		read_other_sender(mime, arena, ret);
	list = header_addresses(mime_header(mime, "Reply-To"), 1, arena, &count);
	if (count > 0)
		ret->reply_to = list[0];
	if (mime_header(mime, "Return-Path") == NULL)
		return;
	list =
	    header_addresses(mime_header(mime, "Return-Path"), 1, arena, &count);
	ret->return_path = count > 0 ? list[0].addr : "";
}

static void
read_recipients(
    const struct mime *mime, struct arena *arena, struct message *ret)
{
	static const char *const fields[] = { "To", "Cc", "Delivered-To",
		"X-Original-To" };
	bool is_cut = false;

	ret->to = arena_array(arena, LIMIT_RECIPIENTS, sizeof(*ret->to));
	for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
		const struct mime_header *header = NULL;

		while ((header = mime_header_next(mime, fields[i], header)) !=
		    NULL) {
			size_t room = LIMIT_RECIPIENTS - ret->to_count;
			size_t count;
			const struct address *list = header_addresses(
			    header->raw, room + 1, arena, &count);

			if (count > room) {
				count = room;
				is_cut = true;
			}
			if (count > 0)
				memcpy(ret->to + ret->to_count, list,
				    count * sizeof(*list));
			ret->to_count += count;
		}
	}
	if (is_cut)
		reader_warn(ret, "only the first 100 recipients were read", arena);
}

static void
read_threads(
    const struct mime *mime, struct arena *arena, struct message *ret)
{
	size_t count;
	const char **ids =
	    header_ids(mime_header(mime, "Message-ID"), 1, arena, &count);

	if (count > 0)
		ret->message_id = ids[0];
	ids = header_ids(mime_header(mime, "In-Reply-To"), 1, arena, &count);
	if (count > 0)
		ret->in_reply_to = ids[0];
	ret->references = header_ids(mime_header(mime, "References"),
	    LIMIT_REFERENCES, arena, &ret->reference_count);
}

/* The first server's clock, behind the last semicolon of its Received field. */
static msec_t
received_at(const struct mime *mime, struct arena *arena)
{
	const char *raw = mime_header(mime, "Received");
	const char *mark = raw == NULL ? NULL : strrchr(raw, ';');

	return mark == NULL ? 0 : header_date(mark + 1, arena);
}

/* "CST" is China's time and that of Chicago: the server's clock tells. */
static msec_t
read_date(const struct mime *mime, struct arena *arena)
{
	static const msec_t apart = 14 * MSEC_HOUR;
	const char *raw = mime_header(mime, "Date");
	msec_t at = header_date(raw, arena), received;

	if (at == 0 || !header_date_is_cst(raw))
		return at;
	received = received_at(mime, arena);
	return received > at + apart / 2 && received < at + 2 * apart
		   ? at + apart
		   : at;
}

static void
read_results(
    const struct mime *mime, struct arena *arena, struct message *ret)
{
	const struct mime_header *header = NULL;

	while (ret->auth_result_count < ARRAY_COUNT(ret->auth_results) &&
	    (header = mime_header_next(
		 mime, "Authentication-Results", header)) != NULL)
		ret->auth_results[ret->auth_result_count++] =
		    header_text(header->raw, arena);
}

/* All text; how much of it the first text part gave. */
static size_t
read_text(const char *raw, const struct mime *mime, struct arena *arena,
    struct message *ret, struct explanation *why)
{
	struct body body;
	struct own_text split;
	const char *first;

	body_read(raw, mime, arena, &body);
	reader_warn(ret, body.warning, arena);
	ret->text = html_unmark(body.text, arena);
	own_text_split(body.text,
	    &(struct own_text_of){ .subject = ret->subject,
		.from = ret->from.addr,
		.to = ret->to,
		.to_count = ret->to_count,
		.is_answer =
		    ret->in_reply_to != NULL || ret->reference_count > 0 },
	    arena, &split);
	ret->own = split.own;
	ret->forward = split.forward;
	why->lines = split.lines;
	attachments_list(raw, mime, &body, arena, ret);
	if (body.text[body.first_length] == '\0')
		return strlen(ret->text);
	first = arena_strndup(arena, body.text, body.first_length);
	return strlen(html_unmark(first, arena));
}

/* What stands in further parts is apart: a list's footer, mostly. */
static void
part_text(struct message *ret, size_t first, struct arena *arena)
{
	if (ret->text[first] == '\0')
		return;
	ret->more = text_trim(arena_strdup(arena, ret->text + first));
	ret->text = arena_strndup(arena, ret->text, first);
}

/* What stands in front of the header: blank lines, and the "From " line of
 * mbox files and of some servers. */
static size_t
preamble(const char *raw, size_t len)
{
	size_t at = 0, line = 0;
	const char *end;

	while (at < len && strchr(" \t\r\n", raw[at]) != NULL &&
	    raw[at] != '\0')
		if (raw[at++] == '\n')
			line = at;
	if (len - line > 6 &&
	    (memcmp(raw + line, "From ", 5) == 0 ||
		memcmp(raw + line, ">From ", 6) == 0)) {
		end = memchr(raw + line, '\n', len - line);
		if (end != NULL)
			line = (size_t)(end - raw) + 1;
	}
	return line;
}

/* Some old mail has CR alone as line ends; it is read as a copy, in which
 * every byte keeps its place. */
static const char *
with_line_ends(const char *raw, size_t len, struct arena *arena)
{
	char *copy;

	if (len == 0 || len > MIB || memchr(raw, '\n', len) != NULL ||
	    memchr(raw, '\r', len) == NULL)
		return raw;
	copy = arena_strndup(arena, raw, len);
	for (size_t i = 0; i < len; i++)
		if (copy[i] == '\r')
			copy[i] = '\n';
	return copy;
}

int
reader_mail_explained(const char *raw, size_t len, struct arena *arena,
    struct message *ret, struct explanation *why, struct err *err)
{
	struct mime mime;
	size_t skip, first;

	*ret = (struct message){ .channel = CHANNEL_MAIL };
	*why = (struct explanation){ 0 };
	if (len > LIMIT_MAIL_BYTES)
		return err_set(err, ERR_DATA, "mail of %zu bytes", len);
	raw = with_line_ends(raw, len, arena);
	skip = preamble(raw, len);
	if (mime_read(raw + skip, len - skip, arena, &mime, err) < 0)
		return -1;
	raw += skip;
	reader_warn(ret, mime.warning, arena);
	read_sender(&mime, arena, ret);
	read_recipients(&mime, arena, ret);
	read_threads(&mime, arena, ret);
	read_results(&mime, arena, ret);
	ret->subject = header_text(mime_header(&mime, "Subject"), arena);
	ret->sent_at = read_date(&mime, arena);
	first = read_text(raw, &mime, arena, ret, why);
	bounce_read(raw, &mime, ret, arena, &ret->bounce);
	attachments_read_mail(raw, &mime, arena, ret);
	why->evidence_count =
	    auto_evidence(raw, &mime, ret, arena, why->evidence);
	ret->is_auto = why->evidence_count > 0;
	ret->auto_reason = ret->is_auto ? why->evidence[0].reason : NULL;
	part_text(ret, first, arena);
	ret->spam_hint = auto_spam_hint(&mime, arena);
	for (size_t i = 0; i < ret->attachment_count; i++)
		if (ret->attachments[i].length > 0)
			ret->attachments[i].offset += skip;
	return arena_is_over(arena)
	    ? err_set(err, ERR_DATA, "mail needs too much memory")
	    : 0;
}

int
reader_mail(const char *raw, size_t len, struct arena *arena,
    struct message *ret, struct err *err)
{
	struct explanation why;

	return reader_mail_explained(raw, len, arena, ret, &why, err);
}
