#include "core/glyphs.h"

#include "core/unicode.h"
#include "lib/arena.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by `other', for bsearch(). */
static const struct same_glyph {
	uint32_t other, plain;
} same_glyphs[] = {
	{ 0x0020, 0x0020 }, { 0x00A0, 0x0020 }, /* no-break space */
	{ 0x2003, 0x0020 }, { 0x2010, 0x002D }, { 0x2011, 0x002D },
	{ 0x2013, 0x002D }, { 0x2014, 0x002D }, { 0x2015, 0x002D },
	{ 0x202F, 0x0020 }, { 0x2212, 0x002D }, { 0x3000, 0x0020 }, { 0x5169, 0x4E24 }, /* 兩 两 */
	{ 0x55AE, 0x5355 }, /* 單 单 */
	{ 0x5712, 0x56ED }, /* 園 园 */
	{ 0x5C64, 0x5C42 }, /* 層 层 */
	{ 0x5EAB, 0x5E93 }, /* 庫 库 */
	{ 0x6236, 0x6237 }, /* 戶 户 */
	{ 0x68DF, 0x680B }, /* 棟 栋 */
	{ 0x6A13, 0x697C }, /* 樓 楼 */
	{ 0x865F, 0x53F7 }, /* 號 号 */
	{ 0x8A71, 0x8BDD }, /* 話 话 */
	{ 0x8ECA, 0x8F66 }, /* 車 车 */
	{ 0x9580, 0x95E8 }, /* 門 门 */
	{ 0x96FB, 0x7535 }, /* 電 电 */
	{ 0xFE30, 0x003A }, /* ︰ : */
	{ 0xFE55, 0x003A }, /* ﹕ : */
	{ 0xFE5F, 0x0023 }, /* ﹟ # */
	{ 0xFF0D, 0x002D }, /* － - */
};

/* Their low bytes: most characters differ from all of these. */
static const bool may_differ[256] = {
	[0x00] = true,
	[0xA0] = true,
	[0x55] = true,
	[0x30] = true,
	[0x2F] = true,
	[0x03] = true,
	[0x0D] = true,
	[0x10] = true,
	[0x11] = true,
	[0x12] = true,
	[0x13] = true,
	[0x14] = true,
	[0x15] = true,
	[0x20] = true,
	[0x36] = true,
	[0x5F] = true,
	[0x64] = true,
	[0x69] = true,
	[0x71] = true,
	[0x80] = true,
	[0xAB] = true,
	[0xAE] = true,
	[0xCA] = true,
	[0xDF] = true,
	[0xFB] = true,
};

static int
compare_glyphs(const void *key, const void *row)
{
	uint32_t c = *(const uint32_t *)key;
	uint32_t other = ((const struct same_glyph *)row)->other;

	return (c > other) - (c < other);
}

static uint32_t
plain_of(uint32_t c)
{
	const struct same_glyph *same;

	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
	if (c >= 0xFF01 && c <= 0xFF5E && c != 0xFF0D)
		return plain_of(c - 0xFEE0);
	if (!may_differ[c & 255])
		return c;
	same = bsearch(&c, same_glyphs, ARRAY_COUNT(same_glyphs),
	    sizeof(same_glyphs[0]), compare_glyphs);
	return same == NULL ? c : same->plain;
}

uint32_t
glyph_plain(uint32_t c)
{
	return plain_of(c);
}

static bool
is_invisible(uint32_t c)
{
	return c >= 0x200B &&
	       (c <= 0x200F || c == 0xFEFF || c == 0x2060 || c == 0xFE0F);
}

void
glyphs_init(struct glyphs *ret, const char *text, struct arena *arena)
{
	const char *at = text;

	*ret = (struct glyphs){
		.text = text,
		.list =
		    arena_array(arena, strlen(text) + 1, sizeof(*ret->list)),
	};
	for (;;) {
		uint32_t start = (uint32_t)(at - text);
		uint32_t c = unicode_next(&at);

		if (is_invisible(c))
			continue;
		ret->list[ret->count] = (struct glyph){ plain_of(c), start };
		if (c == 0)
			return;
		ret->count++;
	}
}

uint32_t
glyphs_at(const struct glyphs *text, size_t at)
{
	return at < text->count ? text->list[at].c : 0;
}

uint32_t
glyphs_before(const struct glyphs *text, size_t at)
{
	return at == 0 ? 0 : glyphs_at(text, at - 1);
}

bool
glyph_is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

bool
glyph_is_latin(uint32_t c)
{
	return c >= 'a' && c <= 'z';
}

bool
glyph_is_one_of(uint32_t c, const char *list)
{
	if (c == 0)
		return false;
	for (uint32_t l; (l = unicode_next(&list)) != 0;)
		if (l == c)
			return true;
	return false;
}

size_t
glyphs_skip_blanks(const struct glyphs *text, size_t at)
{
	while (glyphs_at(text, at) == ' ' || glyphs_at(text, at) == '\t')
		at++;
	return at;
}

/* Most words differ in their first character, so that is looked at before
 * anything else; our own words are plain, and Han has three bytes. */
static bool
may_begin(const char *word, uint32_t c)
{
	const unsigned char *at = (const unsigned char *)word;

	if (at[0] < 0x80)
		return at[0] == c;
	return (at[0] & 0xF0) != 0xE0 ||
	       c == ((uint32_t)(at[0] & 0x0F) << 12 |
			(uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F));
}

/* Glyphs that match, or 0; a Latin word must end where the text's does. */
static size_t
word_len(const struct glyphs *text, size_t at, const char *word)
{
	size_t len = 0;
	uint32_t last = 0;

	if (!may_begin(word, glyphs_at(text, at)))
		return 0;
	for (uint32_t c; (c = unicode_next(&word)) != 0; len++) {
		if (glyphs_at(text, at + len) != c)
			return 0;
		last = c;
	}
	return glyph_is_latin(last) && glyph_is_latin(glyphs_at(text, at + len))
		   ? 0
		   : len;
}

bool
glyphs_word_at(const struct glyphs *text, size_t at, const char *word)
{
	return word_len(text, at, word) > 0;
}

size_t
glyphs_any_at(const struct glyphs *text, size_t at, const char *const *words)
{
	size_t longest = 0;

	for (; words != NULL && *words != NULL; words++) {
		size_t len = word_len(text, at, *words);

		longest = len > longest ? len : longest;
	}
	return longest;
}

int
glyph_han_digit(uint32_t c)
{
	static const struct {
		uint32_t c;
		int value;
	} digits[] = {
		{ 0x96F6, 0 }, /* 零 */
		{ 0x3007, 0 }, /* 〇 */
		{ 0x4E00, 1 }, /* 一 */
		{ 0x5E7A, 1 }, /* 幺 */
		{ 0x4E8C, 2 }, /* 二 */
		{ 0x4E24, 2 }, /* 两 */
		{ 0x4E09, 3 }, /* 三 */
		{ 0x56DB, 4 }, /* 四 */
		{ 0x4E94, 5 }, /* 五 */
		{ 0x516D, 6 }, /* 六 */
		{ 0x4E03, 7 }, /* 七 */
		{ 0x516B, 8 }, /* 八 */
		{ 0x4E5D, 9 }, /* 九 */
	};

	for (size_t i = 0; i < ARRAY_COUNT(digits); i++)
		if (digits[i].c == c)
			return digits[i].value;
	return -1;
}

static void
put_number(struct glyph_number *number, unsigned value)
{
	char reversed[GLYPH_NUMBER_MAX];
	size_t len = 0;

	do {
		reversed[len++] = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0 && len < GLYPH_NUMBER_MAX);
	for (size_t i = 0; i < len; i++)
		number->digits[i] = reversed[len - 1 - i];
	number->digits[len] = '\0';
}

/* Glyphs of the longest; what goes on and on is none, and not read on. */
enum { HAN_NUMBER_MAX = 12 };

/* 十二, 一百零三, and digit by digit 五零一. */
static bool
han_number(const struct glyphs *text, size_t at, struct glyph_number *ret)
{
	unsigned total = 0, digit = 0;
	size_t len = 0, most = at + HAN_NUMBER_MAX;
	bool has_places = false, has_digit = false;

	*ret = (struct glyph_number){ .is_han = true };
	for (;; at++) {
		uint32_t c = glyphs_at(text, at);
		int value = glyph_han_digit(c);

		if (at > most)
			return false;
		if (value >= 0) {
			if (len == GLYPH_NUMBER_MAX)
				return false;
			ret->digits[len++] = (char)('0' + value);
			digit = (unsigned)value;
			has_digit = true;
		} else if (glyph_is_one_of(c, "十百")) {
			unsigned place = glyph_is_one_of(c, "十") ? 10 : 100;

			total += (has_digit ? digit : 1) * place;
			digit = 0;
			has_digit = false;
			has_places = true;
		} else {
			break;
		}
	}
	ret->end = at;
	if (has_places)
		put_number(ret, total + digit);
	else
		ret->digits[len] = '\0';
	return has_places || len > 0;
}

/* The 30 of 10:30; but 投诉:3号楼 names a building. */
static bool
is_behind_hours(const struct glyphs *text, size_t at)
{
	return glyphs_before(text, at) == ':' &&
	       glyph_is_digit(glyphs_before(text, at - 1));
}

bool
glyphs_number_at(const struct glyphs *text, size_t at, struct glyph_number *ret)
{
	size_t len = 0;

	*ret = (struct glyph_number){ 0 };
	if (!glyph_is_digit(glyphs_at(text, at)))
		return han_number(text, at, ret);
	/* No digit or sign that binds may touch the left end. */
	if (glyph_is_digit(glyphs_before(text, at)) ||
	    glyph_is_one_of(glyphs_before(text, at), ".$¥") ||
	    is_behind_hours(text, at))
		return false;
	for (; glyph_is_digit(glyphs_at(text, at)); at++) {
		if (len == GLYPH_NUMBER_MAX)
			return false;
		ret->digits[len++] = (char)glyphs_at(text, at);
	}
	ret->digits[len] = '\0';
	ret->end = at;
	return true;
}
