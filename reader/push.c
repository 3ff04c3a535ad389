#include "reader/push.h"

#include <stdbool.h>
#include <string.h>

#include "core/limits.h"
#include "core/message.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/charset.h"
#include "reader/charset_utf8.h"

enum { ITEMS_MAX = 2000 };

/* ---- one text ---- */

static bool
is_in(const char *const *list, const char *word)
{
	for (; list != NULL && *list != NULL; list++)
		if (text_eq_nocase(*list, word))
			return true;
	return false;
}

/* "text/plain; charset=\"UTF-16BE\"" of a text that is the body. */
static const char *
body_charset(const json_t *request, struct arena *arena)
{
	const char *type = text_or(json_text(request, "content_type"), "");
	const char *found = strcasestr(type, "charset=");

	if (found == NULL)
		return NULL;
	found += strlen("charset=");
	found += strspn(found, "\"' ");
	return arena_strndup(arena, found, strcspn(found, "\"'; "));
}

static bool
is_utf16(const char *charset)
{
	return charset != NULL && text_starts_nocase(charset, "utf-16");
}

/* Half a unit of UTF-16 is none: who says so has recoded the text and left the
 * name, or cut it anywhere. */
static bool
is_recoded(struct bytes text)
{
	return text.len % 2 != 0 && memchr(text.data, '\0', text.len) == NULL &&
	    utf8_run(text.data, text.len) == text.len;
}

/* A named charset stands before a numbered coding. */
static const char *
charset_of(const struct push_source *source, struct bytes text, bool is_hex,
    struct arena *arena)
{
	const struct sms_fields *fields = source->fields;
	const char *named = push_text(source, fields->charset, arena);
	const char *coding = push_text(source, fields->coding, arena);

	if (named == NULL && coding != NULL &&
	    is_in(fields->utf16_codings, coding))
		named = "utf-16be";
	if (is_utf16(named) && !is_hex && is_recoded(text))
		named = NULL;
	return text_or(named, "utf-8");
}

static int
read_words(const struct push_source *source, struct arena *arena,
    struct message *ret, struct err *err)
{
	const struct sms_fields *fields = source->fields;
	struct bytes text = push_bytes(source, fields->text, arena);
	const char *charset = NULL;
	bool is_hex = false;

	if (text.data == NULL && fields->text_hex != NULL) {
		text = push_bytes(source, fields->text_hex, arena);
		is_hex = text.data != NULL;
		if (is_hex)
			text = push_unhex(text.data, text.len, arena);
	}
	if (text.data == NULL && source->request != NULL &&
	    fields->format == SMS_FORMAT_QUERY) {
		text = push_body(source->request, arena);
		charset = body_charset(source->request, arena);
	}
	if (text.data == NULL)
		return err_set(err, ERR_DATA, "no text at \"%s\"",
		    text_or(fields->text, ""));
	if (text.len > LIMIT_PUSH_BYTES)
		return err_set(err, ERR_DATA,
		    "the text has %zu bytes; at most "
		    "%zu are taken",
		    text.len, LIMIT_PUSH_BYTES);
	if (charset == NULL)
		charset = charset_of(source, text, is_hex, arena);
	if (is_utf16(charset))
		text.len -= text.len % 2;
	ret->text =
	    ret->part_count > 1
		? push_part_words(charset, text, arena)
		: charset_to_utf8(charset, text.data, text.len, arena);
	ret->own = ret->text;
	return 0;
}

static unsigned
number_at(const struct push_source *source, const char *field, int64_t most,
    struct arena *arena)
{
	const char *text = push_text(source, field, arena);
	int64_t value = 0;

	return text == NULL || text_to_int(text, 0, most, &value) < 0
		   ? 0
		   : (unsigned)value;
}

static void
read_parts(
    const struct push_source *source, struct arena *arena, struct message *ret)
{
	const struct sms_fields *fields = source->fields;
	struct bytes header = push_bytes(source, fields->header, arena);
	unsigned count = number_at(source, fields->part_count, 255, arena);
	unsigned number = number_at(source, fields->part_number, 255, arena);

	/* Some write it as hexadecimal: "050003CC0201". */
	if (header.len >= 4 && header.data[0] == '0')
		header = push_unhex(header.data, header.len, arena);
	push_parts(header, ret);
	if (count < 2 || number == 0 || number > count)
		return;
	ret->part_ref = number_at(source, fields->part_ref, 65535, arena);
	ret->part_count = count;
	ret->part_number = number;
}

static int
read_text(const struct push_source *source, struct arena *arena,
    struct message *ret, struct err *err)
{
	const struct sms_fields *fields = source->fields;

	*ret = (struct message){ .channel = CHANNEL_SMS };
	ret->from.addr = push_text(source, fields->from, arena);
	ret->recipient = push_text(source, fields->to, arena);
	ret->message_id = push_text(source, fields->id, arena);
	ret->sent_at = push_time(
	    push_text(source, fields->time, arena), fields->time_zone, arena);
	if (ret->from.addr == NULL)
		return err_set(err, ERR_DATA, "no sender's number at \"%s\"",
		    text_or(fields->from, ""));
	if (!push_is_sender(push_bytes(source, fields->from, arena)))
		return err_set(err, ERR_DATA,
		    "the sender at \"%s\" is no number and no name of a "
		    "sender: at most %d letters and digits on one line",
		    text_or(fields->from, ""), PUSH_SENDER_MOST);
	read_parts(source, arena, ret);
	return read_words(source, arena, ret, err);
}

/* ---- one report ---- */

/* What the provider file says stands before the usual words. */
static const char *
state_of(const struct sms_fields *fields, const char *word)
{
	const struct {
		const char *const *words;
		const char *state;
	} lists[] = {
		{ fields->delivered, "delivered" },
		{ fields->failed, "failed" },
		{ fields->expired, "expired" },
		{ fields->sent, "sent" },
		{ fields->accepted, "accepted" },
	};

	for (size_t i = 0; i < ARRAY_COUNT(lists); i++)
		if (is_in(lists[i].words, word))
			return lists[i].state;
	return push_state(word);
}

static int
read_report(const struct push_source *source, struct arena *arena,
    struct push_report *ret, struct err *err)
{
	const struct sms_fields *fields = source->fields;
	const char *state = push_text(source, fields->state, arena);

	*ret = (struct push_report){ 0 };
	ret->id = push_text(source, fields->id, arena);
	if (ret->id == NULL)
		return err_set(err, ERR_DATA, "no message's id at \"%s\"",
		    text_or(fields->id, ""));
	if (state == NULL)
		return err_set(err, ERR_DATA, "no state at \"%s\"",
		    text_or(fields->state, ""));
	ret->state = state_of(fields, state);
	ret->answer = text_or(push_text(source, fields->reason, arena), state);
	ret->is_optout = text_eq(ret->state, "failed") &&
			 is_in(fields->optout, ret->answer);
	return 0;
}

/* ---- what was said, one or many ---- */

struct reading {
	const struct sms_fields *fields;
	bool is_report, is_poll;
	struct arena *arena;
	struct push_page *page;
};

/* Of another kind, such as an event that is no text: passed over. */
static bool
is_other(const struct reading *reading, const struct push_source *source)
{
	const struct sms_fields *fields = reading->fields;

	return fields->only_at != NULL &&
	       !text_eq(push_text(source, fields->only_at, reading->arena),
		   fields->only_is);
}

static void
take(struct reading *reading, const struct push_source *source, const char *raw)
{
	struct push_page *page = reading->page;
	struct push_item *item = &page->items[page->count];
	struct err why = { 0 };
	int result;

	if (is_other(reading, source))
		return;
	*item = (struct push_item){ .raw = raw };
	result = reading->is_report
		     ? read_report(source, reading->arena, &item->report, &why)
		     : read_text(source, reading->arena, &item->message, &why);
	if (result < 0)
		item->error = arena_strdup(reading->arena, why.msg);
	page->last_id = push_text(source, reading->fields->id, reading->arena);
	page->count++;
}

/* What to keep of one item, so that it can be read again alone. */
static const char *
as_push(const struct reading *reading, const json_t *item)
{
	json_t *push scoped(json_release) = json_object();
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, 4 * LIMIT_POLL_BYTES);
	json_to_buf(item, &text);
	json_put_flag(push, "item", true);
	if (reading->is_poll)
		json_put_flag(push, "poll", true);
	json_object_set_new(
	    push, "body", json_stringn(buf_text(&text), text.len));
	buf_reset(&text);
	json_to_buf(push, &text);
	return arena_strndup(reading->arena, buf_text(&text), text.len);
}

static int
take_list(struct reading *reading, const json_t *list, struct err *err)
{
	size_t count = json_array_size(list);

	if (count > ITEMS_MAX)
		return err_set(err, ERR_DATA, "%zu items; at most %d are taken",
		    count, ITEMS_MAX);
	reading->page->listed = count;
	reading->page->items = arena_array(
	    reading->arena, count + 1, sizeof(*reading->page->items));
	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_array_get(list, i);
		struct push_source source scoped(push_source_close);

		push_source_item(reading->fields, item, &source);
		take(reading, &source, as_push(reading, item));
	}
	return 0;
}

static int
take_one(struct reading *reading, const struct push_source *source)
{
	reading->page->listed = 1;
	reading->page->items =
	    arena_array(reading->arena, 1, sizeof(*reading->page->items));
	take(reading, source, NULL);
	return 0;
}

/* The list in a document, or NULL. */
static const json_t *
list_of(const struct reading *reading, const json_t *document)
{
	const json_t *list =
	    json_at(document, text_or(reading->fields->items, ""));

	return json_is_array(list) ? list : NULL;
}

static int
read_request(struct reading *reading, const json_t *request, struct err *err)
{
	struct push_source source scoped(push_source_close) = { 0 };
	const json_t *list = NULL;

	if (push_source_open(
		reading->fields, request, reading->arena, &source, err) < 0)
		return -1;
	if ((reading->fields->format == SMS_FORMAT_JSON ||
		reading->fields->format == SMS_FORMAT_JSON_ARRAY) &&
	    !json_flag(request, "item"))
		list = list_of(reading, source.document);
	if (list != NULL)
		return take_list(reading, list, err);
	if (!text_is_empty(reading->fields->items) &&
	    !json_flag(request, "item"))
		return err_set(
		    err, ERR_DATA, "no list at \"%s\"", reading->fields->items);
	return take_one(reading, &source);
}

static const struct sms_fields *
fields_of(const struct push_map *map, bool is_report, bool is_poll)
{
	if (is_poll)
		return is_report ? &map->report_poll : &map->poll;
	return is_report ? &map->report : &map->push;
}

int
reader_push(const struct push_map *map, bool is_report, const char *raw,
    size_t len, struct arena *arena, struct push_page *ret, struct err *err)
{
	json_error_t why;
	/* NUL: UTF-16 fields may well be valid UTF-8 with NUL in them. */
	json_t *request scoped(json_release) =
	    json_loadb(raw, len, JSON_ALLOW_NUL, &why);
	struct reading reading = {
		.is_report = is_report, .arena = arena, .page = ret
	};

	*ret = (struct push_page){ 0 };
	if (!json_is_object(request))
		return err_set(
		    err, ERR_DATA, "the request was not handed on as it came");
	reading.is_poll = json_flag(request, "poll");
	reading.fields = fields_of(map, is_report, reading.is_poll);
	return read_request(&reading, request, err);
}

static int
read_cursor(const struct sms_fields *fields, const json_t *document,
    struct arena *arena, const char **ret, struct err *err)
{
	const json_t *value =
	    fields->cursor == NULL ? NULL : json_at(document, fields->cursor);

	*ret = NULL;
	if (json_is_string(value))
		*ret = arena_strdup(arena, json_string_value(value));
	else if (json_is_integer(value))
		*ret = arena_printf(
		    arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (*ret != NULL && strlen(*ret) > LIMIT_CURSOR_BYTES)
		return err_set(err, ERR_DATA,
		    "the cursor at \"%s\" has %zu "
		    "bytes; at most %d are taken",
		    fields->cursor, strlen(*ret), LIMIT_CURSOR_BYTES);
	return 0;
}

int
reader_poll(const struct push_map *map, bool is_report, const char *raw,
    size_t len, struct arena *arena, struct push_page *ret, struct err *err)
{
	json_t *document scoped(json_release) =
	    push_json((struct bytes){ raw, len }, arena, err);
	struct reading reading = { .is_report = is_report,
		.is_poll = true,
		.arena = arena,
		.page = ret,
		.fields = fields_of(map, is_report, true) };
	const json_t *list;

	*ret = (struct push_page){ 0 };
	if (document == NULL)
		return err_wrap(err, "the poll's answer");
	list = list_of(&reading, document);
	if (list == NULL)
		return err_set(err, ERR_DATA, "no list of texts at \"%s\"",
		    text_or(reading.fields->items, ""));
	if (take_list(&reading, list, err) < 0 ||
	    read_cursor(reading.fields, document, arena, &ret->cursor, err) < 0)
		return -1;
	return arena_is_over(arena)
		   ? err_set(err, ERR_DATA, "the poll's answer is too large")
		   : 0;
}
