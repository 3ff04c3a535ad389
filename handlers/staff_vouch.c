/*
 * "Was that you?", asked because a colleague's token came from an address that
 * is not theirs: #confirm from their own has the kept message decided again
 * as theirs, once (architecture.md 5.3).
 */
#include "core/tone.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/orders.h"
#include "lib/text.h"

bool
staff_vouch_matches(const struct work *work)
{
	return staff_writes_mail(work) && work->has_case &&
	       snapshot_answers(work->before, REPLY_CONFIRM);
}

static bool
says_yes(const struct work *work)
{
	const struct commands *commands = &work->commands;

	if (commands->error_count > 0)
		return false;
	if (commands->count == 0)
		return tone_is_yes(work->in->message->own, work->arena);
	return commands->count == 1 && text_is_empty(commands->plain) &&
	       commands->list[0].kind == COMMAND_CONFIRM;
}

/* What is wrong with it; SENTENCE_COUNT: nothing. */
static enum sentence
mistake_of(const struct work *work)
{
	const struct snapshot *before = work->before;
	msec_t age = work_now(work) - before->answered.created_at;

	if (before->cause_is_vouched)
		return NO_CONFIRM_TWICE;
	if (age > work->ctx->conf->rules.confirm_hours * MSEC_HOUR)
		return NO_CONFIRM_LATE;
	return SENTENCE_COUNT;
}

static void
vouch(struct work *work)
{
	struct effect *effect = effects_add(work->out, EFFECT_VOUCH);

	effect->vouch.inbox = work->before->answered.cause;
	effect->vouch.staff = work->staff->id;
	work_keep(work);
	work_attach(work);
	act_record(work,
	    &(struct event){ .name = "vouched", .actor = work->staff->id });
	staff_confirm(work, SAY_VOUCHED, NULL);
}

void
staff_vouch_run(struct work *work)
{
	enum sentence mistake = mistake_of(work);

	if (!says_yes(work)) {
		orders_run(work);
		return;
	}
	if (mistake == SENTENCE_COUNT) {
		vouch(work);
		return;
	}
	work_leave_case(work);
	staff_refuse_as(work, mistake, NULL);
}
