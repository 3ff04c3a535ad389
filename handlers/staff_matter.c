/*
 * A staff member brings something that has no case yet: forwards an owner's
 * mail, or writes what they saw; they are the first responder (R16).
 */
#include "core/tone.h"
#include "handlers/cases.h"
#include "handlers/handlers.h"
#include "handlers/help.h"
#include "handlers/orders.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/text.h"

static bool
asks_only(const struct work *work, enum command_kind kind)
{
	return work->commands.count == 1 &&
	    work->commands.list[0].kind == kind;
}

bool
staff_help_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	    asks_only(work, COMMAND_HELP);
}

void
staff_help_run(struct work *work)
{
	work_bin(work, "handled", "help");
	help_tell(work, work->staff, REPLY_NONE);
	/* Who asks on the way reads it there too. */
	if (work->in->message->channel == CHANNEL_SMS)
		staff_confirm(work, SAY_HELP_MAILED, NULL);
}

bool
staff_matter_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL;
}

/* What the owner wrote, or the staff member. */
static const char *
matter_text(const struct work *work)
{
	const struct message *message = work->in->message;

	if (message->forward.is_forward &&
	    !text_is_empty(message->forward.body))
		return message->forward.body;
	return message->own;
}

void
staff_refuse(struct work *work, const char *const *lines, size_t count)
{
	work_bin(work, "unclear", "staff");
	tell_author(work,
	    &(struct tell){ .name = "refused",
		.facts = { .lines = lines,
		    .line_count = count,
		    .words = work->in->message->own } });
}

void
staff_refuse_as(struct work *work, enum sentence why, const char *arg)
{
	const char *line =
	    sentence(why, work->staff->language, arg, work->arena);

	staff_refuse(work, &line, 1);
}

void
staff_confirm(struct work *work, enum sentence done, const char *arg)
{
	const char *line =
	    sentence(done, work->staff->language, arg, work->arena);

	tell_author(work, &(struct tell){ .name = "transcript",
			      .reply = REPLY_INTERNAL,
			      .facts = { .lines = &line, .line_count = 1 } });
}

/* #plan and its like want the mail that they answer. */
static bool
is_for_digest(const struct work *work)
{
	return work->commands.count > 0 &&
	       order_rules[work->commands.list[0].kind].run == order_elsewhere;
}

/* "办结 已换灯管": a case that nobody told of must not come of it; of danger,
 * though, it must. */
static bool
is_order_without_case(const struct work *work, enum command_kind *order)
{
	const struct message *message = work->in->message;

	return message->channel == CHANNEL_SMS &&
	       work->seen.severity != SEVERITY_EMERGENCY &&
	       commands_begin(&(struct commands_context){ 0 },
		   text_or(message->own, ""), work->arena, order);
}

void
staff_matter_run(struct work *work)
{
	const struct message *message = work->in->message;
	enum command_kind order;

	if (work->commands.error_count > 0) {
		staff_refuse(work, work->commands.errors, work->commands.error_count);
		return;
	}
	if (is_for_digest(work)) {
		staff_refuse_as(work, NO_ELSEWHERE,
		    command_word(work->commands.list[0].kind,
			work->staff->language));
		return;
	}
	if (work->commands.count > 0) {
		/* R9: in the same words as one that they may not see. */
		staff_refuse_as(work,
		    work->before->named_case_refused ? NO_FOUND : NO_CASE,
		    NULL);
		return;
	}
	/* "好", "ok": nobody waits for an answer to that. */
	if (message->channel == CHANNEL_SMS &&
	    tone_is_thanks(message->own, work->arena)) {
		work_bin(work, "handled", "thanks");
		return;
	}
	work_understand(work, FROM_UNKNOWN, false);
	if (work->failed)
		return;
	if (is_order_without_case(work, &order)) {
		staff_refuse_as(work, NO_CASE_IN_TEXT,
		    command_text_form(order, work->staff->language,
			work->arena));
		return;
	}
	/* A short text that is no matter, such as "on my way". */
	if (!kind_makes_case(work->seen.kind) &&
	    message->channel == CHANNEL_SMS) {
		staff_refuse_as(work, NO_COMMAND, NULL);
		return;
	}
	cases_open(work,
	    &(struct matter){
		.kind = kind_makes_case(work->seen.kind) ? work->seen.kind :
							   KIND_INQUIRY,
		.by = work->staff,
		.text = matter_text(work),
		.subject = message->forward.is_forward ?
		    message->forward.subject : message->subject,
	    });
	if (message->channel == CHANNEL_SMS && !work->failed)
		staff_confirm(work, SAY_LOGGED, NULL);
}
