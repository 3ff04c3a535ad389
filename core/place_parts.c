/*
 * The single parts of a place: a number, a letter, a room.
 */
#include "core/place_grammar.h"

#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

const char *
place_keep_number(const struct place_text *text,
    const struct glyph_number *number, bool is_room)
{
	const char *digits = number->digits;

	while (!is_room && *digits == '0' && digits[1] != '\0')
		digits++;
	return arena_strdup(text->arena, digits);
}

const char *
place_keep_letter(const struct place_text *text, uint32_t c)
{
	return arena_printf(text->arena, "%c", (char)(c - 'a' + 'A'));
}

/* A lone letter, as in "A座" and "Block B". */
bool
place_is_lone_letter(const struct place_text *text, size_t at)
{
	return glyph_is_latin(glyphs_at(&text->glyphs, at)) &&
	       !glyph_is_latin(glyphs_before(&text->glyphs, at)) &&
	       !glyph_is_digit(glyphs_before(&text->glyphs, at)) &&
	       !glyph_is_latin(glyphs_at(&text->glyphs, at + 1)) &&
	       glyphs_at(&text->glyphs, at + 1) != '\'';
}

bool
place_is_counted(const struct place_text *text, size_t at)
{

	at = glyphs_skip_blanks(&text->glyphs, at);
	return place_word_at(text, at, PLACE_COUNTED) > 0 ||
	       (glyphs_at(&text->glyphs, at) == '-' &&
		   glyph_is_digit(glyphs_at(&text->glyphs, at + 1))) ||
	       glyph_is_digit(glyphs_at(&text->glyphs, at));
}

/* "2026" as a room would be a year far more often than a flat. */
static bool
is_year(const char *digits)
{
	return strlen(digits) == 4 && strncmp(digits, "20", 2) == 0 &&
	       digits[2] >= '1' && digits[2] <= '3';
}

/* N{3,4} with an optional letter; the suffix is read too. */
bool
place_room_number(const struct place_text *text, size_t at, bool needs_suffix,
    struct parts *ret)
{
	struct glyph_number number;
	size_t suffix, len;

	if (!glyphs_number_at(&text->glyphs, at, &number))
		return false;
	len = strlen(number.digits);
	if (len < 3 || len > 4)
		return false;
	if (glyph_is_latin(glyphs_at(&text->glyphs, number.end)) &&
	    glyphs_at(&text->glyphs, number.end) <= 'f' &&
	    !glyph_is_latin(glyphs_at(&text->glyphs, number.end + 1))) {
		number.digits[len] =
		    (char)(glyphs_at(&text->glyphs, number.end) - 'a' + 'A');
		number.digits[len + 1] = '\0';
		number.end++;
	}
	suffix = place_word_at(text, number.end, PLACE_ROOM_SUFFIX);
	if (glyphs_word_at(&text->glyphs, number.end, "号") &&
	    !glyphs_word_at(&text->glyphs, number.end, "号楼"))
		suffix = 1;
	if (suffix == 0 &&
	    (needs_suffix || is_year(number.digits) ||
		glyph_is_latin(glyphs_at(&text->glyphs, number.end)) ||
		(place_is_counted(text, number.end) &&
		    !glyphs_word_at(&text->glyphs, number.end, "户的"))))
		return false;
	ret->value[PART_ROOM] = place_keep_number(text, &number, true);
	ret->end = number.end + suffix;
	return true;
}
