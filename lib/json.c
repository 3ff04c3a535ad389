#include "lib/json.h"

#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/json_escape.h"
#include "lib/text.h"

void
json_release(json_t **value)
{
	json_decref(*value);
	*value = NULL;
}

const char *
json_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

const char *
json_text_in(const json_t *object, const char *key, struct arena *arena)
{
	return arena_strdup(arena, json_text(object, key));
}

int64_t
json_int(const json_t *object, const char *key, int64_t otherwise)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

bool
json_flag(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

void
json_put_text(json_t *object, const char *key, const char *text)
{
	json_t *value = text == NULL ? json_null() : json_string(text);

	/* json_string() refuses bytes that are not UTF-8. */
	json_object_set_new(object, key, value == NULL ? json_null() : value);
}

void
json_put_int(json_t *object, const char *key, int64_t value)
{
	json_object_set_new(object, key, json_integer(value));
}

void
json_put_flag(json_t *object, const char *key, bool value)
{
	json_object_set_new(object, key, json_boolean(value));
}

static int
append_to_buf(const char *data, size_t len, void *out)
{
	buf_add(out, data, len);
	return buf_is_over(out) ? -1 : 0;
}

void
json_to_buf(const json_t *value, struct buf *out)
{
	(void)json_dump_callback(
	    value, append_to_buf, out, JSON_COMPACT | JSON_ENCODE_ANY);
}

void
json_mend_escapes(char *data, size_t len)
{
	static const char replaced[] = { 'f', 'f', 'f', 'd' };
	size_t at = 0;

	while (at < len) {
		bool is_escape = data[at] == '\\' && at + 1 < len;
		uint32_t code = 0;
		size_t taken = 0;

		if (is_escape && data[at + 1] == 'u')
			taken = json_escape_read(
			    data + at + 2, len - at - 2, &code);
		if (taken > 0 && (code == 0 || json_escape_is_half(code)))
			memcpy(data + at + 2, replaced, sizeof(replaced));
		at += is_escape ? 2 + taken : 1;
	}
}

/* jansson's own limit (JSON_PARSER_MAX_DEPTH, 2048) is deeper than anything
 * that we are ever sent. */
json_t *
json_from(const char *data, size_t len, struct err *err)
{
	json_error_t why;
	json_t *value;

	/* It reads over one behind a number. */
	if (len > 0 && memchr(data, '\0', len) != NULL) {
		(void)err_set(err, ERR_DATA, "it has a NUL byte");
		return NULL;
	}
	value = json_loadb(
	    data, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (value == NULL)
		(void)err_set(err, ERR_DATA, "line %d, column %d: %s", why.line,
		    why.column, why.text);
	return value;
}

/* One step of a pointer: "~1" is "/", "~0" is "~". */
static void
unescape(const char *token, size_t len, char *ret)
{
	for (size_t i = 0; i < len; i++) {
		if (token[i] == '~' && i + 1 < len &&
		    (token[i + 1] == '0' || token[i + 1] == '1'))
			*ret++ = token[++i] == '1' ? '/' : '~';
		else
			*ret++ = token[i];
	}
	*ret = '\0';
}

void
json_scalar(const json_t *value, char *ret, size_t size)
{
	*ret = '\0';
	if (json_is_string(value))
		(void)snprintf(ret, size, "%s", json_string_value(value));
	else if (json_is_integer(value))
		(void)snprintf(ret, size, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(value));
	else if (json_is_boolean(value))
		(void)snprintf(
		    ret, size, "%s", json_is_true(value) ? "true" : "false");
}

const json_t *
json_at(const json_t *value, const char *pointer)
{
	while (value != NULL && *pointer == '/') {
		size_t len = strcspn(++pointer, "/");
		char token[256];
		int64_t index;

		if (len >= sizeof(token))
			return NULL;
		unescape(pointer, len, token);
		pointer += len;
		if (!json_is_array(value))
			value = json_object_get(value, token);
		else if (text_to_int(token, 0, INT32_MAX, &index) == 0)
			value = json_array_get(value, (size_t)index);
		else
			return NULL;
	}
	return *pointer == '\0' ? value : NULL;
}
