/*
 * A rating that was asked for (R34, R38, R39, rules.md 2.7).
 */
#include "handlers/act.h"
#include "handlers/cases.h"
#include "handlers/clocks.h"
#include "handlers/emergency.h"
#include "handlers/handlers.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"

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
		work->in->message->own, true))
		return;
	cases_tell_reopened(work);
}

void
rating_run(struct work *work)
{
	work_attach(work);
	keep_score(work);
	clocks_stop(work, TIMER_RATING);
	if (work->seen.severity == SEVERITY_EMERGENCY) {
		(void)cases_reopen(work, ACTOR_OWNER, "danger",
		    work->in->message->own, false);
		emergency_raise(work, ACTOR_OWNER, work->in->message->own);
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
