#include "core/unicode.h"

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { WRONG = 0xFFFD };

/* Decode at most `len' bytes; returns how many were used (0: none left). */
static size_t
decode(const char *data, size_t len, uint32_t *ret)
{
	utf8proc_int32_t character = -1;
	utf8proc_ssize_t used;

	if (len == 0)
		return 0;
	used = utf8proc_iterate((const utf8proc_uint8_t *)data,
	    (utf8proc_ssize_t)(len > 4 ? 4 : len), &character);
	if (used <= 0) {
		*ret = WRONG;
		return 1;
	}
	*ret = (uint32_t)character;
	return (size_t)used;
}

uint32_t
unicode_next(const char **text)
{
	const unsigned char *at = (const unsigned char *)*text;
	uint32_t character = 0;

	if (at[0] < 0x80) {
		*text += at[0] != 0;
		return at[0];
	}
	/* Three bytes are nearly all there is in Chinese; what could be
	 * over-long, a surrogate or cut off goes the careful way. */
	if (at[0] > 0xE0 && at[0] < 0xED && (at[1] & 0xC0) == 0x80 &&
	    (at[2] & 0xC0) == 0x80) {
		*text += 3;
		return (uint32_t)(at[0] & 0x0F) << 12 |
		       (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
	}
	*text += decode(*text, strnlen(*text, 4), &character);
	return character;
}

const char *
unicode_valid(const char *data, size_t len, struct arena *arena)
{
	static const char wrong[] = "\xEF\xBF\xBD";
	size_t out = 0;
	char *ret;

	/* A wrong byte becomes three. */
	ret = arena_array(arena, len + 1, 3);
	for (size_t at = 0; at < len;) {
		uint32_t character = 0;
		size_t used = decode(data + at, len - at, &character);

		if (character == WRONG || character == 0) {
			memcpy(ret + out, wrong, 3);
			out += 3;
		} else {
			memcpy(ret + out, data + at, used);
			out += used;
		}
		at += used;
	}
	ret[out] = '\0';
	return ret;
}

static void
release(utf8proc_uint8_t **text)
{
	free(*text);
}

static utf8proc_ssize_t
map(const char *text, bool fold, utf8proc_uint8_t **ret)
{
	utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE |
				    UTF8PROC_COMPAT | UTF8PROC_IGNORE |
				    UTF8PROC_NULLTERM;

	if (fold)
		options |= UTF8PROC_CASEFOLD;
	return utf8proc_map((const utf8proc_uint8_t *)text, 0, ret, options);
}

const char *
unicode_nfkc(const char *text, bool fold, struct arena *arena)
{
	scoped(release) utf8proc_uint8_t *mapped = NULL;

	text = text_or(text, "");
	if (map(text, fold, &mapped) < 0 &&
	    map(unicode_valid(text, strlen(text), arena), fold, &mapped) < 0)
		abort(); /* valid text fails only without memory */
	return arena_strdup(arena, (const char *)mapped);
}

size_t
unicode_grapheme(const char *text)
{
	const char *at = text;
	utf8proc_int32_t state = 0;
	uint32_t before = unicode_next(&at);

	if (before == 0)
		return 0;
	for (;;) {
		const char *next = at;
		uint32_t after = unicode_next(&next);

		if (after == 0 ||
		    utf8proc_grapheme_break_stateful((utf8proc_int32_t)before,
			(utf8proc_int32_t)after, &state))
			return (size_t)(at - text);
		before = after;
		at = next;
	}
}

bool
unicode_is_han(uint32_t character)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x3400, 0x4DBF },
		{ 0x4E00, 0x9FFF },
		{ 0xF900, 0xFAFF },
		{ 0x20000, 0x323AF },
		{ 0x3005, 0x3007 },
	};

	for (size_t i = 0; i < ARRAY_COUNT(ranges); i++)
		if (character >= ranges[i].first && character <= ranges[i].last)
			return true;
	return false;
}

static bool
is_letter(uint32_t character)
{
	switch ((int)utf8proc_category((utf8proc_int32_t)character)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO: return true;
	default: return false;
	}
}

/* One Han character says about as much as one word of letters. */
bool
unicode_is_chinese(const char *text)
{
	size_t han = 0, words = 0;
	bool in_word = false;

	text = text_or(text, "");
	for (;;) {
		uint32_t character = unicode_next(&text);

		if (character == 0)
			return han > 0 && han >= words;
		if (unicode_is_han(character)) {
			han++;
			in_word = false;
		} else if (is_letter(character) || character == '\'') {
			words += !in_word;
			in_word = true;
		} else {
			in_word = false;
		}
	}
}
