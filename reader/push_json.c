#include <stddef.h>
#include <string.h>

#include "core/limits.h"
#include "core/message.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/push.h"

/* One step of an RFC 6901 pointer: "~1" is "/", "~0" is "~". */
static char *
unescape(const char *token, size_t len, struct arena *arena)
{
	char *out = arena_strndup(arena, token, len);
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		if (out[i] == '~' && i + 1 < len &&
		    (out[i + 1] == '0' || out[i + 1] == '1'))
			out[used++] = out[++i] == '1' ? '/' : '~';
		else
			out[used++] = out[i];
	}
	out[used] = '\0';
	return out;
}

static const json_t *
follow(const json_t *value, const char *pointer, struct arena *arena)
{
	while (value != NULL && *pointer == '/') {
		size_t len = strcspn(++pointer, "/");
		char *token = unescape(pointer, len, arena);
		int64_t index;

		if (json_is_array(value)) {
			if (text_to_int(token, 0, INT32_MAX, &index) < 0)
				return NULL;
			value = json_array_get(value, (size_t)index);
		} else {
			value = json_object_get(value, token);
		}
		pointer += len;
	}
	return *pointer == '\0' ? value : NULL;
}

/* Texts and numbers; everything else is absent. */
static const char *
text_at(const json_t *document, const char *pointer, struct arena *arena)
{
	const json_t *value =
	    pointer == NULL ? NULL : follow(document, pointer, arena);

	if (json_is_string(value))
		return text_is_empty(json_string_value(value))
		    ? NULL
		    : arena_strdup(arena, json_string_value(value));
	if (json_is_integer(value))
		return arena_printf(arena, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(value));
	return NULL;
}

/* Identifiers and numbers are short; a text is a text. */
static const char *
short_at(const json_t *document, const char *pointer, struct arena *arena)
{
	const char *text = text_at(document, pointer, arena);

	return text != NULL && strlen(text) > LIMIT_HEADER_BYTES ? NULL : text;
}

/* The document that the pointers point into: the body where it is JSON, else
 * the fields of the query.  A new reference, or NULL. */
static json_t *
document_of(const json_t *request, struct arena *arena)
{
	struct bytes body = push_body(request, arena);

	if (body.data == NULL || body.len == 0)
		return json_incref(json_object_get(request, "query"));
	return json_from(body.data, body.len, NULL);
}

static int
read_item(const struct push_map *map, const json_t *item, struct arena *arena,
    struct message *ret, struct err *err)
{
	*ret = (struct message){ .channel = CHANNEL_SMS };
	ret->from.addr = short_at(item, map->from, arena);
	ret->recipient = short_at(item, map->to, arena);
	ret->message_id = short_at(item, map->id, arena);
	ret->sent_at = push_time(short_at(item, map->time, arena));
	ret->text = text_at(item, map->text, arena);
	if (ret->from.addr == NULL)
		return err_set(err, ERR_DATA,
		    "no sender's number at \"%s\"", text_or(map->from, ""));
	if (ret->text == NULL)
		return err_set(err, ERR_DATA, "no text at \"%s\"",
		    text_or(map->text, ""));
	if (strlen(ret->text) > LIMIT_PUSH_BYTES)
		return err_set(err, ERR_DATA, "the text has %zu bytes; at most "
		    "%zu are taken", strlen(ret->text), LIMIT_PUSH_BYTES);
	ret->own = ret->text;
	return 0;
}

int
push_json_text(const struct push_map *map, const json_t *request,
    struct arena *arena, struct message *ret, struct err *err)
{
	json_t *document scoped(json_release) = document_of(request, arena);

	if (document == NULL)
		return err_set(err, ERR_DATA, "the body is not JSON");
	return read_item(map, document, arena, ret, err);
}

/* The state stands where a text has its words. */
int
push_json_report(const struct push_map *map, const json_t *request,
    struct arena *arena, struct push_report *ret, struct err *err)
{
	json_t *document scoped(json_release) = document_of(request, arena);

	if (document == NULL)
		return err_set(err, ERR_DATA, "the body is not JSON");
	ret->id = short_at(document, map->id, arena);
	ret->answer = short_at(document, map->text, arena);
	if (ret->id == NULL)
		return err_set(err, ERR_DATA, "no message's id at \"%s\"",
		    text_or(map->id, ""));
	if (ret->answer == NULL)
		return err_set(err, ERR_DATA, "no state at \"%s\"",
		    text_or(map->text, ""));
	ret->state = push_state(ret->answer);
	return 0;
}

/* As a push of this gateway would have brought it. */
static const char *
as_push(const json_t *item, struct arena *arena)
{
	json_t *push scoped(json_release) = json_object();
	struct buf text scoped(buf_done);

	buf_init(&text, 4 * LIMIT_POLL_BYTES);
	json_to_buf(item, &text);
	json_object_set_new(
	    push, "body", json_stringn(buf_text(&text), text.len));
	buf_reset(&text);
	json_to_buf(push, &text);
	return arena_strndup(arena, buf_text(&text), text.len);
}

static int
read_cursor(const struct push_map *map, const json_t *document,
    struct arena *arena, const char **ret, struct err *err)
{
	*ret = text_at(document, map->cursor, arena);
	if (*ret != NULL && strlen(*ret) > LIMIT_CURSOR_BYTES)
		return err_set(err, ERR_DATA, "the cursor at \"%s\" has %zu "
		    "bytes; at most %d are taken", map->cursor, strlen(*ret),
		    LIMIT_CURSOR_BYTES);
	return 0;
}

int
reader_poll(const struct push_map *map, const char *raw, size_t len,
    struct arena *arena, struct poll_page *ret, struct err *err)
{
	json_t *document scoped(json_release) = json_from(raw, len, err);
	const json_t *items;

	if (document == NULL)
		return err_wrap(err, "the poll's answer");
	items = follow(document, text_or(map->items, ""), arena);
	if (!json_is_array(items))
		return err_set(err, ERR_DATA, "no list of texts at \"%s\"",
		    text_or(map->items, ""));
	ret->count = json_array_size(items);
	ret->texts = arena_array(arena, ret->count, sizeof(*ret->texts));
	if (read_cursor(map, document, arena, &ret->cursor, err) < 0)
		return -1;
	for (size_t i = 0; i < ret->count; i++) {
		const json_t *item = json_array_get(items, i);
		struct poll_text *text = &ret->texts[i];
		struct err why = { 0 };

		*text = (struct poll_text){ .raw = as_push(item, arena) };
		if (read_item(map, item, arena, &text->message, &why) < 0)
			text->error = arena_strdup(arena, why.msg);
	}
	return arena_is_over(arena)
	    ? err_set(err, ERR_DATA, "the poll's answer is too large")
	    : 0;
}

static const struct {
	const char *key;
	size_t offset;
} fields[] = {
	{ "preset", offsetof(struct push_map, preset) },
	{ "items", offsetof(struct push_map, items) },
	{ "cursor", offsetof(struct push_map, cursor) },
	{ "id", offsetof(struct push_map, id) },
	{ "from", offsetof(struct push_map, from) },
	{ "to", offsetof(struct push_map, to) },
	{ "text", offsetof(struct push_map, text) },
	{ "time", offsetof(struct push_map, time) },
};

json_t *
push_map_to_json(const struct push_map *map)
{
	json_t *object = json_object();

	for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
		const char *value;

		memcpy(&value, (const char *)map + fields[i].offset,
		    sizeof(value));
		json_put_text(object, fields[i].key, value);
	}
	return object;
}

int
push_map_from_json(const json_t *document, struct arena *arena,
    struct push_map *ret, struct err *err)
{
	if (!json_is_object(document))
		return err_set(err, ERR_DATA, "a push map is a JSON object");
	*ret = (struct push_map){ 0 };
	for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
		const char *value =
		    json_text_in(document, fields[i].key, arena);

		memcpy((char *)ret + fields[i].offset, &value, sizeof(value));
	}
	return 0;
}
