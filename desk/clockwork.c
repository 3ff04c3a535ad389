/*
 * Due timers are decided like messages.
 */
#include "desk/engine.h"
#include "lib/crash.h"
#include "lib/err.h"
#include "store/bundles.h"
#include "store/cases.h"
#include "store/staff.h"

enum { TIMERS_AT_ONCE = 64 };

/* A handler moves or cancels its timer; one that it left behind would ring
 * for ever, and one whose decision failed must not ring at once again. */
static int
silence(struct desk *desk, const struct timer *timer, bool failed, msec_t now,
    struct err *err)
{
	struct timer left[TIMER_KIND_COUNT];
	int count = timers_of(
	    desk->store, timer->case_id, left, TIMER_KIND_COUNT, err);

	if (count < 0)
		return -1;
	for (int i = 0; i < count; i++) {
		if (left[i].kind != timer->kind || left[i].due > now)
			continue;
		if (!failed)
			return timer_cancel(
			    desk->store, timer->case_id, timer->kind, err);
		left[i].due = now + MSEC_HOUR;
		return timer_set(desk->store, &left[i], err);
	}
	return 0;
}

int
clockwork_run(struct desk *desk, msec_t now, int *ret_count, struct err *err)
{
	struct timer due[TIMERS_AT_ONCE];
	int count = 0;

	*ret_count = 0;
	if (clockwork_next(desk) == 0 || clockwork_next(desk) > now)
		return 0;
	count = timers_due(desk->store, now, due, TIMERS_AT_ONCE, err);
	if (count < 0 || handovers_run(desk, now, err) < 0 ||
	    bundles_run(desk, now, err) < 0)
		return -1;
	for (int i = 0; i < count; i++) {
		struct input in = {
			.kind = INPUT_TIMER,
			.received_at = now,
			.timer = due[i],
		};
		int made = decision_make(desk, &in, now, err);

		if (made < 0)
			return -1;
		if (made == 0)
			desk_note(desk, NOTE_ERROR, "timer",
			    "case=%lld kind=%s err=\"%s\"",
			    (long long)due[i].case_id,
			    timer_kind_name(due[i].kind), err->msg);
		if (silence(desk, &due[i], made == 0, now, err) < 0)
			return -1;
	}
	wake_clockwork(desk);
	*ret_count = count;
	if (count > 0)
		crash_point(CRASH_TIMER_BEFORE_COMMIT);
	return 0;
}

msec_t
clockwork_next(struct desk *desk)
{
	if (desk->next_timer < 0) {
		const msec_t nexts[] = { timers_next(desk->store),
			handover_next(desk->store), bundle_next(desk->store) };

		desk->next_timer = 0;
		for (size_t i = 0; i < ARRAY_COUNT(nexts); i++)
			if (nexts[i] != 0 && (desk->next_timer == 0 ||
						 nexts[i] < desk->next_timer))
				desk->next_timer = nexts[i];
	}
	return desk->next_timer;
}

void
clockwork_done(int count)
{
	if (count > 0)
		crash_point(CRASH_TIMER_AFTER_COMMIT);
}
