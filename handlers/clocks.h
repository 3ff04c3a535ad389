/*
 * clocks - the timers of a case (rules.md 1.0, 2.3, R26).
 *
 * Timers are rows: setting one is an effect.  The duties with a due (take,
 * dispatch, reply, outcome, promise) walk steps: 0 the reminder at 75 %, 1
 * the due itself, 2 to 4 the ladder above it.
 */
#ifndef HANDLERS_CLOCKS_H
#define HANDLERS_CLOCKS_H

#include "core/input.h"
#include "handlers/work.h"

enum duty_step {
	STEP_REMIND, /* 75 % of the way */
	STEP_DUE,    /* L2 takes charge; the steps above are L3, L4, L5 */
	STEP_LAST = LEVEL_MAX - 1,
};

void clocks_set(
    struct work *work, enum timer_kind kind, int step, msec_t due);
void clocks_stop(struct work *work, enum timer_kind kind);

/* A time that the owner is told, or is to be told (R11); 0: none any more.  Its
 * duty is started apart. */
void clocks_promise(struct work *work, msec_t due);

/* Start a duty that the case has a due for, counted from `start', at its
 * reminder.  Nothing for a duty without a due. */
void clocks_start_duty(struct work *work, enum timer_kind duty, msec_t start);
/* Everything that a new, reopened or re-graded case owes, counted from
 * `start'. */
void clocks_start(struct work *work, msec_t start);
/* Nothing is owed any more: resolved, withdrawn, spam. */
void clocks_stop_work(struct work *work);
/* The owner has heard something now; silence starts anew (R14). */
void clocks_owner_heard(struct work *work);
/* The owner of a graver matter may not be left in silence as long. */
void clocks_regrade_news(struct work *work);
/* The owner is waited for: the outcome's clock stands still, and no other
 * (R6).  It goes on, its due later by as much as it stood since `since'. */
void clocks_pause_outcome(struct work *work);
void clocks_resume_outcome(struct work *work, msec_t since);
/* The severity is another than `before': dues that are not met or missed yet,
 * counted from the receipt but never in the past; never later than told when
 * it went up, and never before an extension. */
void clocks_regrade(struct work *work, enum severity before);
/* Work that was stopped (spam) goes on: when a due has passed meanwhile, all
 * that are owed are counted from now. */
void clocks_go_on(struct work *work);

/* The instant of a step of a due. */
msec_t clocks_step_at(const struct work *work, int step, msec_t due);
/* The due that an owner may be told: the first that runs and lies ahead (the
 * answer, a promise, the outcome), else the end of the next working day
 * (rules.md 5.43). */
msec_t clocks_told_time(const struct work *work);
/* End of business of the next working day. */
msec_t clocks_next_workday(const struct work *work);

#endif
