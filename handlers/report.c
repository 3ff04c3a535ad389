/*
 * News about what we sent: proof that the owner has heard (R13, rules.md 5.22,
 * 5.34), or that they have not (undelivered.c).
 */
#include "core/silence.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/keywords.h"
#include "handlers/tell.h"
#include "handlers/undelivered.h"
#include "handlers/visit.h"
#include "lib/text.h"

bool
report_matches(const struct work *work)
{
	return work->in->kind == INPUT_REPORT;
}

void
report_run(struct work *work)
{
	const struct report *report = &work->in->report;

	/* What a gateway knows of them holds here too (R53). */
	if (report->is_optout)
		opt_mirror(work, &work->before->answered);
	report_news(work, report);
}

/* ---- it arrived ---- */

static bool
is_proof(const struct work *work, enum out_state state)
{
	const struct outgoing *out = &work->before->answered;
	const struct sms_channel *sms =
	    config_sms(work->ctx->conf, out->sender);

	if (state == OUT_DELIVERED)
		return true;
	return out_state_is_on_its_way(state) && (out->channel == CHANNEL_MAIL ||
	    (sms != NULL && !sms->has_reports));
}

static void
was_fed_back(struct work *work)
{
	/* Of an outcome that the owner has objected to since: not of the one
	 * that was written then. */
	if (work->before->answered.id != work->file.outcome_out ||
	    !act_move(work, CASE_FED_BACK,
		&(struct event){ .name = "fed_back",
		    .actor = ACTOR_DESK,
		    .reason = channel_name(work->before->answered.channel),
		    .out = work->before->answered.id }))
		return;
	work->file.fed_back_at = work_now(work);
	visit_begin(work);
}

static bool
is_acknowledgement(const struct outgoing *out)
{
	return text_starts(out->template_name, "ack") ||
	       text_eq(out->template_name, "callback");
}

/* The acknowledgement asks them where it is (R6). */
static bool
asks_owner(const struct work *work)
{
	return text_eq(work->before->answered.template_name, "ack_clarify") &&
	    place_is_empty(&work->file.place);
}

static void
was_acknowledged(struct work *work)
{
	const struct event step = { .name = "acknowledged",
		.actor = ACTOR_DESK,
		.reason = channel_name(work->before->answered.channel),
		.out = work->before->answered.id };

	if (work->file.acknowledged_at != 0)
		return;
	work->file.acknowledged_at = work_now(work);
	/* Staff may have been faster than the mail server. */
	if (!act_move(work, CASE_ACKNOWLEDGED, &step))
		act_record(work, &step);
	else if (asks_owner(work))
		(void)act_move(work, CASE_WAITING_OWNER,
		    &(struct event){
			.name = "waiting_owner", .actor = ACTOR_DESK });
}

/* This message told the owner the time that they were promised (R11). */
static bool
tells_promise(const struct work *work)
{
	const struct outgoing *out = &work->before->answered;
	const struct snapshot_event *promised = act_last(work, "promised");

	return out->role == ROLE_OWNER && work->file.promise_due != 0 &&
	    promised != NULL && promised->at == out->created_at;
}

static void
has_arrived(struct work *work, enum out_state state)
{
	const struct outgoing *out = &work->before->answered;

	if (out->role != ROLE_OWNER)
		return;
	if (is_acknowledgement(out))
		was_acknowledged(work);
	if (out->is_outcome && is_proof(work, state))
		was_fed_back(work);
	if (work->file.promise_told_at == 0 && tells_promise(work) &&
	    is_proof(work, state)) {
		work_keep(work);
		work->file.promise_told_at = work_now(work);
	}
}

/* ---- what it means ---- */

/* The author of a held message has its confirmation, or will never have it: the
 * time for #undo runs (rules.md 5.11). */
static void
release_held(struct work *work)
{
	const struct outgoing *out = &work->before->answered;

	if (out->role == ROLE_OWNER || !text_eq(out->template_name, "transcript"))
		return;
	struct effect *effect = effects_add(work->out, EFFECT_RELEASE);

	effect->release.confirmation = out->id;
	effect->release.due = work_now(work) + tell_undo_time(work);
}

/* By when the next report is due (core/silence.h). */
static msec_t
report_due(const struct work *work, enum out_state state)
{
	return silence_until(work->ctx->conf, &work->before->answered, state,
	    work_now(work));
}

void
report_news(struct work *work, const struct report *news)
{
	struct effect *effect = effects_add(work->out, EFFECT_OUT_STATE);
	enum out_state state = news->state;

	effect->out_state.out = work->before->answered.id;
	effect->out_state.state = state;
	effect->out_state.reason = news->answer;
	if (work->before->answered.id == 0)
		return;
	effect->out_state.report_due = report_due(work, state);
	release_held(work);
	if (!work->has_case)
		return;
	if (out_state_is_lost(state)) {
		if (tells_promise(work)) {
			work_keep(work);
			work->file.promise_told_at = 0;
		}
		undelivered_run(work, news);
		return;
	}
	/* It was given up, and arrived all the same. */
	if (state == OUT_DELIVERED &&
	    out_state_is_lost(work->before->answered_status.state))
		undelivered_after_all(work);
	has_arrived(work, state);
}
