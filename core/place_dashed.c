/*
 * Addresses with dashes: 3-2-501, 3#-2-501, 2-501 behind a building.
 */
#include "core/place_grammar.h"
#include "lib/text.h"

#include <string.h>

static bool
is_number_of_something(const struct place_text *text, size_t at)
{
	return place_word_before(text, at, 6, PLACE_OTHER_NUMBER);
}

static size_t
skip_dash(const struct place_text *text, size_t at)
{
	size_t dash = glyphs_skip_blanks(&text->glyphs, at);

	if (glyphs_at(&text->glyphs, dash) == '#')
		dash++;
	if (glyphs_at(&text->glyphs, dash) != '-')
		return 0;
	return glyphs_skip_blanks(&text->glyphs, dash + 1);
}

/* "2-501" after a building. */
bool
place_dashed_rest(const struct place_text *text, size_t at, struct parts *ret)
{
	struct glyph_number unit;
	size_t next;

	if (!glyphs_number_at(&text->glyphs, at, &unit) || unit.is_han ||
	    strlen(unit.digits) > 2)
		return false;
	next = unit.end;
	if (glyphs_word_at(&text->glyphs, next, "单元"))
		next += 2;
	next = skip_dash(text, next);
	if (next == 0 || !place_room_number(text, next, false, ret))
		return false;
	ret->value[PART_UNIT] = place_keep_number(text, &unit, false);
	return true;
}

static bool
is_home_room(
    const struct place_text *text, const char *building, const char *room)
{
	const struct place *home = text->hints->home;

	return home != NULL && text_eq(home->room, room) &&
	       (building == NULL || text_eq(home->building, building));
}

/* "3-501": only where there are no units, or when it is the sender's. */
static bool
dashed_pair(const struct place_text *text, size_t next,
    const struct glyph_number *building, struct parts *ret)
{
	struct parts room = { 0 };

	if (!place_room_number(text, next, false, &room) ||
	    (text->hints->estate_has_units &&
		!is_home_room(text, building->digits, room.value[PART_ROOM])))
		return false;
	ret->value[PART_ROOM] = room.value[PART_ROOM];
	ret->end = room.end;
	return true;
}

bool
place_dashed_at(const struct place_text *text, size_t at, struct parts *ret)
{
	struct glyph_number building = { .end = at + 1 };
	bool is_letter = place_is_lone_letter(text, at);
	size_t next;

	if (glyphs_before(&text->glyphs, at) == '-' ||
	    glyphs_before(&text->glyphs, at) == '/' ||
	    glyph_is_latin(glyphs_before(&text->glyphs, at)))
		return false;
	if (!is_letter &&
	    (!glyphs_number_at(&text->glyphs, at, &building) ||
		building.is_han || strlen(building.digits) > 3 ||
		(building.digits[0] == '0' && strlen(building.digits) > 2)))
		return false;
	next = skip_dash(text, building.end);
	if (next == 0 || is_number_of_something(text, at) ||
	    (!place_dashed_rest(text, next, ret) &&
		(is_letter || !dashed_pair(text, next, &building, ret))))
		return false;
	ret->value[PART_BUILDING] =
	    is_letter ? place_keep_letter(text, glyphs_at(&text->glyphs, at))
		      : place_keep_number(text, &building, false);
	return true;
}
