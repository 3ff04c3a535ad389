/*
 * place_grammar - the parts of an address, one at a time (rules.md 3.3, 5.10).
 *
 * Internal to core/place: reads "3号楼", "Unit 2", "501室", "3-2-501" at one
 * position of a text and says what part it is.  How parts join is place.c's.
 */
#ifndef CORE_PLACE_GRAMMAR_H
#define CORE_PLACE_GRAMMAR_H

#include "core/glyphs.h"
#include "core/place.h"
#include "core/place_words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum part {
	PART_BUILDING,
	PART_UNIT,
	PART_FLOOR,
	PART_ROOM,
	PART_AREA,
	PART_COUNT
};

struct place_text {
	struct glyphs glyphs;
	const struct place_hints *hints;
	struct arena *arena;
	const struct place_words *words;
};

/* What one reading found: "3-2-501" gives three parts at once. */
struct parts {
	const char *value[PART_COUNT];
	size_t end;          /* glyph after the last one */
	bool is_in_building; /* the area is one that each building has */
};

/* Read at glyph `at', knowing the parts found just before (`known').  False
 * when no part of a place starts here. */
bool place_parts_at(const struct place_text *text, size_t at,
    const struct parts *known, struct parts *ret);

/* "2-501" behind a building, and a whole "3-2-501". */
bool place_dashed_rest(
    const struct place_text *text, size_t at, struct parts *ret);
bool place_dashed_at(
    const struct place_text *text, size_t at, struct parts *ret);

/* Three or four digits, perhaps with a letter, and 室 or the like. */
bool place_room_number(const struct place_text *text, size_t at,
    bool needs_suffix, struct parts *ret);
/* A letter that stands alone, as in "A座" and "Block B". */
bool place_is_lone_letter(const struct place_text *text, size_t at);
/* What may not follow a bare number that should be a room. */
bool place_is_counted(const struct place_text *text, size_t at);
/* Copies for struct parts; zeros in front are left out but for rooms. */
const char *place_keep_number(const struct place_text *text,
    const struct glyph_number *number, bool is_room);
const char *place_keep_letter(const struct place_text *text, uint32_t c);

/* The common areas alone; is_in_building is set too. */
bool place_area_at(const struct place_text *text, size_t at, struct parts *ret);
/* 楼道, lobby: an area that each building has. */
bool place_area_is_in_building(const char *area);

#endif
