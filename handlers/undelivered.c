/*
 * What we said did not arrive (R13, R52, rules.md 5.21), or so it seemed: the
 * person's other channel, else somebody who tells them.
 */
#include "handlers/undelivered.h"

#include "core/calendar.h"
#include "core/deadlines.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/sentences.h"
#include "handlers/soothe.h"
#include "handlers/tell.h"
#include "lib/text.h"

static const char staff_reply[] = "staff_reply";
static const char delivery_failed[] = "delivery_failed";
static const char colleague_unreached[] = "colleague_unreached";

static const char *
not_delivered(
    const struct work *work, const struct staff *to, const struct report *news)
{
	enum sentence why = WHY_NOT_DELIVERED;

	if (news->is_silent)
		why = WHY_SILENT;
	else if (news->is_cut_off)
		why = WHY_CUT_OFF;
	return sentence(why, to != NULL ? to->language : work->estate->language,
	    news->answer, work->arena);
}

static enum channel
other_channel(const struct outgoing *out)
{
	return out->channel == CHANNEL_MAIL ? CHANNEL_SMS : CHANNEL_MAIL;
}

static void
outcome_failed(struct work *work, const struct report *news)
{
	const struct outgoing *out = &work->before->answered;
	enum channel other = other_channel(out);
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
		act_record(work, &(struct event){ .name = "feedback_retried",
				     .actor = ACTOR_DESK,
				     .reason = channel_name(other),
				     .out = again });
		return;
	}
	tell_phone_task(work, "feedback_failed",
	    not_delivered(work, responder, news), work->file.outcome);
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

/* A template of the gateway's says but that there is an answer. */
static bool
is_reply(const struct work *work, const char *name, enum channel channel)
{
	const struct sms_channel *sms = work->estate->sms;

	return text_eq(name, staff_reply) &&
	       (channel == CHANNEL_MAIL || sms == NULL ||
		   !sms->provider->is_template_only);
}

/* The first answer of staff that has arrived, or may arrive yet; 0: none. */
static msec_t
first_other_reply(const struct work *work)
{
	const struct snapshot *before = work->before;
	msec_t first = 0;

	for (size_t i = 0; i < before->sent_count; i++) {
		const struct sent_view *sent = &before->sent[i];

		if (sent->id != before->answered.id &&
		    is_reply(work, sent->template_name, sent->channel) &&
		    sent->state != OUT_CANCELLED &&
		    !out_state_is_lost(sent->state) &&
		    (first == 0 || sent->created_at < first))
			first = sent->created_at;
	}
	return first;
}

/* The answer that met the reply due has not arrived: another one meets it, or
 * it is owed again (R20), by its due, or where that has passed by as long as
 * it had. */
static void
take_reply_back(struct work *work)
{
	const struct outgoing *out = &work->before->answered;
	struct case_file *file = &work->file;
	msec_t now = work_now(work);
	struct span span;

	if (!is_reply(work, out->template_name, out->channel) ||
	    out->created_at != file->first_reply_at ||
	    !case_is_open(file->state))
		return;
	work_keep(work);
	file->first_reply_at = first_other_reply(work);
	if (file->first_reply_at != 0)
		return;
	span = deadlines_span(work->ctx->conf, work->estate, file, TIMER_REPLY);
	if (file->reply_due <= now)
		file->reply_due = span_end(work->estate->calendar, now, &span);
	clocks_start_duty(work, TIMER_REPLY, now);
}

/* The same text by the other channel; 0: it has to be said by somebody. */
static out_id
say_again(struct work *work)
{
	const struct outgoing *out = &work->before->answered;
	msec_t at = text_eq(out->template_name, "ack_soothe")
			? soothe_call_due(work)
			: 0;
	out_id again;

	if (!can_be_said_again(out) || out->channel != work->file.channel ||
	    case_is_ended(work->file.state))
		return 0;
	/* The same time as in the first one, while it lies ahead. */
	if (at <= work_now(work))
		at = clocks_told_time(work);
	again = tell_owner_by(work, other_channel(out),
	    &(struct tell){ .name = out->template_name,
		.reply = REPLY_OWNER,
		.is_automatic = out->is_automatic,
		.is_urgent = out->is_urgent,
		.facts = { .at = at } });
	if (again != 0)
		act_record(work, &(struct event){ .name = "said_again",
				     .actor = ACTOR_DESK,
				     .reason = channel_name(other_channel(out)),
				     .out = again });
	return again;
}

/* Nobody reads the notice of a mail that did not arrive while there is
 * danger: they are called. */
static bool
must_be_called(const struct work *work)
{
	return work->before->answered.is_urgent &&
	       case_is_open(work->file.state);
}

/* A text only said that there is a mail (tell_owner()), and that may have
 * arrived: its own failure is told where it has not. */
static bool
is_in_their_mail(const struct work *work)
{
	const struct snapshot *before = work->before;
	const struct outgoing *hint = &before->answered;

	if (!text_eq(hint->template_name, "mailed") || must_be_called(work))
		return false;
	for (size_t i = 0; i < before->sent_count; i++) {
		const struct sent_view *sent = &before->sent[i];

		/* Made by the same decision, behind it. */
		if (sent->id > hint->id &&
		    sent->created_at == hint->created_at &&
		    !out_state_is_lost(sent->state))
			return true;
	}
	return false;
}

static void
owner_message_failed(struct work *work, const struct report *news)
{
	const struct outgoing *out = &work->before->answered;
	const struct staff *responder = act_first_responder(work);
	const struct rules *rules = &work->ctx->conf->rules;
	out_id notice;

	/* Whoever does not answer a survey is left in peace, or called (R34).
	 */
	if (news->is_silent && out_is_survey(out))
		return;
	if (is_in_their_mail(work))
		return;
	if (say_again(work) != 0)
		return;
	if (must_be_called(work)) {
		tell_phone_task_by(work,
		    work_now(work) + rules->alert_again_minutes * MSEC_MINUTE,
		    delivery_failed, not_delivered(work, responder, news),
		    out->text);
		return;
	}
	notice =
	    tell_staff(work, responder != NULL ? responder : act_level(work, 2),
		&(struct tell){ .name = delivery_failed,
		    .reply = REPLY_INTERNAL,
		    .facts = { .reason = not_delivered(work, responder, news),
			.words = out->text } });
	act_record(work, &(struct event){ .name = delivery_failed,
			     .actor = ACTOR_DESK,
			     .reason = out->template_name,
			     .out = notice });
}

/* An alarm goes by mail as well, and once somebody has answered it nobody
 * needs it any more. */
static bool
needs_no_notice(const struct work *work, const struct report *news)
{
	const struct outgoing *out = &work->before->answered;

	return text_eq(out->template_name, delivery_failed) ||
	       text_eq(out->template_name, colleague_unreached) ||
	       news->is_cut_off ||
	       (news->is_silent && text_eq(out->template_name, "alert") &&
		   work->file.taken_at != 0);
}

/* A colleague cannot be reached: their supervisor knows what to do.  Not about
 * such a notice itself, or two dead mailboxes would write to each other for
 * ever. */
static void
staff_message_failed(struct work *work, const struct report *news)
{
	const struct outgoing *out = &work->before->answered;
	const struct staff *supervisor = act_level(work, 2);

	if (supervisor == NULL || text_eq(supervisor->id, out->person) ||
	    needs_no_notice(work, news))
		return;
	(void)tell_staff(work, supervisor,
	    &(struct tell){ .name = colleague_unreached,
		.reply = REPLY_INTERNAL,
		.facts = { .reason = not_delivered(work, supervisor, news),
		    .who = out->to_name,
		    .words = out->text } });
	act_record(work, &(struct event){ .name = delivery_failed,
			     .actor = ACTOR_DESK,
			     .reason = out->template_name });
}

void
undelivered_run(struct work *work, const struct report *news)
{
	const struct outgoing *out = &work->before->answered;

	if (out->role != ROLE_OWNER) {
		staff_message_failed(work, news);
	} else if (out->is_outcome && out->id == work->file.outcome_out) {
		outcome_failed(work, news);
	} else if (!out->is_outcome) {
		take_reply_back(work);
		owner_message_failed(work, news);
	}
}

/* ---- it arrived after all ---- */

/* Somebody was asked to tell them instead. */
static bool
was_task(const struct outgoing *out, const struct snapshot_event *event)
{
	if (event->at < out->created_at)
		return false;
	if (text_eq(event->name, delivery_failed))
		return text_eq(event->reason, out->template_name);
	return text_eq(event->name, "phone_task") &&
	       (text_eq(event->reason, delivery_failed) ||
		   (out->is_outcome && text_starts(event->reason, "feedback")));
}

static bool
is_task_open(const struct work *work)
{
	const struct snapshot *before = work->before;
	const struct outgoing *out = &before->answered;

	if (out->is_outcome ? work->file.state != CASE_RESOLVED
			    : case_is_ended(work->file.state))
		return false;
	for (size_t i = before->event_count; i > 0; i--)
		if (was_task(out, &before->events[i - 1]))
			return true;
	return false;
}

static void
give_reply_back(struct work *work)
{
	const struct outgoing *out = &work->before->answered;

	if (!is_reply(work, out->template_name, out->channel) ||
	    work->file.first_reply_at != 0 || !case_is_open(work->file.state))
		return;
	work_keep(work);
	work->file.first_reply_at = out->created_at;
	clocks_stop(work, TIMER_REPLY);
}

void
undelivered_after_all(struct work *work)
{
	const struct outgoing *out = &work->before->answered;
	out_id notice = 0;

	if (out->role != ROLE_OWNER)
		return;
	give_reply_back(work);
	/* What goes by the other channel meanwhile may fail: they have it. */
	if (out->is_outcome && work->file.outcome_out != 0 &&
	    out->created_at >= work->file.resolved_at)
		work->file.outcome_out = out->id;
	if (is_task_open(work))
		notice = tell_staff(work, act_responder(work),
		    &(struct tell){ .name = "arrived_late",
			.reply = REPLY_INTERNAL,
			.facts = { .words = out->text } });
	act_record(work, &(struct event){ .name = "arrived_late",
			     .actor = ACTOR_DESK,
			     .reason = out->template_name,
			     .out = notice });
}
