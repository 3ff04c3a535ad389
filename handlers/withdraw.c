/*
 * The owner takes their matter back: asked once whether they mean it
 * (rules.md 4.4).
 */
#include "core/brake.h"
#include "core/tone.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/handlers.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/text.h"

#define ASKED_AGE_MAX (48 * MSEC_HOUR)

bool
withdraw_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE &&
	    work->seen.kind == KIND_WITHDRAW;
}

void
withdraw_run(struct work *work)
{
	if (!work_is_participant(work) ||
	    !case_may_move(work->file.state, CASE_WITHDRAWN)) {
		/* Not theirs, or over: as if there were none (R42). */
		work_bin(work, "handled", "withdraw");
		if (work->has_case)
			work_leave_case(work);
		if (!brake_allows_status(&work->ctx->conf->rules,
			work->before->sender.status_queries_hour))
			return;
		(void)tell_sender(work,
		    &(struct tell){
			.name = "status_none", .is_automatic = true });
		return;
	}
	work_attach(work);
	act_record(work,
	    &(struct event){
		.name = "withdraw_asked", .actor = ACTOR_OWNER });
	(void)tell_owner_by(work, work->in->message->channel,
	    &(struct tell){ .name = "withdraw_ask",
		.reply = REPLY_OWNER,
		.is_automatic = true });
}

/* The question was the last thing that happened between us. */
static bool
was_asked(const struct work *work)
{
	const struct snapshot *before = work->before;
	msec_t since = work_now(work) - ASKED_AGE_MAX;

	for (size_t i = before->event_count; i > 0; i--) {
		const struct snapshot_event *event = &before->events[i - 1];

		if (event->at < since)
			return false;
		if (text_eq(event->name, "withdraw_asked"))
			return true;
		if (text_eq(event->actor, ACTOR_OWNER))
			return false;
	}
	return false;
}

bool
withdraw_yes_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work_is_participant(work) &&
	    was_asked(work) &&
	    tone_is_yes(work->in->message->own, work->arena) &&
	    case_may_move(work->file.state, CASE_WITHDRAWN);
}

void
withdraw_yes_run(struct work *work)
{
	const struct staff *responder = act_first_responder(work);

	work_attach(work);
	(void)act_move(work, CASE_WITHDRAWN,
	    &(struct event){ .name = "withdrawn", .actor = ACTOR_OWNER });
	clocks_stop_work(work);
	(void)tell_owner_by(work, work->in->message->channel,
	    &(struct tell){ .name = "withdrawn",
		.reply = REPLY_OWNER,
		.is_automatic = true });
	tell_handlers(work,
	    &(struct tell){ .name = "notice",
		.reply = REPLY_INTERNAL,
		.facts = { .reason = sentence(WHY_WITHDRAWN,
			       responder != NULL ? responder->language :
						   work->estate->language,
			       NULL, work->arena) } });
}
