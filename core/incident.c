#include "core/incident.h"

#include "lib/arena.h"
#include "lib/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool
incident_is_possible(const struct case_file *file)
{
	static const char *const others[] = { "other", "service" };
	const struct place place = incident_place(&file->place);

	if (file->kind != KIND_COMPLAINT && file->kind != KIND_REQUEST)
		return false;
	for (size_t i = 0; i < ARRAY_COUNT(others); i++) {
		if (text_eq(file->category, others[i]))
			return false;
	}
	return file->category != NULL && !place_is_empty(&place);
}

struct place
incident_place(const struct place *place)
{
	if (place->building != NULL)
		return (struct place){ .building = place->building };
	return (struct place){ .area = place->area };
}

struct incident_case
incident_case_of(const struct case_file *file, const struct place *home)
{
	return (struct incident_case){
		.id = file->id,
		.number = file->number,
		.state = file->state,
		.kind = file->kind,
		.severity = file->severity,
		.place = file->place,
		.home = home != NULL ? *home : (struct place){ 0 },
		.mail = file->mail,
		.phone = file->phone,
		.owner_name = file->owner_name,
		.first_responder = file->first_responder,
		.handler = file->handler,
		.incident = file->incident,
	};
}

size_t
incident_select(const struct incident_case *cases, size_t count, incident_id of,
    case_id but, struct arena *arena, const struct incident_case **ret)
{
	struct incident_case *list =
	    arena_array(arena, count + 1, sizeof(*list));
	size_t chosen = 0;

	for (size_t i = 0; i < count; i++) {
		if (cases[i].incident == of && cases[i].id != but)
			list[chosen++] = cases[i];
	}
	*ret = list;
	return chosen;
}

/* ---- households ---- */

/* NULL: nobody knows whose case that is. */
static const char *
household(const struct incident_case *one, struct arena *arena)
{
	const struct place *flat =
	    place_is_flat(&one->home) ? &one->home : &one->place;

	if (place_is_flat(flat))
		return arena_printf(arena, "%s-%s-%s", flat->building,
		    text_or(flat->unit, ""), flat->room);
	return text_or(one->mail, one->phone);
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int
incident_households(const struct incident_case *self,
    const struct incident_case *others, size_t count, struct arena *arena)
{
	const char **keys = arena_array(arena, count + 1, sizeof(*keys));
	size_t known = 0;
	int different = 0;

	for (size_t i = 0; i <= count; i++) {
		keys[known] = household(i < count ? &others[i] : self, arena);
		known += keys[known] != NULL;
	}
	qsort(keys, known, sizeof(*keys), compare_texts);
	for (size_t i = 0; i < known; i++)
		different += i == 0 || !text_eq(keys[i], keys[i - 1]);
	return different;
}

/* ---- words ---- */

const struct incident_word *
incident_known(const struct incident_view *view, msec_t now)
{
	for (size_t i = view->word_count; i > 0; i--) {
		const struct incident_word *word = &view->words[i - 1];

		if (word->goes_at > now)
			continue;
		if (word->promise_at != 0 && word->promise_at <= now)
			return NULL;
		return word;
	}
	return NULL;
}

const struct incident_word *
incident_held(const struct incident_view *view, msec_t now)
{
	for (size_t i = 0; i < view->word_count; i++) {
		if (view->words[i].goes_at > now)
			return &view->words[i];
	}
	return NULL;
}

/* ---- isolation ---- */

static bool
is_plain(char c)
{
	return isalnum((unsigned char)c) != 0;
}

/* As a word of its own: "501" is not in "15012", "Li" not in "Light". */
static bool
stands_in(const char *text, const char *words)
{
	size_t len = text_is_empty(words) ? 0 : strlen(words);

	for (const char *at = text; len > 0; at++) {
		at = strstr(at, words);
		if (at == NULL)
			return false;
		if ((at == text || !is_plain(at[-1]) || !is_plain(*words)) &&
		    (!is_plain(at[len]) || !is_plain(words[len - 1])))
			return true;
	}
	return false;
}

/* +8613900139001 is written 13900139001 as well. */
static const char *
national(const char *phone)
{
	size_t len = phone == NULL ? 0 : strlen(phone);

	return len > 11 ? phone + len - 11 : phone;
}

const char *
incident_names_one(const char *text, const struct incident_case *cases,
    size_t count, struct arena *arena)
{
	for (size_t i = 0; i < count; i++) {
		const struct incident_case *one = &cases[i];
		const char *const marks[] = { one->owner_name, one->mail,
			national(one->phone), one->place.room, one->home.room };

		for (size_t k = 0; k < ARRAY_COUNT(marks); k++) {
			if (stands_in(text, marks[k]))
				return arena_strdup(arena, marks[k]);
		}
	}
	return NULL;
}
