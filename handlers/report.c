/*
 * News about what we sent: proof that the owner has heard, or that they have
 * not (R13, R52, rules.md 5.21, 5.22, 5.34).
 */
#include "core/calendar.h"
#include "core/deadlines.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/handlers.h"
#include "handlers/keywords.h"
#include "handlers/sentences.h"
#include "handlers/soothe.h"
#include "handlers/tell.h"
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
	report_news(work, report->state, report->answer);
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
	if (!act_move(work, CASE_FED_BACK,
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
}

/* ---- it did not ---- */

static const char *
not_delivered(
    const struct work *work, const struct staff *to, const char *answer)
{
	return sentence(WHY_NOT_DELIVERED,
	    to != NULL ? to->language : work->estate->language, answer,
	    work->arena);
}

static void
outcome_failed(struct work *work, const char *answer)
{
	const struct outgoing *out = &work->before->answered;
	enum channel other =
	    out->channel == CHANNEL_MAIL ? CHANNEL_SMS : CHANNEL_MAIL;
	const struct staff *responder = act_first_responder(work);
	out_id again = 0;

	(void)act_move(work, CASE_RESOLVED,
	    &(struct event){ .name = "feedback_withdrawn",
		.actor = ACTOR_DESK,
		.reason = "bounced",
		.out = out->id });
	clocks_stop(work, TIMER_RATING);
	clocks_stop(work, TIMER_CLOSE);
	work->file.fed_back_at = 0;
	/* The other channel is tried once, and only from the first one. */
	if (out->channel == work->file.channel && tell_may_reach(work, other))
		again = tell_owner_by(work, other,
		    &(struct tell){ .name = "outcome",
			.reply = REPLY_OWNER,
			.is_outcome = true,
			.facts = { .words = work->file.outcome } });
	if (again != 0) {
		work->file.outcome_out = again;
		act_record(work,
		    &(struct event){ .name = "feedback_retried",
			.actor = ACTOR_DESK,
			.reason = channel_name(other),
			.out = again });
		return;
	}
	tell_phone_task(work, "feedback_failed",
	    not_delivered(work, responder, answer), work->file.outcome);
}

/* Texts that can be made again from the case alone. */
static bool
can_be_said_again(const struct outgoing *out)
{
	static const char *const names[] = { "ack", "ack_soothe",
		"ack_emergency", "news", "withdrawn", "reopened" };

	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		if (text_eq(out->template_name, names[i]))
			return true;
	}
	return false;
}

/* The answer that met the reply due has not arrived: it is owed again (R20),
 * by its due, or where that has passed by as long as it had. */
static void
take_reply_back(struct work *work)
{
	const struct outgoing *out = &work->before->answered;
	struct case_file *file = &work->file;
	msec_t now = work_now(work);
	struct span span;

	if (!text_eq(out->template_name, "staff_reply") ||
	    out->created_at != file->first_reply_at ||
	    !case_is_open(file->state))
		return;
	work_keep(work);
	file->first_reply_at = 0;
	span = deadlines_span(
	    work->ctx->conf, work->estate, file, TIMER_REPLY);
	if (file->reply_due <= now)
		file->reply_due = span_end(work->estate->calendar, now, &span);
	clocks_start_duty(work, TIMER_REPLY, now);
}

static void
owner_message_failed(struct work *work, const char *answer)
{
	const struct outgoing *out = &work->before->answered;
	enum channel other =
	    out->channel == CHANNEL_MAIL ? CHANNEL_SMS : CHANNEL_MAIL;
	const struct staff *responder = act_first_responder(work);
	msec_t at = text_eq(out->template_name, "ack_soothe") ?
	    soothe_call_due(work) : 0;
	out_id again = 0;

	/* The same time as in the first one, while it lies ahead. */
	if (at <= work_now(work))
		at = clocks_told_time(work);
	if (can_be_said_again(out) && out->channel == work->file.channel &&
	    !case_is_ended(work->file.state))
		again = tell_owner_by(work, other,
		    &(struct tell){ .name = out->template_name,
			.reply = REPLY_OWNER,
			.is_automatic = out->is_automatic,
			.is_urgent = out->is_urgent,
			.facts = { .at = at } });
	if (again == 0)
		again = tell_staff(work,
		    responder != NULL ? responder : act_level(work, 2),
		    &(struct tell){ .name = "delivery_failed",
			.reply = REPLY_INTERNAL,
			.facts = {
			    .reason = not_delivered(work, responder, answer),
			    .words = out->text } });
	act_record(work,
	    &(struct event){ .name = "delivery_failed",
		.actor = ACTOR_DESK,
		.reason = out->template_name,
		.out = again });
}

/* Mail to a colleague that cannot be delivered: their supervisor knows what
 * to do.  Not about such a notice itself, or two dead mailboxes would write
 * to each other for ever. */
static void
staff_message_failed(struct work *work, const char *answer)
{
	const struct outgoing *out = &work->before->answered;
	const struct staff *supervisor = act_level(work, 2);

	if (supervisor == NULL || text_eq(supervisor->id, out->person) ||
	    text_eq(out->template_name, "delivery_failed"))
		return;
	(void)tell_staff(work, supervisor,
	    &(struct tell){ .name = "delivery_failed",
		.reply = REPLY_INTERNAL,
		.facts = { .reason = not_delivered(work, supervisor, answer),
		    .who = out->to_name,
		    .words = out->text } });
	act_record(work,
	    &(struct event){ .name = "delivery_failed",
		.actor = ACTOR_DESK,
		.reason = out->template_name });
}

static void
has_failed(struct work *work, const char *answer)
{
	const struct outgoing *out = &work->before->answered;

	if (out->role != ROLE_OWNER) {
		staff_message_failed(work, answer);
	} else if (out->is_outcome && out->id == work->file.outcome_out) {
		outcome_failed(work, answer);
	} else if (!out->is_outcome) {
		take_reply_back(work);
		owner_message_failed(work, answer);
	}
}

/* The author of a held message has its confirmation, or will never have it: the
 * time for #undo runs (rules.md 5.11). */
static void
release_held(struct work *work, enum out_state state)
{
	const struct outgoing *out = &work->before->answered;

	if (out->role == ROLE_OWNER || state == OUT_UNKNOWN ||
	    !text_eq(out->template_name, "transcript"))
		return;
	struct effect *effect = effects_add(work->out, EFFECT_RELEASE);

	effect->release.confirmation = out->id;
	effect->release.due = work_now(work) + tell_undo_time(work);
}

void
report_news(struct work *work, enum out_state state, const char *answer)
{
	struct effect *effect = effects_add(work->out, EFFECT_OUT_STATE);

	effect->out_state.out = work->before->answered.id;
	effect->out_state.state = state;
	effect->out_state.reason = answer;
	if (work->before->answered.id != 0)
		release_held(work, state);
	if (!work->has_case || work->before->answered.id == 0)
		return;
	if (out_state_is_on_its_way(state) || state == OUT_DELIVERED)
		has_arrived(work, state);
	else if (out_state_is_lost(state) || state == OUT_UNKNOWN)
		has_failed(work, answer);
}
