/*
 * What an estate looks after by the clock: the supervisor's summary of the
 * day (R12), and that somebody is on duty (R46).
 */
#include "core/calendar.h"
#include "core/roster.h"
#include "core/zone.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/plan.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { SUPERVISOR = 2, NOTICES_MAX = 4 };

/* So far ahead a year without holidays is told. */
#define CALENDAR_AHEAD (30 * MSEC_DAY)

bool
round_matches(const struct work *work)
{
	return work->in->kind == INPUT_ROUND;
}

void
round_next(struct work *work, msec_t since, msec_t due)
{
	struct effect *effect = effects_add(work->out, EFFECT_ROUND_SET);

	effect->round = work->in->round;
	effect->round.since = since;
	effect->round.due = due;
}

static const char *
gap_words(const struct work *work, const struct roster_gap *gap,
    enum language language)
{
	return arena_printf(work->arena, "%s - %s",
	    text_time(work->estate, language, gap->from, work->arena),
	    text_time(work->estate, language, gap->to, work->arena));
}

/* ---- the roster ---- */

static void
tell_gap(struct work *work, const struct roster_gap *gap)
{
	const struct staff *supervisor = act_level(work, SUPERVISOR);

	if (supervisor == NULL)
		return;
	tell_staff_twice(work, supervisor,
	    &(struct tell){ .name = "roster_gap",
		.facts = {
		    .reason = gap_words(work, gap, supervisor->language) } });
}

/* A gap into which the last look ran was told then. */
static bool
find_new_gap(const struct work *work, msec_t from, msec_t to, bool goes_on,
    struct roster_gap *ret)
{
	const struct config *conf = work->ctx->conf;
	const struct absences *absences = &work->before->absences;
	msec_t start = goes_on ? from - MSEC_MINUTE : from;

	if (!roster_find_gap(conf, work->estate, absences, start, to, ret))
		return false;
	return ret->from >= from ||
	       (ret->to < to &&
		   roster_find_gap(
		       conf, work->estate, absences, ret->to, to, ret));
}

/* Hour by hour, two days ahead, so that each moment is looked at once. */
static void
look_at_roster(struct work *work)
{
	msec_t now = work_now(work), since = work->in->round.since;
	msec_t to = round_roster_horizon(work->ctx->conf, now);
	bool goes_on = since > now;
	struct roster_gap gap;

	/* Only the first gap of the stretch: whoever fills it reads of the
	 * next one in the summary of the day. */
	if (find_new_gap(work, goes_on ? since : now, to, goes_on, &gap))
		tell_gap(work, &gap);
	round_next(work, to > since ? to : since, now + MSEC_HOUR);
}

/* ---- the summary ---- */

/* What brakes and caps held back (rules.md 5.19), by which: or NULL. */
static const char *
stopped(const struct work *work, enum language language)
{
	static const enum sentence names[CAP_COUNT] = {
		[CAP_NONE] = BY_BRAKE,
		[CAP_NUMBER] = BY_NUMBER,
		[CAP_CASE] = BY_CASE,
		[CAP_TEXTS] = BY_TEXTS,
		[CAP_COST] = BY_COST,
	};
	const char *list = NULL;

	for (int i = 0; i < CAP_COUNT; i++) {
		int count = work->before->round.stopped[i];

		if (count > 0)
			list = arena_printf(work->arena, "%s%s%s",
			    text_or(list, ""), list == NULL ? "" : "; ",
			    sentence(names[i], language,
				arena_printf(work->arena, "%d", count),
				work->arena));
	}
	return list;
}

/* What the supervisor should know beside the cases. */
static size_t
notices(const struct work *work, const struct staff *staff,
    const char *ret[static NOTICES_MAX])
{
	const struct config *conf = work->ctx->conf;
	msec_t now = work_now(work);
	struct local_time ahead =
	    zone_local(work->estate->zone, now + CALENDAR_AHEAD);
	const char *held_back = stopped(work, staff->language);
	struct roster_gap gap;
	size_t count = 0;

	if (roster_find_gap(conf, work->estate, &work->before->absences, now,
		round_roster_horizon(conf, now), &gap))
		ret[count++] = sentence(WHY_ROSTER_GAP, staff->language,
		    gap_words(work, &gap, staff->language), work->arena);
	if (!calendar_has_year(work->estate->calendar, ahead.year))
		ret[count++] = sentence(WHY_NO_CALENDAR, staff->language,
		    arena_printf(work->arena, "%d", ahead.year), work->arena);
	if (held_back != NULL)
		ret[count++] = sentence(
		    WHY_STOPPED, staff->language, held_back, work->arena);
	return count;
}

/* Who is complained about reads nothing of it (R9): `of_subject' picks the
 * cases about the supervisor, for the level above. */
static struct round_cases
pick(const struct work *work, const struct round_cases *all,
    const struct staff *supervisor, bool of_subject)
{
	struct case_file *list =
	    arena_array(work->arena, all->count, sizeof(*list));
	struct round_cases ret = { .list = list };

	for (size_t i = 0; i < all->count; i++)
		if (act_is_subject(&all->list[i], supervisor) == of_subject)
			list[ret.count++] = all->list[i];
	ret.total = of_subject ? (int)ret.count
			       : all->total - (int)(all->count - ret.count);
	return ret;
}

static void
tell_summary(struct work *work, const struct staff *reader,
    const struct round_view *view, bool with_notices)
{
	const char *lines[NOTICES_MAX];
	size_t count = with_notices ? notices(work, reader, lines) : 0;

	if (view->fresh.total == 0 && view->late.total == 0 &&
	    view->bin_count == 0 && count == 0)
		return;
	(void)tell_staff(work, reader,
	    &(struct tell){ .name = "daily",
		.facts = {
		    .round = view, .lines = lines, .line_count = count } });
}

static void
summarize(struct work *work)
{
	const struct round_view *all = &work->before->round;
	const struct staff *supervisor = act_level(work, SUPERVISOR);
	msec_t now = work_now(work);

	round_next(
	    work, now, round_daily_next(work->ctx->conf, work->estate, now));
	if (supervisor == NULL)
		return;
	struct round_view view = *all;
	struct round_view above = { 0 };

	view.fresh = pick(work, &all->fresh, supervisor, false);
	view.late = pick(work, &all->late, supervisor, false);
	tell_summary(work, supervisor, &view, true);
	above.fresh = pick(work, &all->fresh, supervisor, true);
	above.late = pick(work, &all->late, supervisor, true);
	if (supervisor->level < LEVEL_MAX)
		tell_summary(work, act_level(work, supervisor->level + 1),
		    &above, false);
}

void
round_run(struct work *work)
{
	static void (*const rounds[ROUND_KIND_COUNT])(struct work *) = {
		[ROUND_DAILY] = summarize,
		[ROUND_ROSTER] = look_at_roster,
		[ROUND_WEEKLY] = weekly_run,
		[ROUND_CHARGE] = charge_run,
		[ROUND_SURVEY] = survey_round,
		[ROUND_PLANS] = plan_run,
		[ROUND_MEETING] = attendance_run,
		[ROUND_HOME_VISITS] = home_visit_round,
	};

	rounds[work->in->round.kind](work);
}
