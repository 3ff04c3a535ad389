#include "handlers/ladder.h"

#include "core/calendar.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/text.h"

/* Several dues can pass at the close of one day; but who has it now, when
 * somebody decided that, is news. */
#define TOLD_JUST_NOW (5 * MSEC_MINUTE)

static bool
was_told_just_now(const struct work *work, const char *holder)
{
	msec_t since = work_now(work) - TOLD_JUST_NOW;

	for (size_t i = 0; i < work->out->count; i++) {
		const struct effect *effect = &work->out->list[i];

		if (effect->kind == EFFECT_EVENT &&
		    effect->event.case_id == work->file.id &&
		    text_eq(effect->event.name, "owner_told_reply_time"))
			return true;
	}
	for (size_t i = work->before->event_count; i > 0; i--) {
		const struct snapshot_event *event =
		    &work->before->events[i - 1];

		if (event->at < since)
			return false;
		if (text_eq(event->name, "owner_told_reply_time") &&
		    (work->in->kind == INPUT_TIMER ||
			text_eq(text_or(event->reason, ""), holder)))
			return true;
	}
	return false;
}

void
ladder_tell_owner(struct work *work, const struct staff *holder)
{
	if (was_told_just_now(work, holder != NULL ? holder->id : ""))
		return;
	out_id out = tell_owner(work,
	    &(struct tell){
		.name = "reply_time",
		.reply = REPLY_OWNER,
		.is_automatic = true,
		.facts = { .holder = holder, .at = clocks_told_time(work) },
	    });

	if (out == 0) {
		enum language language = work->estate->language;

		tell_phone_task(work, "reply_time",
		    sentence(tell_why_no_way(work, "reply_time"), language, NULL,
			work->arena),
		    NULL);
		return;
	}
	act_record(work,
	    &(struct event){ .name = "owner_told_reply_time",
		.actor = ACTOR_DESK,
		.reason = holder != NULL ? holder->id : NULL,
		.out = out });
}

static const char *
reason_for(const struct work *work, const struct escalation *escalation,
    const struct staff *holder)
{
	enum language language =
	    holder != NULL ? holder->language : work->estate->language;

	if (escalation->reason != NULL)
		return escalation->reason;
	return sentence((enum sentence)escalation->why, language,
	    text_timer_word(escalation->duty, language), work->arena);
}

void
ladder_escalate(struct work *work, const struct escalation *escalation)
{
	const struct staff *holder = act_level(work, escalation->level);
	const struct span take = work->ctx->conf->rules.escalation_take;
	msec_t take_by =
	    span_end(work->estate->calendar, work_now(work), &take);
	struct tell tell = {
		.name = "escalated",
		.reply = REPLY_INTERNAL,
		.is_urgent = work->file.severity == SEVERITY_EMERGENCY,
		.facts = { .reason = reason_for(work, escalation, holder),
		    .author = config_staff(work->ctx->conf, escalation->actor),
		    .holder = holder,
		    .wanted = escalation->duty,
		    .at = take_by },
	};

	tell_add_case_files(work, &tell);
	work->file.level = escalation->level;
	act_record(work,
	    &(struct event){ .name = "escalated",
		.actor = escalation->actor,
		.level = escalation->level,
		.reason = escalation->code,
		.text = escalation->reason });
	(void)tell_staff(work, holder, &tell);
	/* A night's sleep is worth more than a day's delay of a small
	 * matter: only these come as a text too. */
	if (work->file.severity >= SEVERITY_MAJOR)
		(void)tell_staff_text(work, holder, &tell);
	clocks_set(work, TIMER_ESCALATION, escalation->level, take_by);
	if (escalation->tells_owner)
		ladder_tell_owner(work, holder);
}
