#include "core/place.h"

#include "core/language.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum { SEGMENT_MAX = 8 };

bool
place_is_empty(const struct place *place)
{
	return place->building == NULL && place->unit == NULL &&
	       place->floor == NULL && place->room == NULL &&
	       place->area == NULL;
}

bool
place_is_flat(const struct place *place)
{
	return place->building != NULL && place->room != NULL;
}

bool
place_eq(const struct place *a, const struct place *b)
{
	return text_eq(a->building, b->building) && text_eq(a->unit, b->unit) &&
	       text_eq(a->floor, b->floor) && text_eq(a->room, b->room) &&
	       text_eq(a->area, b->area);
}

static bool
part_agrees(const char *a, const char *b)
{
	return a == NULL || b == NULL || text_eq(a, b);
}

bool
place_agrees(const struct place *a, const struct place *b)
{
	return part_agrees(a->building, b->building) &&
	       part_agrees(a->unit, b->unit) &&
	       part_agrees(a->floor, b->floor) &&
	       part_agrees(a->room, b->room) && part_agrees(a->area, b->area);
}

static const char *
add_segment(const char *text, const char *mark, const char *segment,
    struct arena *arena)
{
	if (segment == NULL)
		return text;
	return arena_printf(arena, "%s-%s%s", text, mark, segment);
}

/* Building first (it may be missing: "-2"), then unit, floor ("F8"), room;
 * what a segment is shows in its form, so that place_scan() can read it. */
const char *
place_print(const struct place *place, struct arena *arena)
{
	const char *text = text_or(place->building, "");

	text = add_segment(text, "", place->unit, arena);
	text = add_segment(text, "F", place->floor, arena);
	text = add_segment(text, "", place->room, arena);
	if (place->area == NULL)
		return text;
	return *text == '\0' ? place->area
			     : arena_printf(arena, "%s %s", text, place->area);
}

/* -- for people ---------------------------------------------------------- */

enum { PIECES_MAX = 5 * 4 };

/* A text in the making; each part has a word before it in English and one
 * behind it in Chinese. */
struct pieces {
	const char *list[PIECES_MAX];
	size_t count;
	enum language language;
};

static void
add_part(
    struct pieces *pieces, const char *zh, const char *en, const char *value)
{
	if (value == NULL)
		return;
	bool is_chinese = pieces->language == LANGUAGE_ZH;

	if (!is_chinese && pieces->count > 0)
		pieces->list[pieces->count++] = ", ";
	if (!is_chinese && *en != '\0')
		pieces->list[pieces->count++] =
		    language_word(pieces->language, zh, en);
	pieces->list[pieces->count++] = value;
	if (is_chinese)
		pieces->list[pieces->count++] = zh;
}

/* From the outside inwards. */
static const struct {
	const char *zh, *en;
} parts[] = {
	{ "号楼", "Building " },
	{ "单元", "Unit " },
	{ "层", "Floor " },
	{ "室", "Room " },
};

void
place_part_words(language_visit *visit, void *arg)
{
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++)
		visit(parts[i].zh, parts[i].en, arg);
}

static const char *
words_with_room(const struct place *place, enum language language, const char *room,
    struct arena *arena)
{
	struct pieces pieces = { .language = language };
	bool is_letter = place->building != NULL &&
			 isalpha((unsigned char)*place->building) != 0;
	bool is_hidden = room != NULL && *room == '*';

	add_part(&pieces, is_letter ? "座" : parts[0].zh, parts[0].en,
	    place->building);
	add_part(&pieces, parts[1].zh, parts[1].en, place->unit);
	add_part(&pieces, parts[2].zh, parts[2].en, place->floor);
	add_part(&pieces, is_hidden ? "" : parts[3].zh,
	    is_hidden ? "" : parts[3].en, room);
	add_part(&pieces, "", "", place->area);
	return arena_join(arena, pieces.list, pieces.count);
}

const char *
place_words(const struct place *place, enum language language, struct arena *arena)
{
	return words_with_room(place, language, place->room, arena);
}

const char *
place_masked(const struct place *place, enum language language, struct arena *arena)
{
	return words_with_room(
	    place, language, place->room == NULL ? NULL : "***", arena);
}

/* -- back from the canonical form ---------------------------------------- */

static bool
is_all(const char *text, size_t len, int (*is)(int))
{
	for (size_t i = 0; i < len; i++)
		if (!is((unsigned char)text[i]))
			return false;
	return len > 0;
}

static bool
is_floor_segment(const char *text, size_t len)
{
	return len >= 2 && text[0] == 'F' && is_all(text + 1, len - 1, isdigit);
}

/* Put one segment where its form says; false when that is taken or wrong. */
static bool
take_segment(
    const char *text, size_t len, struct arena *arena, struct place *ret)
{
	const char **slot = &ret->room;
	bool is_floor = is_floor_segment(text, len);

	if (len >= SEGMENT_MAX || !is_all(text, len, isalnum))
		return false;
	if (is_floor)
		slot = &ret->floor;
	else if (len <= 2 && is_all(text, len, isdigit))
		slot = &ret->unit;
	if (*slot != NULL || ret->room != NULL ||
	    (slot == &ret->unit && ret->floor != NULL))
		return false;
	*slot = arena_strndup(arena, text + is_floor, len - is_floor);
	return true;
}

static bool
scan_segments(
    const char *text, size_t len, struct arena *arena, struct place *ret)
{
	size_t at = strcspn(text, "-");

	at = at > len ? len : at;
	if (at >= SEGMENT_MAX || (at > 0 && !is_all(text, at, isalnum)))
		return false;
	if (at > 0)
		ret->building = arena_strndup(arena, text, at);
	while (at < len) {
		size_t start = at + 1, end = start;

		while (end < len && text[end] != '-')
			end++;
		if (!take_segment(text + start, end - start, arena, ret))
			return false;
		at = end;
	}
	return true;
}

/* "3", "-2", "A-501" begin with segments; "B1层" and "中心花园" do not. */
static bool
has_segments(const char *text)
{
	size_t len = strcspn(text, "- ");

	if (text[0] == '-' || is_all(text, len, isdigit))
		return true;
	return len == 1 && text[0] >= 'A' && text[0] <= 'Z';
}

int
place_scan(const char *printed, struct arena *arena, struct place *ret)
{
	struct place place = { 0 };
	size_t len;

	if (text_is_empty(printed))
		return -1;
	if (!has_segments(printed)) {
		*ret = (struct place){ .area = arena_strdup(arena, printed) };
		return 0;
	}
	len = strcspn(printed, " ");
	if (!scan_segments(printed, len, arena, &place))
		return -1;
	if (printed[len] == ' ') {
		if (printed[len + 1] == '\0')
			return -1;
		place.area = arena_strdup(arena, printed + len + 1);
	}
	*ret = place;
	return 0;
}
