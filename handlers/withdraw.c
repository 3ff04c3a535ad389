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

static bool
is_own_case(const struct work *work)
{
	return work_is_participant(work) && !work->before->named_case_refused;
}

/* Theirs and over: how it ended.  Not theirs: as if there were none (R42).  Of
 * several none is sure, and they are asked which. */
static void
answer_without_case(struct work *work)
{
	const struct snapshot *before = work->before;
	const struct case_brief own = case_brief_of(&work->file);
	struct tell tell = { .name = "status_none",
		.is_automatic = true,
		.facts = { .count = status_names_case(work) } };

	work_bin(work, "handled", "withdraw");
	if (is_own_case(work)) {
		tell.name = "status";
		tell.facts.cases = &own;
		tell.facts.case_count = 1;
	} else if (!work->has_case && !status_names_case(work) &&
	    before->open_case_count > 0) {
		tell.name = "withdraw_which";
		tell.facts.cases = before->open_cases;
		tell.facts.case_count = before->open_case_count;
	}
	if (work->has_case)
		work_leave_case(work);
	if (brake_allows_status(&work->ctx->conf->rules,
		before->sender.status_queries_hour))
		(void)tell_sender(work, &tell);
}

/* By the channel that they used, else by the other; some gateways send no
 * question of ours, and then somebody asks. */
static void
ask(struct work *work)
{
	enum channel channel = work->in->message->channel;
	const struct tell tell = { .name = "withdraw_ask",
		.reply = REPLY_OWNER,
		.is_automatic = true };

	if (tell_can_say(work, channel, tell.name) ||
	    tell_owner_channel(work, tell.name, &channel)) {
		act_record(work,
		    &(struct event){
			.name = "withdraw_asked", .actor = ACTOR_OWNER });
		(void)tell_owner_by(work, channel, &tell);
		return;
	}
	act_record(work,
	    &(struct event){ .name = "followup",
		.actor = ACTOR_OWNER,
		.text = work->in->message->own });
	tell_phone_task(work, "no_template",
	    sentence(WHY_ASK_WITHDRAWAL, work->estate->language, NULL,
		work->arena),
	    NULL);
}

void
withdraw_run(struct work *work)
{
	if (!is_own_case(work) ||
	    !case_may_move(work->file.state, CASE_WITHDRAWN)) {
		answer_without_case(work);
		return;
	}
	work_attach(work);
	ask(work);
}

/* Until they answer it, or hear from us how the work goes. */
static bool
was_asked(const struct work *work)
{
	static const char *const ends[] = { "withdraw_declined", "withdrawn",
		"replied", "resolved" };
	const struct snapshot *before = work->before;
	msec_t since = work_now(work) - ASKED_AGE_MAX;

	for (size_t i = before->event_count; i > 0; i--) {
		const struct snapshot_event *event = &before->events[i - 1];

		if (event->at < since)
			return false;
		if (text_eq(event->name, "withdraw_asked"))
			return true;
		for (size_t end = 0; end < ARRAY_COUNT(ends); end++)
			if (text_eq(event->name, ends[end]))
				return false;
	}
	return false;
}

static bool
is_answer(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work_is_participant(work) &&
	       was_asked(work) &&
	       case_may_move(work->file.state, CASE_WITHDRAWN);
}

bool
withdraw_yes_matches(const struct work *work)
{
	return is_answer(work) &&
	       tone_confirms_withdrawal(
		   work->in->message->own, work->arena);
}

/* Also where the word alone would opt out: it answers what we asked. */
bool
withdraw_no_matches(const struct work *work)
{
	return is_answer(work) &&
	       tone_is_no(work->in->message->own, work->arena);
}

void
withdraw_no_run(struct work *work)
{
	const struct case_brief brief = case_brief_of(&work->file);

	work_attach(work);
	act_record(work,
	    &(struct event){ .name = "withdraw_declined",
		.actor = ACTOR_OWNER });
	/* It goes on, and stands like this. */
	(void)tell_owner_by(work, work->in->message->channel,
	    &(struct tell){ .name = "status",
		.reply = REPLY_OWNER,
		.facts = { .cases = &brief, .case_count = 1 },
		.is_automatic = true });
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
