/*
 * A rating that was asked for (R34, R38, R39, rules.md 2.7): a score reopens or
 * is kept, another number is asked again once.
 */
#include "core/survey.h"
#include "core/tone.h"
#include "handlers/act.h"
#include "handlers/cases.h"
#include "handlers/clocks.h"
#include "handlers/emergency.h"
#include "handlers/handlers.h"
#include "handlers/reopen.h"
#include "handlers/tell.h"
#include "handlers/visit.h"
#include "lib/text.h"

bool
rating_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE &&
	    work->seen.kind == KIND_RATING && work->has_case &&
	    work->before->pending_rating == work->file.id &&
	    work->seen.score >= 1 && work->seen.score <= 5;
}

/* Low, or not put right (R39). */
static bool
reopen(struct work *work)
{
	const char *own = work->in->message->own;

	if (visit_judge(work, ACTOR_OWNER, work->seen.score, own)) {
		reopen_tell_owner(work);
		return true;
	}
	if (!survey_is_low(work->seen.score) &&
	    !tone_is_not_fixed(own, work->arena))
		return false;
	/* It is open already: whoever has it reads the words. */
	tell_handlers(work,
	    &(struct tell){ .name = "followup",
		.reply = REPLY_MATTER,
		.facts = { .words = own, .at = clocks_told_time(work) } });
	return true;
}

/* Words beside the score ask or wish for something (R38); then work->seen is
 * what. */
static bool
wants_more(struct work *work)
{
	const char *rest;

	if (!survey_asks_more(
		work->in->message->own, work->seen.score, &rest))
		return false;
	work_understand_words(work, rest);
	return !work->failed && kind_makes_case(work->seen.kind) &&
	    work->seen.kind != KIND_PRAISE;
}

/* Of the same trouble: the same matter goes on. */
static bool
goes_on(struct work *work)
{
	if (!text_eq(work->seen.category, work->file.category) ||
	    (work->seen.kind != KIND_REQUEST &&
		work->seen.kind != KIND_COMPLAINT) ||
	    !reopen_case(work, ACTOR_OWNER, "not_fixed",
		work->in->message->own, true))
		return false;
	reopen_tell_owner(work);
	return true;
}

static void
open_linked(struct work *work)
{
	const char *number = work->file.number;

	work_leave_case(work);
	cases_open(work,
	    &(struct matter){ .kind = work->seen.kind,
		.subject = work->in->message->subject,
		.linked_to = number });
}

void
rating_run(struct work *work)
{
	int score = work->seen.score;
	bool has_more;

	work_attach(work);
	visit_keep_score(
	    work, score, work->in->message->own, ACTOR_OWNER, NULL);
	clocks_stop(work, TIMER_RATING);
	if (work->seen.severity == SEVERITY_EMERGENCY) {
		emergency_from_owner(work);
		return;
	}
	if (reopen(work))
		return;
	has_more = wants_more(work);
	if (has_more && goes_on(work))
		return;
	visit_settle(work, VISIT_ANSWERED);
	(void)tell_staff(work, act_first_responder(work),
	    &(struct tell){ .name = "rated",
		.reply = REPLY_INTERNAL,
		.facts = { .score = score,
		    .words = work->in->message->own } });
	if (has_more)
		open_linked(work);
}

/* ---- a number that is no score ---- */

bool
rating_again_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->has_case &&
	    work->seen.kind == KIND_FOLLOWUP &&
	    work->before->pending_rating == work->file.id &&
	    tone_is_number(work->in->message->own, work->arena);
}

static bool
was_asked_again(const struct work *work)
{
	const struct snapshot_event *asked = act_last(work, "rating_asked");

	return asked != NULL && asked->reason != NULL;
}

void
rating_again_run(struct work *work)
{
	out_id out;

	work_attach(work);
	act_record(work,
	    &(struct event){ .name = "followup",
		.actor = ACTOR_OWNER,
		.text = work->in->message->own });
	if (was_asked_again(work))
		return;
	out = tell_owner_by(work, work->in->message->channel,
	    &(struct tell){ .name = "rating_again",
		.reply = REPLY_OWNER,
		.is_automatic = true });
	if (out != 0)
		act_record(work,
		    &(struct event){ .name = "rating_asked",
			.actor = ACTOR_DESK,
			.reason = "again",
			.out = out });
}
