/*
 * Dues: a reminder at 75 %, then the ladder, a step at a time (R26, rules.md
 * 5.16).
 */
#include "core/deadlines.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/ladder.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "handlers/timer.h"
#include "lib/text.h"

static const char *const overdue_codes[TIMER_KIND_COUNT] = {
	[TIMER_TAKE] = "take_overdue",
	[TIMER_DISPATCH] = "dispatch_overdue",
	[TIMER_REPLY] = "reply_overdue",
	[TIMER_OUTCOME] = "outcome_overdue",
	[TIMER_PROMISE] = "promise_overdue",
};

/* Take and dispatch are ours to hurry; the owner waits for an answer and
 * hears of those only. */
static bool
walks_whole_ladder(enum timer_kind duty)
{
	return duty != TIMER_TAKE && duty != TIMER_DISPATCH;
}

static bool
is_done(const struct work *work, enum timer_kind duty)
{
	const struct case_file *file = &work->file;

	if (!case_is_open(file->state))
		return true;
	if (duty == TIMER_TAKE)
		return file->taken_at != 0;
	if (duty == TIMER_DISPATCH)
		return file->department != NULL;
	if (duty == TIMER_REPLY)
		return file->first_reply_at != 0;
	/* It stands still, and starts anew when they answer (R6). */
	if (duty == TIMER_OUTCOME)
		return file->state == CASE_WAITING_OWNER;
	return false;
}

/* Put in charge since the case was last opened (rules.md 5.16). */
static bool
is_in_charge(const struct work *work, int level)
{
	const struct snapshot *before = work->before;

	for (size_t i = before->event_count; i > 0; i--) {
		const struct snapshot_event *event = &before->events[i - 1];

		if (text_eq(event->name, "escalated") &&
		    event->level >= level)
			return true;
		if (text_eq(event->name, "reopened"))
			return false;
	}
	return false;
}

static void
remind(struct work *work, enum timer_kind duty, msec_t due)
{
	struct tell tell = {
		.name = "reminder",
		.reply = REPLY_INTERNAL,
		.facts = { .wanted = duty, .at = due },
	};

	tell_handlers(work, &tell);
	act_record(work,
	    &(struct event){ .name = "reminded",
		.actor = ACTOR_DESK,
		.reason = timer_kind_name(duty) });
}

static void
remind_level(
    struct work *work, enum timer_kind duty, int level, msec_t due)
{
	struct tell tell = {
		.name = "overdue",
		.reply = REPLY_INTERNAL,
		.facts = { .wanted = duty,
		    .at = due,
		    .holder = act_level(work, level) },
	};

	(void)tell_staff(work, act_level(work, level), &tell);
	tell_handlers(work, &tell);
	act_record(work,
	    &(struct event){ .name = "reminded",
		.actor = ACTOR_DESK,
		.level = level,
		.reason = timer_kind_name(duty) });
	/* The time that the owner waits for has passed all the same (R23), and
	 * the level that has it by now may stand above the reminded one. */
	if (level == 2 && walks_whole_ladder(duty))
		ladder_tell_owner(work, act_level(work, work->file.level));
}

static void
put_in_charge(
    struct work *work, enum timer_kind duty, int level, msec_t due)
{
	ladder_escalate(work,
	    &(struct escalation){ .level = level,
		.actor = ACTOR_DESK,
		.code = overdue_codes[duty],
		.why = WHY_OVERDUE,
		.duty = duty,
		.tells_owner = walks_whole_ladder(duty) });
	/* R17: both names stand in the notice. */
	tell_handlers(work,
	    &(struct tell){ .name = "overdue",
		.reply = REPLY_INTERNAL,
		.facts = { .wanted = duty,
		    .at = due,
		    .holder = act_level(work, level) } });
}

void
timer_duty(struct work *work)
{
	enum timer_kind duty = work->in->timer.kind;
	int step = work->in->timer.step;
	msec_t due = *deadlines_due(&work->file, duty);
	/* Step 1 is the due and L2; each later step is the next level. */
	int level = step + 1;

	if (due == 0 || is_done(work, duty))
		return;
	if (step == STEP_REMIND)
		remind(work, duty, due);
	else if (is_in_charge(work, level))
		remind_level(work, duty, level, due);
	else
		put_in_charge(work, duty, level, due);
	if (step == STEP_LAST ||
	    (step >= STEP_DUE && !walks_whole_ladder(duty)))
		return;
	clocks_set(
	    work, duty, step + 1, clocks_step_at(work, step + 1, due));
}
