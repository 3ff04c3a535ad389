/* What of a case may be said to all who come to the meeting (R40). */
#include "core/limits.h"
#include "core/mask.h"
#include "core/place.h"
#include "core/weekly.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

#include <string.h>

enum { PLACES_MAX = 32, ROOM_DIGITS_MIN = 3, ROOM_DIGITS_MAX = 4 };

struct case_file
weekly_brief(const struct case_file *file, struct arena *arena)
{
	const struct place *place = &file->place;
	struct case_file ret = *file;

	ret.number = arena_strdup(arena, file->number);
	ret.estate = arena_strdup(arena, file->estate);
	ret.category = arena_strdup(arena, file->category);
	ret.first_responder = arena_strdup(arena, file->first_responder);
	ret.handler = arena_strdup(arena, file->handler);
	ret.department = arena_strdup(arena, file->department);
	ret.place = (struct place){
		.building = arena_strdup(arena, place->building),
		.unit = arena_strdup(arena, place->unit),
		.floor = arena_strdup(arena, place->floor),
		/* That there is one; not which. */
		.room = place->room == NULL ? NULL : "***",
		.area = arena_strdup(arena, place->area),
	};
	ret.mail = ret.phone = ret.owner_name = NULL;
	ret.subject = ret.text = ret.outcome = ret.subjects = NULL;
	ret.owner_thread = ret.owner_last = NULL;
	return ret;
}

/* At most `max' bytes, whole characters. */
static const char *
cut(const char *text, size_t max, struct arena *arena)
{
	size_t len = strlen(text);

	if (len <= max)
		return text;
	for (len = max; len > 0 && (text[len] & 0xc0) == 0x80; len--)
		;
	return arena_printf(arena, "%.*s…", (int)len, text);
}

/* "My home" is a place too, and hides nothing. */
static bool
has_number(const char *text, size_t len)
{
	static const char *const numerals[] = { "零", "一", "二", "三", "四",
		"五", "六", "七", "八", "九", "十", "两", "幺", "０", "１",
		"２", "３", "４", "５", "６", "７", "８", "９" };

	for (size_t i = 0; i < len; i++)
		if (text[i] >= '0' && text[i] <= '9')
			return true;
	for (size_t i = 0; i < ARRAY_COUNT(numerals); i++)
		if (memmem(text, len, numerals[i], strlen(numerals[i])) != NULL)
			return true;
	return false;
}

static const char *
without_rooms(const char *text, const struct case_file *file,
    const struct estate *estate, struct arena *arena)
{
	const struct place_hints hints = {
		.estate_has_units = estate->has_units,
		.home = &file->place,
		.areas = estate->areas,
		.words = estate->place_words,
	};
	struct place_find finds[PLACES_MAX];
	size_t count = place_find_all(text, &hints, arena, finds, PLACES_MAX);
	const char *ret = "";
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		const struct place_find *find = &finds[i];

		if (find->place.room == NULL || find->start < at ||
		    !has_number(text + find->start, find->end - find->start))
			continue;
		ret = arena_printf(arena, "%s%.*s%s", ret,
		    (int)(find->start - at), text + at,
		    find->leans_on_home
			? "***"
			: place_masked(&find->place,
			      file->language, arena));
		at = find->end;
	}
	return arena_printf(arena, "%s%s", ret, text + at);
}

static bool
ends_with(const char *text, size_t len, const char *tail)
{
	size_t tail_len = strlen(tail);

	return len >= tail_len &&
	    memcmp(text + len - tail_len, tail, tail_len) == 0;
}

/* "我是501王芳", "我住501": no place to the grammar, which leans on the home of
 * the writer, but their neighbours need no more (R40). */
static bool
says_own_room(const char *text, size_t start, size_t end, const char *name)
{
	static const char *const before[] = { "我是", "我家", "住", "住在",
		"业主", "I am in ", "I live in ", "flat ", "Flat " };
	const char *behind = text + end + (text[end] == ' ');

	if (end - start < ROOM_DIGITS_MIN || end - start > ROOM_DIGITS_MAX)
		return false;
	if (!text_is_empty(name) && text_starts(behind, name))
		return true;
	if (text_starts(behind, "的") || text_starts(behind, "业主") ||
	    text_starts(behind, "住户"))
		return true;
	for (size_t i = 0; i < ARRAY_COUNT(before); i++)
		if (ends_with(text, start, before[i]))
			return true;
	return false;
}

static const char *
without_own_room(const char *text, const char *name, struct arena *arena)
{
	static const char digits[] = "0123456789";
	char *ret = arena_strdup(arena, text);

	for (size_t i = strcspn(text, digits); text[i] != '\0';) {
		size_t end = i + strspn(text + i, digits);

		if (says_own_room(text, i, end, name))
			memset(ret + i, '*', end - i);
		i = end + strcspn(text + end, digits);
	}
	return ret;
}

const char *
weekly_words(const char *words, const struct case_file *file,
    const struct estate *estate, struct arena *arena)
{
	if (text_is_empty(words))
		return NULL;
	/* Some more than is shown, so that nothing is cut open. */
	words = cut(words, (size_t)2 * WEEKLY_WORDS_BYTES, arena);
	words = without_rooms(words, file, estate, arena);
	words = without_own_room(words, file->owner_name, arena);
	words = mask_words(words, file->owner_name, arena);
	return cut(words, WEEKLY_WORDS_BYTES, arena);
}
