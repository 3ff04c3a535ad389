#include "lib/flat_json.h"

#include <stdint.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/json_escape.h"
#include "lib/text.h"

enum { UTF8_MOST = 4, REPLACEMENT = 0xfffd };

struct flat_json
flat_json_open(struct bytes body)
{
	return (struct flat_json){ .rest = body };
}

static bool
is_one_of(const char *list, char c)
{
	return c != '\0' && strchr(list, c) != NULL;
}

static void
skip(struct bytes *rest, size_t len)
{
	rest->data += len;
	rest->len -= len;
}

static void
skip_blanks(struct bytes *rest)
{
	while (rest->len > 0 && is_one_of(" \t\r\n", *rest->data))
		skip(rest, 1);
}

/* The next mark behind blanks, taken off; 0, which is none, at the end too. */
static char
take_mark(struct bytes *rest)
{
	char mark;

	skip_blanks(rest);
	if (rest->len == 0)
		return '\0';
	mark = *rest->data;
	skip(rest, 1);
	return mark;
}

/* ---- texts ---- */

static size_t
write_utf8(uint32_t code, char ret[UTF8_MOST])
{
	if (code < 0x80) {
		ret[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		ret[0] = (char)(0xc0 | code >> 6);
		ret[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		ret[0] = (char)(0xe0 | code >> 12);
		ret[1] = (char)(0x80 | (code >> 6 & 0x3f));
		ret[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	ret[0] = (char)(0xf0 | code >> 18);
	ret[1] = (char)(0x80 | (code >> 12 & 0x3f));
	ret[2] = (char)(0x80 | (code >> 6 & 0x3f));
	ret[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

/* Behind a backslash, decoded to `ret'; how many bytes, 0 for none. */
static size_t
take_escape(struct bytes *rest, char ret[UTF8_MOST])
{
	static const char marks[] = "\"\\/bfnrtu";
	static const char bytes[] = "\"\\/\b\f\n\r\t";
	const char *at;
	uint32_t code;
	size_t taken;

	if (rest->len == 0)
		return 0;
	at = memchr(marks, *rest->data, sizeof(marks) - 1);
	if (at == NULL)
		return 0;
	skip(rest, 1);
	if (*at == 'u') {
		taken = json_escape_read(rest->data, rest->len, &code);
		skip(rest, taken);
		if (json_escape_is_half(code))
			code = REPLACEMENT;
		return taken == 0 ? 0 : write_utf8(code, ret);
	}
	ret[0] = bytes[at - marks];
	return 1;
}

/* How long it is as it is written, which is no less than decoded. */
static size_t
written_len(const struct bytes *rest)
{
	size_t len = 0;

	while (len < rest->len && rest->data[len] != '"')
		len += rest->data[len] == '\\' ? 2 : 1;
	return len < rest->len ? len : rest->len;
}

/* Behind its first quote. */
static bool
take_text(struct bytes *rest, struct arena *arena, struct bytes *ret)
{
	char *out = arena_alloc(arena, written_len(rest) + UTF8_MOST);
	size_t used = 0, len;

	while (rest->len > 0 && (unsigned char)*rest->data >= ' ') {
		char byte = *rest->data;

		skip(rest, 1);
		if (byte == '"') {
			out[used] = '\0';
			*ret = (struct bytes){ out, used };
			return true;
		}
		if (byte != '\\') {
			out[used++] = byte;
			continue;
		}
		len = take_escape(rest, out + used);
		if (len == 0)
			return false;
		used += len;
	}
	return false;
}

/* ---- fields ---- */

static size_t
digits(const char *text, size_t len)
{
	size_t count = 0;

	while (count < len && is_one_of("0123456789", text[count]))
		count++;
	return count;
}

/* As RFC 8259 6 has it, and nothing else. */
static bool
is_number(const char *text, size_t len)
{
	size_t at = len > 0 && text[0] == '-' ? 1 : 0;
	size_t whole = digits(text + at, len - at), more;

	if (whole == 0 || (whole > 1 && text[at] == '0'))
		return false;
	at += whole;
	if (at < len && text[at] == '.') {
		more = digits(text + at + 1, len - at - 1);
		if (more == 0)
			return false;
		at += 1 + more;
	}
	if (at < len && is_one_of("eE", text[at])) {
		at += at + 1 < len && is_one_of("+-", text[at + 1]) ? 2 : 1;
		more = digits(text + at, len - at);
		if (more == 0)
			return false;
		at += more;
	}
	return at == len;
}

static bool
is_word(const struct bytes *text, const char *word)
{
	return text->len == strlen(word) &&
	       memcmp(text->data, word, text->len) == 0;
}

/* A number or a flag; its first byte was taken already. */
static bool
take_word(struct bytes *rest, struct arena *arena, struct bytes *ret)
{
	const char *start = rest->data - 1;
	size_t len = 1;

	while (rest->len > 0 && !is_one_of(" \t\r\n,}", *rest->data)) {
		skip(rest, 1);
		len++;
	}
	*ret = (struct bytes){ arena_strndup(arena, start, len), len };
	if (is_word(ret, "null")) {
		*ret = (struct bytes){ "", 0 };
		return true;
	}
	return is_word(ret, "true") || is_word(ret, "false") ||
	       is_number(start, len);
}

static bool
take_value(struct bytes *rest, struct arena *arena, struct bytes *ret)
{
	char mark = take_mark(rest);

	if (mark == '"')
		return take_text(rest, arena, ret);
	return mark != '\0' && take_word(rest, arena, ret);
}

/* Nothing but blanks may stand behind the object. */
static bool
end(struct flat_json *json)
{
	skip_blanks(&json->rest);
	json->is_good = json->rest.len == 0;
	return false;
}

bool
flat_json_next(
    struct flat_json *json, struct arena *arena, struct form_field *ret)
{
	struct bytes *rest = &json->rest;
	bool is_first = !json->is_begun;
	char mark = take_mark(rest);

	json->is_begun = true;
	if (is_first) {
		if (mark != '{')
			return false;
		mark = take_mark(rest);
	}
	if (mark == '}')
		return end(json);
	if (!is_first) {
		if (mark != ',')
			return false;
		mark = take_mark(rest);
	}
	return mark == '"' && take_text(rest, arena, &ret->name) &&
	       take_mark(rest) == ':' && take_value(rest, arena, &ret->text);
}
