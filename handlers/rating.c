/*
 * A rating that was asked for (R34, R38, R39, rules.md 2.7): a score reopens or
 * is kept, another number is asked again once.
 */
#include "core/tone.h"
#include "handlers/act.h"
#include "handlers/cases.h"
#include "handlers/clocks.h"
#include "handlers/emergency.h"
#include "handlers/handlers.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/text.h"

enum { LOW_SCORE = 2 };

bool
rating_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE &&
	    work->seen.kind == KIND_RATING && work->has_case &&
	    work->before->pending_rating == work->file.id &&
	    work->seen.score >= 1 && work->seen.score <= 5;
}

static void
keep_score(struct work *work)
{
	struct effect *effect = effects_add(work->out, EFFECT_RATING);

	effect->rating.case_id = work->file.id;
	effect->rating.score = work->seen.score;
	effect->rating.text = work->in->message->own;
	work_keep(work);
	work->file.rating = work->seen.score;
	act_record(work,
	    &(struct event){ .name = "rated",
		.actor = ACTOR_OWNER,
		.level = 0,
		.text = work->in->message->own });
}

static void
reopen(struct work *work)
{
	if (!cases_reopen(work, ACTOR_OWNER, "low_rating",
		work->in->message->own, true)) {
		/* It is open already: whoever has it reads the words. */
		tell_handlers(work,
		    &(struct tell){ .name = "followup",
			.reply = REPLY_MATTER,
			.facts = { .words = work->in->message->own,
			    .at = clocks_told_time(work) } });
		return;
	}
	cases_tell_reopened(work);
}

void
rating_run(struct work *work)
{
	work_attach(work);
	keep_score(work);
	clocks_stop(work, TIMER_RATING);
	if (work->seen.severity == SEVERITY_EMERGENCY) {
		emergency_from_owner(work);
		return;
	}
	if (work->seen.score <= LOW_SCORE) {
		reopen(work);
		return;
	}
	(void)tell_staff(work, act_first_responder(work),
	    &(struct tell){ .name = "rated",
		.reply = REPLY_INTERNAL,
		.facts = { .score = work->seen.score,
		    .words = work->in->message->own } });
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
	for (size_t i = work->before->event_count; i > 0; i--) {
		const struct snapshot_event *event =
		    &work->before->events[i - 1];

		if (text_eq(event->name, "rating_asked"))
			return event->reason != NULL;
	}
	return false;
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
