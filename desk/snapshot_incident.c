/*
 * What the store knows about incidents (core/incident.h).
 */
#include "core/classify.h"
#include "desk/engine.h"
#include "desk/snapshot_parts.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/cases.h"
#include "store/incidents.h"

static struct incident_word *
room_for_words(struct arena *arena)
{
	return arena_array(
	    arena, LIMIT_INCIDENT_WORDS, sizeof(struct incident_word));
}

int
snapshot_load_incident(struct desk *desk, struct arena *arena,
    struct snapshot *ret, struct err *err)
{
	struct incident_view *view = &ret->incident;
	incident_id id = ret->the_case.incident;
	struct incident_word *words;
	struct incident_case *cases;
	int count, known;

	if (id == 0)
		return 0;
	known = incident_load(desk->store, id, arena, &view->it, err);
	if (known <= 0)
		return known;
	words = room_for_words(arena);
	count =
	    incident_words_after(desk->store, id, ret->the_case.incident_told,
		arena, words, LIMIT_INCIDENT_WORDS, err);
	if (count < 0)
		return -1;
	view->words = words;
	view->word_count = (size_t)count;
	if (ret->sender.staff == NULL)
		return 0;
	cases = arena_array(arena, LIMIT_INCIDENT_CASES, sizeof(*cases));
	count = incident_cases(
	    desk->store, id, arena, cases, LIMIT_INCIDENT_CASES, err);
	view->cases = cases;
	view->case_count = count < 0 ? 0 : (size_t)count;
	return count < 0 ? -1 : 0;
}

/* ---- what a decision asked for ---- */

/* The incident, if it takes cases. */
static int
look_into(struct desk *desk, incident_id id, struct arena *arena,
    struct incident_view *ret, struct err *err)
{
	struct incident found = { 0 };
	struct incident_word *words;
	int known = incident_load(desk->store, id, arena, &found, err);
	int count;

	if (known < 0)
		return -1;
	if (known == 0 || !found.is_open)
		return 0;
	words = room_for_words(arena);
	count = incident_words_newest(
	    desk->store, id, arena, words, LIMIT_INCIDENT_WORDS, err);
	ret->it = found;
	ret->words = words;
	ret->word_count = count < 0 ? 0 : (size_t)count;
	return count < 0 ? -1 : 0;
}

static int
load_near(struct desk *desk, const struct incident_near *like, int max,
    struct arena *arena, struct incident_view *ret, struct err *err)
{
	struct incident_case *cases =
	    arena_array(arena, (size_t)max, sizeof(*cases));
	int count = incident_near(desk->store, like, arena, cases, max, err);

	if (count < 0)
		return -1;
	ret->cases = cases;
	ret->case_count = (size_t)count;
	return 0;
}

/* The first incident of these cases that takes more. */
static int
find_open(struct desk *desk, struct arena *arena, struct incident_view *ret,
    struct err *err)
{
	incident_id tried = 0;

	for (size_t i = 0; i < ret->case_count && ret->it.id == 0; i++) {
		incident_id id = ret->cases[i].incident;

		if (id == 0 || id == tried)
			continue;
		tried = id;
		if (look_into(desk, id, arena, ret, err) < 0)
			return -1;
	}
	return 0;
}

static int
look_around(struct desk *desk, const struct look_up *wanted, msec_t now,
    struct arena *arena, struct incident_view *ret, struct err *err)
{
	const struct incident_near like = {
		.estate = wanted->estate,
		.category = wanted->category,
		.place = wanted->place,
		.since = now - desk->conf->rules.hot_days * MSEC_DAY,
	};

	/* The newest alone, first: there mostly is none, and the households of
	 * an incident that was raised already are counted for nothing. */
	if (load_near(desk, &like, 1, arena, ret, err) < 0 ||
	    find_open(desk, arena, ret, err) < 0)
		return -1;
	if (ret->case_count == 0 || ret->it.is_raised)
		return 0;
	if (load_near(desk, &like, LIMIT_INCIDENT_NEAR, arena, ret, err) < 0)
		return -1;
	return find_open(desk, arena, ret, err);
}

/* T261123-0007, or the serial alone where it is sure. */
static int
find_named(struct desk *desk, const struct look_up *wanted, msec_t now,
    struct arena *arena, struct case_file *ret, struct err *err)
{
	const char *number = case_number_find(wanted->number, arena);
	struct case_namesake list[LIMIT_NAMESAKES];
	int serial = case_serial_find(wanted->number), known;

	if (number != NULL)
		return case_load_number(desk->store, number, arena, ret, err);
	if (serial == 0)
		return 0;
	known = case_by_serial(desk->store,
	    &(struct case_serial){ .estate = wanted->estate,
		.serial = serial,
		.since = now - SERIAL_AGE_MAX },
	    list, LIMIT_NAMESAKES, err);
	if (known <= 0 || snapshot_prefer_open(list, (size_t)known) != 1)
		return known < 0 ? -1 : 0;
	return case_load(desk->store, list[0].id, arena, ret, err);
}

int
snapshot_look(struct desk *desk, const struct look_up *wanted, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	int known;

	ret->looked = wanted;
	if (wanted->number == NULL)
		return look_around(desk, wanted, now, arena, &ret->near, err);
	known = find_named(desk, wanted, now, arena, &ret->other, err);
	if (known < 0)
		return -1;
	ret->has_other =
	    known > 0 && text_eq(ret->other.estate, wanted->estate);
	if (!ret->has_other || ret->other.incident == 0)
		return 0;
	return look_into(desk, ret->other.incident, arena, &ret->near, err);
}
