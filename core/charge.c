#include "core/charge.h"

#include "core/calendar.h"
#include "core/deadlines.h"
#include "core/snapshot.h"
#include "core/subject.h"
#include "lib/arena.h"
#include "lib/text.h"

/* A timer at this step rings before the due itself, at 75 % of the way. */
enum { STEP_REMIND = 0 };

static bool
is_of_level(const struct config *conf, const char *actor, int level)
{
	const struct staff *staff = config_staff(conf, actor);

	return staff != NULL && staff->level >= level;
}

/* When its level was put in charge, unless somebody of that level has acted
 * since (R27). */
static msec_t
untaken_since(const struct config *conf, const struct case_file *file,
    const struct snapshot_event *events, size_t count)
{
	for (size_t i = count; i > 0; i--) {
		const struct snapshot_event *event = &events[i - 1];

		if (text_eq(event->name, "escalated"))
			return event->level == file->level ? event->at : 0;
		if (is_of_level(conf, event->actor, file->level))
			return 0;
	}
	return 0;
}

/* Step s of a ladder puts level s + 1 in charge. */
static void
note_next(struct charge_case *it, const struct timer *timer)
{
	const msec_t *due = deadlines_due(&it->file, timer->kind);
	int level = timer->step == STEP_REMIND ? CHARGE_FIRST : timer->step + 1;
	msec_t at =
	    timer->step == STEP_REMIND && due != NULL ? *due : timer->due;

	if (due == NULL || timer->kind == TIMER_NEWS || at == 0 ||
	    level <= it->file.level || level > LEVEL_MAX ||
	    (it->next_at != 0 && it->next_at <= at))
		return;
	it->next_level = level;
	it->next_at = at;
}

struct charge_case
charge_of(const struct config *conf, const struct case_file *file,
    const struct snapshot_event *events, size_t event_count,
    const struct timer *timers, size_t timer_count, msec_t now)
{
	struct charge_case ret = {
		.file = *file,
		.late_since = deadlines_first(file, 0, now),
	};

	ret.due = ret.late_since != 0 ? ret.late_since
				      : deadlines_first(file, now, INT64_MAX);
	if (file->level >= CHARGE_FIRST)
		ret.untaken_since =
		    untaken_since(conf, file, events, event_count);
	for (size_t i = 0; i < timer_count; i++)
		note_next(&ret, &timers[i]);
	return ret;
}

/* ---- the list of a level ---- */

struct listing {
	struct charge_list *list;
	const struct charge_ask *ask;
	struct arena *arena;
};

static bool
is_about(const struct charge_case *it, const struct staff *staff)
{
	return staff != NULL && subject_is_listed(it->file.subjects, staff->id);
}

static void
put(struct listing *listing, struct weekly_list *list,
    const struct charge_case *it, msec_t at)
{
	struct weekly_line *line =
	    weekly_keep(list, &it->file, at, listing->arena);

	if (line != NULL)
		line->is_untaken = it->untaken_since != 0;
}

/* It stood in the summary of the evening, and somebody is on it. */
static bool
was_told(const struct listing *listing, const struct charge_case *it)
{
	return listing->list->level == CHARGE_FIRST && it->late_since != 0 &&
	       it->late_since < listing->ask->told && it->untaken_since == 0;
}

/* The time that the level had to take it has passed (rules.md 5.17). */
static bool
is_left_lying(const struct listing *listing, const struct charge_case *it)
{
	const struct span *take = &listing->ask->conf->rules.escalation_take;

	return it->untaken_since != 0 &&
	       span_end(listing->ask->estate->calendar, it->untaken_since,
		   take) <= listing->ask->now;
}

static void
list_case(struct listing *listing, const struct charge_case *it)
{
	struct charge_list *list = listing->list;
	int level = it->file.level;
	msec_t due = it->due != 0 ? it->due : it->file.received_at;

	if (is_about(it, listing->ask->reader))
		return;
	if (level == list->level ||
	    (level == list->level - 1 && is_about(it, listing->ask->below))) {
		if (!was_told(listing, it))
			put(listing, &list->mine, it, due);
	} else if (level == list->level - 1 && is_left_lying(listing, it)) {
		put(listing, &list->below, it, due);
	} else if (it->next_level == list->level &&
		   it->next_at < listing->ask->until) {
		put(listing, &list->coming, it, it->next_at);
	}
}

struct charge_list
charge_list(const struct charge_view *view, const struct charge_ask *ask,
    struct arena *arena)
{
	struct charge_list ret = {
		.level = ask->level,
		.left_out = view->total - (int)view->count,
		.mine = weekly_list_new(CHARGE_LIST_MAX, arena),
		.below = weekly_list_new(CHARGE_LIST_MAX, arena),
		.coming = weekly_list_new(CHARGE_LIST_MAX, arena),
	};
	struct listing listing = { &ret, ask, arena };

	for (size_t i = 0; i < view->count; i++)
		list_case(&listing, &view->list[i]);
	return ret;
}
