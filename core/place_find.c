/*
 * Joining the parts of a text to places, and choosing the one that matters.
 */
#include "core/place.h"
#include "core/place_grammar.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

#include <string.h>

enum { FINDS_MAX = 16, NEAR = 8, GAP_MAX = 4 };

/* -- joining ------------------------------------------------------------- */

/* Glyphs between two parts of one address. */
static size_t
joint_at(const struct place_text *text, size_t at)
{
	size_t start = at;

	for (int i = 0; i < GAP_MAX; i++) {
		size_t len = place_word_at(text, at, PLACE_JOINT);

		if (len == 0)
			break;
		at += len;
	}
	return at - start;
}

static bool
has_any(const struct parts *parts)
{
	for (int i = 0; i < PART_COUNT; i++)
		if (parts->value[i] != NULL)
			return true;
	return false;
}

/* The new parts go with the old ones: no slot twice, and an area only with
 * less than a flat. */
static bool
fits(const struct parts *have, const struct parts *more)
{
	for (int i = 0; i < PART_COUNT; i++)
		if (have->value[i] != NULL && more->value[i] != NULL)
			return false;
	return (more->value[PART_AREA] == NULL &&
		   have->value[PART_AREA] == NULL) ||
	       (have->value[PART_ROOM] == NULL && more->is_in_building);
}

static void
join(struct parts *have, const struct parts *more)
{
	for (int i = 0; i < PART_COUNT; i++)
		if (more->value[i] != NULL)
			have->value[i] = more->value[i];
	have->end = more->end;
	have->is_in_building |= more->is_in_building;
}

static bool
parts_from(const struct place_text *text, size_t at, struct parts *ret)
{
	struct parts next;

	*ret = (struct parts){ 0 };
	if (!place_parts_at(text, at, ret, &next))
		return false;
	join(ret, &next);
	for (;;) {
		size_t gap = joint_at(text, ret->end);

		if (!place_parts_at(text, ret->end + gap, ret, &next) ||
		    !fits(ret, &next))
			return true;
		join(ret, &next);
	}
}

/* -- whose ---------------------------------------------------------------- */

/* `last' is where the place before this one ended: words before that speak
 * of the other. */
static bool
is_senders(const struct place_text *text, size_t last, size_t start, size_t end)
{
	size_t from = start > NEAR + 4 ? start - NEAR - 4 : 0;

	from = from < last ? last : from;
	for (size_t i = start; i-- > from;) {
		if (place_word_at(text, i, PLACE_SENTENCE_END) > 0)
			break;
		if (place_word_at(text, i, PLACE_SENDER_BEFORE) > 0)
			return true;
	}
	while (text->glyphs.list[end].c == ' ')
		end++;
	return place_word_at(text, end, PLACE_SENDER_AFTER) > 0;
}

static struct place
to_place(const struct parts *parts)
{
	return (struct place){
		.building = parts->value[PART_BUILDING],
		.unit = parts->value[PART_UNIT],
		.floor = parts->value[PART_FLOOR],
		.room = parts->value[PART_ROOM],
		.area = parts->value[PART_AREA],
	};
}

/* A part without its building leans on the sender's home: 2单元 and 12楼 are
 * those of the house, 501 is the flat only if it is the sender's own. */
static void
lean_on_home(struct place_find *find, const struct parts *parts,
    const struct place *home)
{
	struct place *place = &find->place;

	if (home == NULL)
		return;
	if (text_eq(place->building, home->building) &&
	    text_eq(place->room, home->room) && place->unit == NULL)
		place->unit = home->unit;
	if (place->building != NULL ||
	    (place->area != NULL && !parts->is_in_building))
		return;
	if (place->room != NULL && place->unit == NULL &&
	    text_eq(place->room, home->room))
		place->unit = home->unit;
	if (place->area != NULL && place->unit == NULL)
		place->unit = home->unit;
	place->building = home->building;
	find->leans_on_home = true;
}

static bool
is_mine_at(const struct place_text *text, size_t at, size_t *end)
{
	size_t len = place_word_at(text, at, PLACE_MINE);

	*end = at + len;
	return len > 0;
}

/* A bare number is a flat only when it is the sender's (rules.md 5.10). */
static bool
is_own_number(const struct place_text *text, size_t at, size_t *end)
{
	const struct place *home = text->hints->home;

	if (home == NULL || home->room == NULL ||
	    (at > 0 && text->glyphs.list[at - 1].c < 0x80 &&
		strchr(" \n,:(", (int)text->glyphs.list[at - 1].c) == NULL) ||
	    !glyphs_word_at(&text->glyphs, at, home->room))
		return false;
	*end = at + strlen(home->room);
	return text->glyphs.list[*end].c == 0 ||
	       text->glyphs.list[*end].c >= 0x80 ||
	       strchr(" \n,:)", (int)text->glyphs.list[*end].c) != NULL;
}

/* Most positions of a text begin no address. */
static bool
may_begin(const struct place_text *text, size_t at)
{
	static const uint32_t keywords =
	    PLACE_SET(PLACE_BUILDING_KEYWORD) | PLACE_SET(PLACE_UNIT_KEYWORD) |
	    PLACE_SET(PLACE_FLOOR_KEYWORD) | PLACE_SET(PLACE_ROOM_KEYWORD);
	uint32_t c = glyphs_at(&text->glyphs, at);
	uint32_t before = glyphs_before(&text->glyphs, at);

	if (glyph_is_digit(c))
		return !glyph_is_digit(before);
	if (glyph_is_latin(c))
		return !glyph_is_latin(before) &&
		       (place_is_lone_letter(text, at) ||
			   place_word_may_begin(
			       text, at, PLACE_AREA_SET | keywords));
	return place_word_may_begin(
	    text, at, PLACE_AREA_SET | PLACE_SET(PLACE_HAN_NUMBER));
}

size_t
place_find_all(const char *text, const struct place_hints *hints,
    struct arena *arena, struct place_find *ret, size_t max)
{
	static const struct place_hints no_hints = { 0 };
	struct place_text read;
	size_t count = 0, last = 0;

	read.hints = hints == NULL ? &no_hints : hints;
	read.arena = arena;
	glyphs_init(&read.glyphs, text_or(text, ""), arena);
	read.words = read.hints->words != NULL
			 ? read.hints->words
			 : place_words_make(read.hints->areas, arena);
	for (size_t at = 0; at < read.glyphs.count && count < max;) {
		struct place_find *find = &ret[count];
		struct parts parts;
		size_t end;

		if (may_begin(&read, at) && parts_from(&read, at, &parts) &&
		    has_any(&parts)) {
			*find = (struct place_find){
				.place = to_place(&parts),
				.is_senders =
				    is_senders(&read, last, at, parts.end),
			};
			lean_on_home(find, &parts, read.hints->home);
			end = parts.end;
		} else if (read.hints->home != NULL &&
			   (is_mine_at(&read, at, &end) ||
			       is_own_number(&read, at, &end))) {
			*find = (struct place_find){
				.place = *read.hints->home,
				.is_senders = true,
			};
		} else {
			at++;
			continue;
		}
		find->start = read.glyphs.list[at].at;
		find->end = read.glyphs.list[end].at;
		count++;
		at = last = end;
	}
	return count;
}

/* -- which ---------------------------------------------------------------- */

static int
specificity(const struct place *place)
{
	return (place->building != NULL ? 2 : 0) + (place->unit != NULL) +
	       (place->floor != NULL) + (place->room != NULL ? 3 : 0) +
	       (place->area != NULL);
}

/* An address of its own: a building, or an area of the estate. */
static bool
is_explicit(const struct place *place)
{
	return place->building != NULL ||
	       (place->area != NULL && place->unit == NULL &&
		   place->floor == NULL && place->room == NULL);
}

/* `b' says the same as `a' and perhaps more. */
static bool
refines(const struct place *a, const struct place *b)
{
	return text_eq(a->building, b->building) &&
	       (a->unit == NULL || text_eq(a->unit, b->unit)) &&
	       (a->floor == NULL || text_eq(a->floor, b->floor)) &&
	       (a->room == NULL || text_eq(a->room, b->room)) &&
	       (a->area == NULL || text_eq(a->area, b->area)) &&
	       specificity(b) > specificity(a);
}

static int
rank(const struct place_find *find)
{
	const struct place *place = &find->place;

	/* 楼道 says little without its building. */
	if (place->building == NULL && place_area_is_in_building(place->area))
		return -1;
	if (!is_explicit(place))
		return 0;
	if (place->building == NULL && !find->is_senders)
		return 2;
	return find->is_senders || find->leans_on_home ? 1 : 3;
}

/* "我们14楼下不去 10号楼": a floor that stands alone belongs to the building
 * that is named elsewhere. */
static void
add_lone_floor(
    struct place *place, const struct place_find *finds, size_t count)
{
	if (place->building == NULL || place->floor != NULL ||
	    place->room != NULL)
		return;
	for (size_t i = 0; i < count; i++) {
		const struct place *other = &finds[i].place;

		if (other->building != NULL || other->floor == NULL ||
		    other->unit != NULL || other->room != NULL)
			continue;
		place->floor = other->floor;
		return;
	}
}

bool
place_find_primary(const char *text, const struct place_hints *hints,
    struct arena *arena, struct place *ret)
{
	struct place_find *finds =
	    arena_array(arena, FINDS_MAX, sizeof(*finds));
	size_t count = place_find_all(text, hints, arena, finds, FINDS_MAX);
	const struct place_find *best = NULL;
	int best_rank = 0;

	for (size_t i = 0; i < count; i++) {
		int this_rank = rank(&finds[i]);

		if (best == NULL || this_rank > best_rank ||
		    (this_rank == best_rank && specificity(&finds[i].place) >
						   specificity(&best->place))) {
			best = &finds[i];
			best_rank = this_rank;
		}
	}
	if (best == NULL)
		return false;
	*ret = best->place;
	for (size_t i = 0; i < count; i++)
		if (ret->building != NULL && refines(ret, &finds[i].place))
			*ret = finds[i].place;
	add_lone_floor(ret, finds, count);
	return true;
}
