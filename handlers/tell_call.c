/*
 * The task to telephone an owner.
 */
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/tell.h"
#include "lib/text.h"

/* Two timers of one moment bring one call; two messages that did not arrive
 * bring two, for each has words to say. */
static bool
was_asked_now(const struct work *work, const char *reason_code)
{
	if (work->in->kind != INPUT_TIMER)
		return false;
	for (size_t i = work->before->event_count; i > 0; i--) {
		const struct snapshot_event *event =
		    &work->before->events[i - 1];

		if (event->at != work_now(work))
			return false;
		if (text_eq(event->name, "phone_task") &&
		    text_eq(event->reason, reason_code))
			return true;
	}
	return false;
}

void
tell_phone_task_by(struct work *work, msec_t by, const char *reason_code,
    const char *reason, const char *words)
{
	if (was_asked_now(work, reason_code))
		return;
	out_id out = tell_staff(work, act_caller(work),
	    &(struct tell){
		.name = "phone_task",
		.reply = REPLY_INTERNAL,
		.facts = { .reason = reason,
		    .words = words,
		    .at = by },
	    });
	act_record(work,
	    &(struct event){ .name = "phone_task",
		.actor = ACTOR_DESK,
		.reason = reason_code,
		.out = out });
}

void
tell_phone_task(struct work *work, const char *reason_code,
    const char *reason, const char *words)
{
	tell_phone_task_by(
	    work, clocks_told_time(work), reason_code, reason, words);
}
