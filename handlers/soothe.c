#include "handlers/soothe.h"

#include "core/calendar.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/text.h"

enum { ALONE_MAX = 2 }; /* automatic messages in a row (R5) */

static bool
is_soothed(const struct work *work)
{
	return !work->file.agitated ||
	       work->file.severity == SEVERITY_EMERGENCY;
}

msec_t
soothe_call_due(const struct work *work)
{
	const struct span call = work->ctx->conf->rules.agitated_call;
	const struct snapshot_event *asked = act_last(work, "call_task");

	return span_end(work->estate->calendar,
	    asked != NULL ? asked->at : work_now(work), &call);
}

void
soothe_ask_for_call(struct work *work)
{
	const struct span call = work->ctx->conf->rules.agitated_call;
	const struct calendar *calendar = work->estate->calendar;
	msec_t now = work_now(work);

	if (is_soothed(work))
		return;
	act_record(work,
	    &(struct event){ .name = "call_task",
		.actor = ACTOR_DESK,
		.reason = "agitated" });
	/* Asked for while there is time to do it. */
	clocks_set(work, TIMER_CALL, STEP_REMIND,
	    span_reminder(
		calendar, now, span_end(calendar, now, &call), &call));
}

/* A step that stands for an automatic message to the owner. */
static bool
is_message(const char *name)
{
	static const char *const names[] = { "acknowledged", "news",
		"owner_told_reply_time", "rating_asked" };

	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		if (text_eq(name, names[i]))
			return true;
	}
	return false;
}

static bool
is_by_a_person(const struct snapshot_event *event)
{
	return text_eq(event->name, "phone_task") ||
	       !(text_eq(event->actor, ACTOR_DESK) ||
		   text_eq(event->actor, ACTOR_OWNER));
}

void
soothe_message_sent(struct work *work)
{
	const struct snapshot *before = work->before;
	const struct staff *responder = act_responder(work);
	int alone = 0;

	if (is_soothed(work) || work->staff != NULL ||
	    !case_is_open(work->file.state))
		return;
	for (size_t i = before->event_count; i > 0; i--) {
		const struct snapshot_event *event = &before->events[i - 1];

		if (is_by_a_person(event))
			break;
		alone += is_message(event->name);
	}
	if (alone >= ALONE_MAX)
		tell_phone_task(work, "agitated",
		    sentence(WHY_AGITATED,
			responder != NULL ? responder->language
					  : work->estate->language,
			NULL, work->arena),
		    NULL);
}
