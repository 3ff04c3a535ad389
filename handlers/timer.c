#include "handlers/timer.h"

#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/handlers.h"

static void (*const rings[TIMER_KIND_COUNT])(struct work *) = {
	[TIMER_TAKE] = timer_duty,
	[TIMER_DISPATCH] = timer_duty,
	[TIMER_REPLY] = timer_duty,
	[TIMER_OUTCOME] = timer_duty,
	[TIMER_PROMISE] = timer_duty,
	[TIMER_NEWS] = timer_news,
	[TIMER_ALERT] = timer_alert,
	[TIMER_CALL] = timer_call,
	[TIMER_CLARIFY] = timer_clarify,
	[TIMER_RATING] = timer_rating,
	[TIMER_CLOSE] = timer_close,
	[TIMER_AFTER_REPORT] = timer_after_report,
	[TIMER_ESCALATION] = timer_escalation,
	[TIMER_FEEDBACK] = timer_feedback,
	[TIMER_ASK] = timer_ask,
	[TIMER_CALLBACK] = timer_callback,
	[TIMER_INCIDENT] = timer_incident,
	[TIMER_VISIT] = timer_visit,
};

const char *
timer_say(const struct work *work, enum sentence which)
{
	const struct staff *staff = act_first_responder(work);

	return sentence(which,
	    staff != NULL ? staff->language : work->estate->language, NULL,
	    work->arena);
}

bool
timer_matches(const struct work *work)
{
	return work->in->kind == INPUT_TIMER;
}

void
timer_run(struct work *work)
{
	enum timer_kind kind = work->in->timer.kind;

	/* It rang; whoever wants it again sets it again. */
	if (!work->has_case) {
		work->file.id = work->in->timer.case_id;
		clocks_stop(work, kind);
		return;
	}
	clocks_stop(work, kind);
	rings[kind](work);
}
