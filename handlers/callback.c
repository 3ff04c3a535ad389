/*
 * "Call me back" (rules.md 4.4, 5.1): somebody telephones within
 * rules.callback.  It belongs to the owner's open case, the newest where there
 * are several; without one it is a small case of its own, an inquiry whose
 * answer is the call.  Either way a timer stands behind it: who was asked is
 * reminded, and after as long again L2 hears of it, until somebody has written
 * down that they called (#feedback, #visit).
 */
#include "core/calendar.h"
#include "core/deadlines.h"
#include "handlers/act.h"
#include "handlers/callback.h"
#include "handlers/clocks.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "handlers/timer.h"
#include "lib/text.h"

enum { STEP_ASKED, STEP_LATE };

/* The event that pays the debt; the ledger of who called is another one. */
#define CALLED "called_back"

msec_t
callback_due(const struct work *work)
{
	return span_end(work->estate->calendar, work_now(work),
	    &work->ctx->conf->rules.callback);
}

static void
ask_for_call(struct work *work, const struct staff *staff, msec_t by)
{
	if (staff == NULL || act_is_subject(&work->file, staff))
		staff = act_level(work, 2);
	if (staff == NULL)
		return;
	(void)tell_staff(work, staff,
	    &(struct tell){ .name = "phone_task",
		.reply = REPLY_INTERNAL,
		.facts = { .reason = sentence(WHY_CALLBACK, staff->language,
			       NULL, work->arena),
		    .at = by } });
}

void
callback_ask(struct work *work, msec_t by)
{
	act_record(work,
	    &(struct event){ .name = "phone_task",
		.actor = ACTOR_OWNER,
		.reason = CALLBACK,
		.text = work->in->message->own });
	clocks_set(work, TIMER_CALLBACK, STEP_ASKED, by);
	ask_for_call(work, act_caller(work), by);
	(void)tell_owner(work,
	    &(struct tell){ .name = "callback",
		.reply = REPLY_OWNER,
		.is_automatic = true,
		.facts = { .at = by } });
}

void
callback_open(struct work *work)
{
	/* Who calls has taken it; one clock is enough for that. */
	work->file.take_due = 0;
	clocks_stop(work, TIMER_TAKE);
	callback_ask(work, callback_due(work));
}

bool
callback_is_all(const struct work *work)
{
	const struct snapshot *before = work->before;

	return before->event_count > 0 &&
	       text_eq(before->events[0].name, "created") &&
	       text_eq(before->events[0].reason, CALLBACK);
}

/* The call that is owed to the owner of the snapshot's case, or NULL. */
static const struct snapshot_event *
owed_call(const struct work *work)
{
	const struct snapshot *before = work->before;

	for (size_t i = before->event_count; i > 0; i--) {
		const struct snapshot_event *event = &before->events[i - 1];

		if (text_eq(event->name, CALLED))
			break;
		if (text_eq(event->name, "phone_task") &&
		    text_eq(event->reason, CALLBACK))
			return event;
	}
	return NULL;
}

void
callback_made(struct work *work)
{
	clocks_stop(work, TIMER_CALLBACK);
	if (owed_call(work) != NULL)
		act_record(work,
		    &(struct event){ .name = CALLED, .actor = ACTOR_DESK });
}

void
callback_goes_on(struct work *work)
{
	const struct snapshot_event *owed = owed_call(work);

	if (owed == NULL)
		return;
	act_record(work,
	    &(struct event){ .name = "phone_task",
		.actor = ACTOR_OWNER,
		.reason = CALLBACK,
		.text = owed->text });
	/* Who waits already does not wait anew. */
	clocks_set(work, TIMER_CALLBACK, STEP_ASKED,
	    span_end(work->estate->calendar, owed->at,
		&work->ctx->conf->rules.callback));
}

void
timer_callback(struct work *work)
{
	int step = work->in->timer.step;
	msec_t next = callback_due(work);

	if (case_is_ended(work->file.state))
		return;
	ask_for_call(work,
	    step == STEP_ASKED ? act_caller(work) : act_level(work, 2),
	    work->in->timer.due);
	act_record(work,
	    &(struct event){ .name = "reminded",
		.actor = ACTOR_DESK,
		.level = step == STEP_ASKED ? 0 : 2,
		.reason = timer_kind_name(TIMER_CALLBACK) });
	/* Until it is made; L2 hears of it each working day. */
	clocks_set(work, TIMER_CALLBACK, STEP_LATE,
	    step == STEP_ASKED ? next : clocks_next_workday(work));
}
