/*
 * Machines: auto-replies, lists, our own mail, bounces (R50, R52).
 */
#include "core/config.h"
#include "core/token.h"
#include "core/tone.h"
#include "handlers/handlers.h"
#include "lib/text.h"

static bool
is_message(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE;
}

/* A mailbox or number of ours as sender is ourselves, or somebody who wants
 * us to talk to ourselves. */
static bool
is_from_us(const struct work *work)
{
	const struct config *conf = work->ctx->conf;
	const char *from = work->in->message->from.addr;

	for (size_t i = 0; i < conf->mailbox_count; i++) {
		if (text_eq_nocase(conf->mailboxes[i].address, from))
			return true;
	}
	for (size_t i = 0; i < conf->sms_channel_count; i++) {
		if (text_eq(conf->sms_channels[i].number, from))
			return true;
	}
	return false;
}

bool
bounce_matches(const struct work *work)
{
	return is_message(work) && work->in->message->bounce.is_bounce;
}

void
bounce_run(struct work *work)
{
	const struct bounce *bounce = &work->in->message->bounce;

	if (work->before->answered.id == 0) {
		work_bin(work, "bounce", "of no mail of ours");
		return;
	}
	/* A delay notice is no failure: the far side still tries. */
	if (!bounce->is_hard && !text_starts(text_or(bounce->status, "5"), "5")) {
		work_bin(work, "bounce", "delayed");
		return;
	}
	work_bin(work, "bounce", text_or(bounce->status, "failed"));
	/* A second notice about the same mail says nothing new. */
	if (out_state_is_lost(work->before->answered_status.state))
		return;
	report_news(work,
	    &(struct report){ .out = work->before->answered.id,
		.state = OUT_FAILED,
		.answer = text_or(bounce->status, "bounced") });
}

bool
machine_is_out_of_office(const struct work *work)
{
	return staff_writes_mail(work) && work->commands.count == 0 &&
	    work->commands.error_count == 0 &&
	    tone_is_out_of_office(work->in->message->own, work->arena);
}

bool
machine_matches(const struct work *work)
{
	return is_message(work) &&
	    (work->in->message->is_auto || is_from_us(work) ||
		machine_is_out_of_office(work) ||
		text_is_empty(work->in->message->from.addr));
}

void
machine_run(struct work *work)
{
	const struct message *message = work->in->message;
	const char *reason = "out of office";

	if (message->is_auto)
		reason = text_or(message->auto_reason, "automatic");
	else if (text_is_empty(message->from.addr))
		reason = "no sender";
	else if (is_from_us(work))
		reason = "our own mail";
	work_bin(work, "auto", reason);
}
