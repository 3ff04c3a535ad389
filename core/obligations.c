#include "core/obligations.h"

#include "core/calendar.h"
#include "core/deadlines.h"

#include <stddef.h>

/* The ladder above a due ends with its last level (R26, rules.md 5.16). */
static bool
is_on_the_ladder(const struct config *conf, const struct estate *estate,
    msec_t due, msec_t now)
{
	return due != 0 && now < span_end(estate->calendar, due,
				     &conf->rules.overdue[LEVEL_MAX]);
}

bool
obligation_is_owed(const struct config *conf, const struct estate *estate,
    const struct case_file *file, enum timer_kind kind, msec_t now)
{
	bool is_open = case_is_open(file->state);

	switch (kind) {
	/* Ours to hurry; above L2 there is no ladder for these. */
	case TIMER_TAKE:
		return is_open && file->taken_at == 0 && file->take_due > now;
	case TIMER_DISPATCH:
		return is_open && file->department == NULL &&
		       file->handler == NULL && file->dispatch_due > now;
	case TIMER_REPLY:
		return is_open && file->first_reply_at == 0 &&
		       is_on_the_ladder(conf, estate, file->reply_due, now);
	case TIMER_OUTCOME:
		/* While the owner is waited for it stands still (R6). */
		return is_open && file->state != CASE_WAITING_OWNER &&
		       is_on_the_ladder(conf, estate, file->outcome_due, now);
	case TIMER_PROMISE:
		return is_open &&
		       is_on_the_ladder(conf, estate, file->promise_due, now);
	case TIMER_NEWS: return is_open;
	case TIMER_FEEDBACK: return file->state == CASE_RESOLVED;
	/* Not closed before somebody has heard how it was (R34). */
	case TIMER_CLOSE:
		return file->state == CASE_FED_BACK &&
		       !visit_is_owed(file->visit);
	/* Overdue, it stands in the week's digest and nobody is hurried. */
	case TIMER_VISIT:
		return file->state == CASE_FED_BACK &&
		       visit_is_owed(file->visit) &&
		       file->visit_overdue_at == 0;
	case TIMER_AFTER_REPORT:
		return file->after_reports > 0 && file->state != CASE_SPAM;
	/* Their reasons are events and not facts of the case. */
	case TIMER_ALERT:
	case TIMER_CALL:
	case TIMER_CLARIFY:
	case TIMER_RATING:
	case TIMER_ESCALATION:
	case TIMER_CALLBACK:
	case TIMER_ASK:
	case TIMER_INCIDENT:
	case TIMER_KIND_COUNT: break;
	}
	return false;
}
