/*
 * What the levels of the ladder have in their charge (core/charge.h): through
 * the open cases, and the story of those that somebody above has.
 */
#include "core/charge.h"
#include "core/limits.h"
#include "desk/snapshot_parts.h"
#include "handlers/act.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "store/cases.h"
#include "store/statistics.h"

enum { TIMERS_MAX = TIMER_KIND_COUNT };

struct charge_load {
	struct desk *desk;
	msec_t now, until; /* the next list comes then */
	struct charge_case *list;
	size_t count;
	int total;
	struct arena *arena;
	struct arena room;
};

/* Whoever the words blame too, for the words are not kept (R9). */
static const char *
all_subjects(const struct charge_load *load, const struct case_file *file)
{
	const struct config *conf = load->desk->conf;
	const char *ret = NULL;

	for (size_t i = 0; i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (staff->level < CHARGE_FIRST || !act_is_subject(file, staff))
			continue;
		ret = ret == NULL
			  ? staff->id
			  : arena_printf(load->arena, "%s %s", ret, staff->id);
	}
	return ret;
}

static int
add_case(const struct case_file *file, void *arg, struct err *err)
{
	struct charge_load *load = arg;
	struct store *store = load->desk->store;
	struct snapshot_event *events = NULL;
	struct timer timers[TIMERS_MAX];
	size_t event_count = 0;
	struct charge_case it;
	int count;

	arena_reset(&load->room);
	count = timers_of(store, file->id, timers, TIMERS_MAX, err);
	if (count < 0 || (file->level >= CHARGE_FIRST &&
			     case_events(store, file->id, &load->room, &events,
				 &event_count, err) < 0))
		return -1;
	it = charge_of(load->desk->conf, file, events, event_count, timers,
	    (size_t)count, load->now);
	if (file->level < CHARGE_FIRST &&
	    (it.next_level == 0 || it.next_at >= load->until))
		return 0;
	load->total++;
	if (load->count == CHARGE_CASES_MAX)
		return 0;
	it.file = weekly_brief(file, load->arena);
	it.file.subjects = all_subjects(load, file);
	load->list[load->count++] = it;
	return 0;
}

int
snapshot_load_charge(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	struct charge_load load = {
		.desk = desk,
		.now = now,
		.until = round_charge_next(
		    desk->conf, config_estate(desk->conf, in->estate), now),
		.list = arena_array(
		    arena, CHARGE_CASES_MAX, sizeof(struct charge_case)),
		.arena = arena,
	};
	int result;

	arena_init(&load.room, LIMIT_WORK_BYTES);
	result = statistics_open_cases(
	    desk->store, in->estate, add_case, &load, err);
	arena_done(&load.room);
	ret->charge = (struct charge_view){ load.list, load.count, load.total };
	return result;
}
