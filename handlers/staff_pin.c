/*
 * #pin: a staff member sets their own PIN, by mail and with proof of who they
 * are (rules.md 5.40).  It is repeated nowhere: no event, answer, note or log
 * line holds it, and the raw mail is not kept.
 */
#include <string.h>

#include "core/pin.h"
#include "handlers/handlers.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/text.h"

static const struct command *
find_pin(const struct work *work)
{
	for (size_t i = 0; i < work->commands.count; i++) {
		if (work->commands.list[i].kind == COMMAND_PIN)
			return &work->commands.list[i];
	}
	return NULL;
}

bool
staff_pin_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	       find_pin(work) != NULL;
}

/* What is wrong with it; SENTENCE_COUNT: nothing. */
static enum sentence
mistake_of(const struct work *work)
{
	if (work->in->message->channel != CHANNEL_MAIL)
		return NO_PIN_BY_TEXT;
	if (work->commands.count > 1 || !text_is_empty(work->commands.plain))
		return NO_ALONE;
	if (!staff_is_verified(work))
		return NO_PROOF;
	return SENTENCE_COUNT;
}

static void
set_pin(struct work *work, const char *word)
{
	struct effect *effect = effects_add(work->out, EFFECT_PIN);

	effect->pin.staff = work->staff->id;
	pin_make(work->ctx->conf, work->staff->id, word,
	    work_now(work) + work->in->inbox, &effect->pin.pin);
	work_bin(work, "handled", "pin");
	staff_confirm(work, SAY_PIN, NULL);
}

void
staff_pin_run(struct work *work)
{
	const struct command *command = find_pin(work);
	enum sentence mistake = mistake_of(work);

	if (work->has_case)
		work_leave_case(work);
	if (mistake == SENTENCE_COUNT && work->commands.error_count > 0) {
		staff_refuse(
		    work, work->commands.errors, work->commands.error_count);
		return;
	}
	if (mistake == SENTENCE_COUNT && command != NULL) {
		set_pin(work, command->value);
		return;
	}
	staff_refuse_as(work, mistake,
	    command_word(COMMAND_PIN, work->staff->language));
}

/* ---- wrong ones, by text ---- */

bool
staff_pin_is_locked(const struct work *work)
{
	const struct sender_view *sender = &work->before->sender;

	return work->in->message->channel == CHANNEL_SMS &&
	       pin_is_locked(
		   sender->wrong_pins, sender->wrong_pin_count, work_now(work));
}

void
staff_pin_was_wrong(struct work *work)
{
	const struct sender_view *sender = &work->before->sender;
	const struct staff *supervisor =
	    config_level(work->ctx->conf, work->estate, 2);
	int64_t wrong[PIN_WRONG_SEEN] = { work_now(work) };
	size_t more = sender->wrong_pin_count < PIN_WRONG_SEEN - 1
			  ? sender->wrong_pin_count
			  : PIN_WRONG_SEEN - 1;

	memcpy(wrong + 1, sender->wrong_pins, more * sizeof(*wrong));
	if (supervisor == NULL ||
	    !pin_is_locked(wrong, more + 1, work_now(work)))
		return;
	(void)tell_staff(work, supervisor,
	    &(struct tell){ .name = "unverified",
		.reply = REPLY_INTERNAL,
		.facts = { .who = work->staff->phone,
		    .reason = sentence(WHY_PIN_LOCKED, supervisor->language,
			work->staff->name, work->arena) } });
}
