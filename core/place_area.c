#include "core/place_grammar.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

/* B1, B2层, 负一楼, 地下二层 */
static size_t
basement_len(const struct place_text *text, size_t at)
{
	struct glyph_number number;
	size_t len = place_word_at(text, at, PLACE_BASEMENT), suffix;

	if (len > 0) {
		if (!glyphs_number_at(&text->glyphs, at + len, &number))
			return 0;
		suffix = place_word_at(text, number.end, PLACE_BASEMENT_SUFFIX);
		return suffix == 0 ? 0 : number.end + suffix - at;
	}
	if (glyphs_at(&text->glyphs, at) != 'b' ||
	    glyph_is_latin(glyphs_before(&text->glyphs, at)) ||
	    !glyph_is_digit(glyphs_at(&text->glyphs, at + 1)) ||
	    glyphs_at(&text->glyphs, at + 1) > '4' ||
	    glyph_is_digit(glyphs_at(&text->glyphs, at + 2)) ||
	    glyph_is_latin(glyphs_at(&text->glyphs, at + 2)) ||
	    glyph_is_one_of(glyphs_at(&text->glyphs, at + 2), "-栋幢座#"))
		return 0;
	return 2 + place_word_at(text, at + 2, PLACE_BASEMENT_SUFFIX);
}

/* 车位 A-123 */
static size_t
parking_space_len(const struct place_text *text, size_t at)
{
	size_t len = place_word_at(text, at, PLACE_PARKING), end;
	size_t digits = 0;

	if (len == 0)
		return 0;
	end = glyphs_skip_blanks(&text->glyphs, at + len);
	if (glyph_is_latin(glyphs_at(&text->glyphs, end)) &&
	    !glyph_is_latin(glyphs_at(&text->glyphs, end + 1)))
		end++;
	if (glyphs_at(&text->glyphs, end) == '-')
		end++;
	for (; glyph_is_digit(glyphs_at(&text->glyphs, end)); end++)
		digits++;
	return digits > 0 && digits < 5 ? end - at : 0;
}

bool
place_area_at(const struct place_text *text, size_t at, struct parts *ret)
{
	size_t own, estate, building, basement, space, len;

	if (!place_word_may_begin(text, at, PLACE_AREA_SET))
		return false;
	own = place_word_at(text, at, PLACE_OWN_AREA);
	estate = place_word_at(text, at, PLACE_ESTATE_AREA);
	building = place_word_at(text, at, PLACE_BUILDING_AREA);
	basement = basement_len(text, at);
	space = parking_space_len(text, at);
	if (glyph_is_latin(glyphs_at(&text->glyphs, at)) &&
	    glyph_is_latin(glyphs_before(&text->glyphs, at)))
		return false;
	len = own > estate ? own : estate;
	len = basement > len ? basement : len;
	len = space > len ? space : len;
	ret->is_in_building = building > 0 && building >= len;
	len = building > len ? building : len;
	if (len == 0)
		return false;
	ret->end = at + len;
	ret->value[PART_AREA] = arena_strndup(text->arena,
	    text->glyphs.text + text->glyphs.list[at].at,
	    text->glyphs.list[ret->end].at - text->glyphs.list[at].at);
	return true;
}
