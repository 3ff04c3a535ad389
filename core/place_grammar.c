#include "core/place_grammar.h"

#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

static bool
is_unit_next(const struct place_text *text, size_t at)
{
	struct glyph_number number;

	at = glyphs_skip_blanks(&text->glyphs, at);
	if (glyphs_at(&text->glyphs, at) == '-')
		at = glyphs_skip_blanks(&text->glyphs, at + 1);
	return glyphs_number_at(&text->glyphs, at, &number) &&
	       (glyphs_word_at(&text->glyphs, number.end, "单元") ||
		   glyphs_word_at(&text->glyphs, number.end, "门") ||
		   (glyphs_at(&text->glyphs, number.end) == '-' &&
		       glyph_is_digit(
			   glyphs_at(&text->glyphs, number.end + 1))));
}

static bool
is_room_next(const struct place_text *text, size_t at)
{
	struct parts room = { 0 };

	return place_room_number(
	    text, glyphs_skip_blanks(&text->glyphs, at), false, &room);
}

/* "两栋楼都停电" counts buildings, "三栋" names one. */
static bool
is_building_count(
    const struct place_text *text, size_t at, const struct glyph_number *number)
{

	return (number->is_han ||
		   place_word_at(text, number->end, PLACE_BUILDINGS_COUNTED)) &&
	       at > 0 &&
	       place_word_at(text, at - 1, PLACE_BUILDINGS_COUNTED) > 0 &&
	       glyphs_before(&text->glyphs, at) != 0;
}

/* What follows the number and makes it a building; 0 when nothing does. */
static size_t
building_suffix(
    const struct place_text *text, size_t at, const struct glyph_number *number)
{
	size_t end = number->end, len;

	len = place_word_at(text, end, PLACE_BUILDING_SUFFIX);
	if (len > 0) {
		bool is_count = is_building_count(text, at, number) ||
				(glyphs_word_at(&text->glyphs, at, "两") &&
				    len > 0 && !is_unit_next(text, end + len));

		return is_count ? 0 : len;
	}
	if (glyphs_at(&text->glyphs, end) == '#')
		return glyph_is_digit(glyphs_at(&text->glyphs, end + 1)) ||
			       !place_word_at(
				   text, end + 1, PLACE_NUMBERED_THING)
			   ? 1
			   : 0;
	if (glyphs_word_at(&text->glyphs, end, "座"))
		return !number->is_han || is_unit_next(text, end + 1) ||
			       is_room_next(text, end + 1)
			   ? 1
			   : 0;
	if (glyphs_word_at(&text->glyphs, end, "楼") ||
	    glyphs_word_at(&text->glyphs, end, "号"))
		return is_unit_next(text, end + 1) ? 1 : 0;
	return 0;
}

/* 3楼501 names building 3 when room 501 cannot be on floor 3. */
static bool
is_floor_of_room(const char *floor, const char *room)
{
	size_t len = strlen(room), floor_len = strlen(floor);

	while (len > 0 && !glyph_is_digit((unsigned char)room[len - 1]))
		len--;
	return len == floor_len + 2 && strncmp(room, floor, floor_len) == 0;
}

static bool
building_han(const struct place_text *text, size_t at, struct parts *ret)
{
	struct glyph_number number;
	struct parts room = { 0 };
	size_t suffix;

	if (place_is_lone_letter(text, at)) {
		suffix = place_word_at(text, at + 1, PLACE_LETTER_SUFFIX);
		if (suffix == 0)
			return false;
		ret->value[PART_BUILDING] =
		    place_keep_letter(text, glyphs_at(&text->glyphs, at));
		ret->end = at + 1 + suffix;
		return true;
	}
	if (!glyphs_number_at(&text->glyphs, at, &number) ||
	    strlen(number.digits) > 3)
		return false;
	suffix = building_suffix(text, at, &number);
	if (suffix == 0 && glyphs_word_at(&text->glyphs, number.end, "楼") &&
	    place_room_number(text, number.end + 1, false, &room) &&
	    !is_floor_of_room(number.digits, room.value[PART_ROOM]))
		suffix = 1;
	if (suffix == 0)
		return false;
	ret->value[PART_BUILDING] = place_keep_number(text, &number, false);
	ret->end = number.end + suffix;
	return true;
}

/* A Latin keyword, an optional "no.", and where its value starts. */
static bool
keyword_at(const struct place_text *text, size_t at, enum place_list keywords,
    size_t *value)
{
	size_t len;

	if (!glyph_is_latin(glyphs_at(&text->glyphs, at)) ||
	    glyph_is_latin(glyphs_before(&text->glyphs, at)))
		return false;
	len = place_word_at(text, at, keywords);
	if (len == 0)
		return false;
	at = glyphs_skip_blanks(&text->glyphs, at + len);
	at = glyphs_skip_blanks(
	    &text->glyphs, at + place_word_at(text, at, PLACE_KEYWORD_FILLER));
	*value = at;
	return true;
}

static bool
building_latin(const struct place_text *text, size_t at, struct parts *ret)
{
	struct glyph_number number;
	size_t value;

	if (!keyword_at(text, at, PLACE_BUILDING_KEYWORD, &value))
		return false;
	if (place_is_lone_letter(text, value)) {
		/* "the building a dog..." is no building A. */
		if (glyphs_at(&text->glyphs, value) == 'a' &&
		    text->glyphs.text[text->glyphs.list[value].at] == 'a')
			return false;
		ret->value[PART_BUILDING] =
		    place_keep_letter(text, glyphs_at(&text->glyphs, value));
		ret->end = value + 1;
		return true;
	}
	if (!glyphs_number_at(&text->glyphs, value, &number) || number.is_han ||
	    strlen(number.digits) > 3)
		return false;
	ret->value[PART_BUILDING] = place_keep_number(text, &number, false);
	ret->end = number.end;
	return true;
}

static bool
unit_at(const struct place_text *text, size_t at, const struct parts *known,
    struct parts *ret)
{
	struct glyph_number number;
	size_t value, len;

	if (keyword_at(text, at, PLACE_UNIT_KEYWORD, &value)) {
		if (!glyphs_number_at(&text->glyphs, value, &number) ||
		    number.is_han)
			return false;
		len = strlen(number.digits);
		/* A lone "Unit 501" is a room in English. */
		ret->value[len <= 2 ? PART_UNIT : PART_ROOM] =
		    place_keep_number(text, &number, len > 2);
		ret->end = number.end;
		return len <= 4;
	}
	if (!glyphs_number_at(&text->glyphs, at, &number) ||
	    strlen(number.digits) > 2)
		return false;
	len = glyphs_word_at(&text->glyphs, number.end, "单元") ? 2 : 0;
	if (len == 0 && known->value[PART_BUILDING] != NULL &&
	    glyphs_word_at(&text->glyphs, number.end, "门") &&
	    is_room_next(text, number.end + 1))
		len = 1;
	if (len == 0)
		return false;
	ret->value[PART_UNIT] = place_keep_number(text, &number, false);
	ret->end = number.end + len;
	return true;
}

/* 一层灰, 两层楼高 and 每层 are no floors. */
static bool
is_floor_count(
    const struct place_text *text, size_t at, const struct glyph_number *number)
{

	return (glyphs_word_at(&text->glyphs, number->end, "层") &&
		   place_word_at(text, number->end + 1, PLACE_LAYER_MATTER) >
		       0) ||
	       (at > 0 && number->is_han &&
		   place_word_at(text, at - 1, PLACE_FLOORS_COUNTED) > 0);
}

static bool
floor_latin(const struct place_text *text, size_t at, struct parts *ret)
{
	struct glyph_number number;
	size_t value, end;

	if (keyword_at(text, at, PLACE_FLOOR_KEYWORD, &value)) {
		if (!glyphs_number_at(&text->glyphs, value, &number) ||
		    number.is_han)
			return false;
		end = number.end;
	} else {
		if (!glyphs_number_at(&text->glyphs, at, &number) ||
		    number.is_han ||
		    glyph_is_latin(glyphs_before(&text->glyphs, at)))
			return false;
		end = number.end +
		      place_word_at(text, number.end, PLACE_FLOOR_ORDINAL);
		if (end > number.end)
			end = glyphs_skip_blanks(&text->glyphs, end);
		if (place_word_at(text, glyphs_skip_blanks(&text->glyphs, end),
			PLACE_FLOOR_AFTER) == 0)
			return false;
		end = glyphs_skip_blanks(&text->glyphs, end);
		end += place_word_at(text, end, PLACE_FLOOR_AFTER);
	}
	if (strlen(number.digits) > 2 || place_is_counted(text, end))
		return false;
	ret->value[PART_FLOOR] = place_keep_number(text, &number, false);
	ret->end = end;
	return true;
}

static bool
floor_at(const struct place_text *text, size_t at, struct parts *ret)
{
	struct glyph_number number;
	size_t len;

	if (floor_latin(text, at, ret))
		return true;
	if (!glyphs_number_at(&text->glyphs, at, &number) ||
	    strlen(number.digits) > 2 ||
	    place_word_before(text, at, 2, PLACE_BELOW_GROUND))
		return false;
	len = place_word_at(text, number.end, PLACE_FLOOR_SUFFIX);
	if (len == 0 || is_floor_count(text, at, &number))
		return false;
	ret->value[PART_FLOOR] = place_keep_number(text, &number, false);
	ret->end = number.end + len;
	return true;
}

static bool
room_at(const struct place_text *text, size_t at, const struct parts *known,
    struct parts *ret)
{
	bool has_building = known->value[PART_BUILDING] != NULL ||
			    known->value[PART_UNIT] != NULL;
	size_t value;

	if (keyword_at(text, at, PLACE_ROOM_KEYWORD, &value)) {
		if (place_room_number(text, value, false, ret))
			return true;
		if (!place_is_lone_letter(text, value) ||
		    text->glyphs.text[text->glyphs.list[value].at] >= 'a')
			return false;
		ret->value[PART_ROOM] =
		    place_keep_letter(text, glyphs_at(&text->glyphs, value));
		ret->end = value + 1;
		return true;
	}
	if (glyph_is_latin(glyphs_before(&text->glyphs, at)))
		return false;
	if (known->value[PART_FLOOR] != NULL &&
	    place_is_lone_letter(text, at) &&
	    glyphs_word_at(&text->glyphs, at + 1, "室")) {
		ret->value[PART_ROOM] =
		    place_keep_letter(text, glyphs_at(&text->glyphs, at));
		ret->end = at + 2;
		return true;
	}
	return place_room_number(
	    text, at, !has_building && known->value[PART_FLOOR] == NULL, ret);
}

bool
place_parts_at(const struct place_text *text, size_t at,
    const struct parts *known, struct parts *ret)
{
	*ret = (struct parts){ 0 };
	if (known->value[PART_BUILDING] != NULL &&
	    known->value[PART_UNIT] == NULL && place_dashed_rest(text, at, ret))
		return true;
	/* In the middle of a number nothing can start. */
	if (glyph_is_digit(glyphs_at(&text->glyphs, at)) &&
	    glyph_is_digit(glyphs_before(&text->glyphs, at)))
		return false;
	if (!glyph_is_digit(glyphs_at(&text->glyphs, at)) &&
	    glyph_han_digit(glyphs_at(&text->glyphs, at)) >= 0 && at > 0 &&
	    glyph_han_digit(glyphs_before(&text->glyphs, at)) >= 0)
		return false;
	return place_area_at(text, at, ret) || place_dashed_at(text, at, ret) ||
	       building_latin(text, at, ret) || building_han(text, at, ret) ||
	       unit_at(text, at, known, ret) || floor_at(text, at, ret) ||
	       room_at(text, at, known, ret);
}
