#include "core/unicode.h"

#include "lib/arena.h"
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
unicode_next_rare(const char **text)
{
	uint32_t character = 0;

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
		size_t used;

		/* A run of ASCII needs no look. */
		if ((unsigned char)data[at] < 0x80 && data[at] != '\0') {
			ret[out++] = data[at++];
			continue;
		}
		used = decode(data + at, len - at, &character);
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

/* ---- NFKC ---- */

/* A text on its way to NFKC; `out' has always room for what is left of the
 * text as it is. */
struct mapping {
	struct arena *arena;
	utf8proc_option_t options;
	bool fold;
	char *out;
	size_t len, room;
};

/* What NFKC makes of one of the characters that nearly every text is made of:
 * ASCII, Han, and their marks in either width; 0 for all others.  None of them
 * ever joins with a character before it, so a text may be cut in front of
 * each. */
static uint32_t
plain_form(uint32_t c)
{
	if (c < 0x80 || (c >= 0x4E00 && c <= 0x9FFF))
		return c;
	if (c >= 0xFF01 && c <= 0xFF5E)
		return c - 0xFEE0; /* full width */
	if (c == 0x3000)
		return ' ';
	return c == 0x3001 || c == 0x3002 || (c >= 0x3008 && c <= 0x3011) ||
		       c == 0x201C || c == 0x201D
		   ? c
		   : 0;
}

/* The careful way, for a piece between two cuts; `left' bytes come after. */
static int
map_piece(
    struct mapping *mapping, const char *piece, size_t piece_len, size_t left)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)piece,
	    (utf8proc_ssize_t)piece_len, &mapped, mapping->options);
	size_t wanted = mapping->len + (size_t)(len < 0 ? 0 : len) + left;

	if (len < 0)
		return -1;
	if (wanted > mapping->room) {
		char *more = arena_alloc(mapping->arena, 2 * wanted + 1);

		memcpy(more, mapping->out, mapping->len);
		mapping->out = more;
		mapping->room = 2 * wanted;
	}
	memcpy(mapping->out + mapping->len, mapped, (size_t)len);
	mapping->len += (size_t)len;
	free(mapped);
	return 0;
}

/* Bytes up to the next character in front of which the text may be cut. */
static size_t
piece_of(const char *text)
{
	const char *at = text, *next = text;

	(void)unicode_next(&next);
	while (*next != '\0') {
		at = next;
		if (plain_form(unicode_next(&next)) != 0)
			return (size_t)(at - text);
	}
	return (size_t)(next - text);
}

static void
put_plain(struct mapping *mapping, uint32_t c)
{
	char *out = mapping->out + mapping->len;

	if (c < 0x80) {
		if (mapping->fold && c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		out[0] = (char)c;
		mapping->len++;
		return;
	}
	out[0] = (char)(0xE0 | c >> 12);
	out[1] = (char)(0x80 | (c >> 6 & 0x3F));
	out[2] = (char)(0x80 | (c & 0x3F));
	mapping->len += 3;
}

/* -1 when the text is no UTF-8. */
static int
map_all(struct mapping *mapping, const char *text)
{
	size_t left = strlen(text);

	const char *next = text; /* behind the first character of `text' */
	uint32_t plain = plain_form(unicode_next(&next));

	mapping->len = 0;
	mapping->room = left;
	mapping->out = arena_alloc(mapping->arena, left + 1);
	while (left > 0) {
		const char *after = next;
		uint32_t plain_after = plain_form(unicode_next(&after));
		size_t len = (size_t)(next - text);

		/* What comes next may join with this one. */
		if (plain != 0 && (plain_after != 0 || len == left)) {
			put_plain(mapping, plain);
		} else {
			len = piece_of(text);
			if (map_piece(mapping, text, len, left - len) < 0)
				return -1;
			after = text + len;
			plain_after = plain_form(unicode_next(&after));
		}
		text += len;
		left -= len;
		next = after;
		plain = plain_after;
	}
	mapping->out[mapping->len] = '\0';
	return 0;
}

char *
unicode_nfkc(const char *text, bool fold, struct arena *arena)
{
	struct mapping mapping = {
		.arena = arena,
		.options = UTF8PROC_STABLE | UTF8PROC_COMPOSE |
			   UTF8PROC_COMPAT | UTF8PROC_IGNORE |
			   (fold ? UTF8PROC_CASEFOLD : 0),
		.fold = fold,
	};

	text = text_or(text, "");
	if (map_all(&mapping, text) < 0 &&
	    map_all(&mapping, unicode_valid(text, strlen(text), arena)) < 0)
		abort(); /* valid text fails only without memory */
	return mapping.out;
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
		{ 0x4E00, 0x9FFF }, /* nearly all */
		{ 0x3400, 0x4DBF },
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
	if (character < 0x80)
		return (character >= 'a' && character <= 'z') ||
		       (character >= 'A' && character <= 'Z');
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
		if ((character >= 0x4E00 && character <= 0x9FFF) ||
		    unicode_is_han(character)) {
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
