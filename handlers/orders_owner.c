/*
 * Orders whose words go to the owner (R4, R7, R13, R15).
 */
#include <string.h>

#include "core/mask.h"
#include "core/wording.h"
#include "handlers/act.h"
#include "handlers/callback.h"
#include "handlers/clocks.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "handlers/visit.h"
#include "lib/arena.h"
#include "lib/text.h"

/* ---- sending ---- */

static struct tell
words_to_owner(struct orders *orders, const char *name, const char *text)
{
	struct work *work = orders->work;
	struct tell ret = { .name = name,
		.reply = REPLY_OWNER,
		.is_held = true,
		.is_urgent = work->file.severity == SEVERITY_EMERGENCY,
		.facts = { .words = text, .author = orders->staff } };

	ret.part_count = tell_parts(work, &ret.parts);
	ret.facts.photos = (int)ret.part_count;
	return ret;
}

static out_id
send_words(struct orders *orders, const struct tell *tell)
{
	struct work *work = orders->work;
	out_id out = tell_owner(work, tell);

	if (out == 0)
		return 0;
	orders->goes_out = tell->facts.words;
	orders->is_held = !tell->is_urgent && tell_undo_time(work) > 0;
	return out;
}

/* To whom it went, masked: the author may be none of those who need the
 * address in clear (R40), and a text on a screen is read by others. */
static const char *
destination(const struct orders *orders, out_id out)
{
	const struct work *work = orders->work;

	for (size_t i = work->out->count; i > 0; i--) {
		const struct effect *effect = &work->out->list[i - 1];

		if (effect->kind == EFFECT_SEND && effect->send.id == out)
			return mask_address(effect->send.to, work->arena);
	}
	return "";
}

/* Why it goes another way than the owner wrote, or none. */
static const char *
why_no_way(const struct orders *orders, const char *name)
{
	return sentence(tell_why_no_way(orders->work, name),
	    orders_language(orders), NULL, orders->work->arena);
}

/* Somebody telephones instead: how that is told, in a text with the number of the
 * case (rules.md 5.12). */
static void
say_call(struct orders *orders)
{
	const struct work *work = orders->work;
	const char *form =
	    command_form(COMMAND_FEEDBACK, orders_language(orders));
	size_t word = strcspn(form, " ");

	if (work->in->message->channel == CHANNEL_SMS)
		form = arena_printf(work->arena, "%.*s %s%s", (int)word - 1,
		    form + 1, work->file.number, form + word);
	orders_done(orders, SAY_CALL_THEN, form);
}

/* R53: it went by mail, and the author wonders why. */
static void
say_no_texts(struct orders *orders)
{
	const struct work *work = orders->work;

	if (work->file.channel == CHANNEL_MAIL)
		return;
	if (tell_owner_is_capped(work))
		orders_done(orders, SAY_CAPPED, NULL);
	else if (tell_owner_wants_no_texts(work) &&
		 !tell_may_reach(work, CHANNEL_SMS))
		orders_done(orders, SAY_MAIL_INSTEAD, NULL);
}

void
order_plain_reply(struct orders *orders, const char *text)
{
	struct work *work = orders->work;
	bool is_untaken = work->file.handler == NULL &&
	    case_is_open(work->file.state);
	const struct tell reply = words_to_owner(orders, "staff_reply", text);

	/* Before a new time is kept: the call has until the old one. */
	if (!tell_owner_gets_words(work, reply.name))
		tell_phone_task(work, "no_address",
		    why_no_way(orders, reply.name), text);
	if (!orders_is_fit(orders, text) || !orders_has_room(orders, &reply) ||
	    !orders_keep_promise(orders, text))
		return;
	/* Who answers has the matter in hand (R10). */
	if (is_untaken)
		(void)act_take(work, orders->staff);
	out_id out = send_words(orders, &reply);

	act_is_handled(work, orders->staff);
	/* Nobody has heard it: the answer is owed until the call. */
	if (out == 0) {
		act_record(work,
		    &(struct event){ .name = "noted",
			.actor = orders->staff->id,
			.text = text });
		orders_done(orders, SAY_REPLY_TO_CALL,
		    why_no_way(orders, reply.name));
		say_call(orders);
		return;
	}
	act_record(work,
	    &(struct event){ .name = "replied",
		.actor = orders->staff->id,
		.text = text,
		.out = out });
	act_has_replied(work, orders->staff);
	orders_done(orders,
	    orders->is_held ? SAY_REPLIED_HELD : SAY_REPLIED,
	    destination(orders, out));
	say_no_texts(orders);
}

void
order_reply(struct orders *orders, const struct command *command)
{
	if (orders_are_to_all(orders))
		orders_say_to_all(orders, WORD_REPLY, command->text);
	else
		order_plain_reply(orders, command->text);
}

/* ---- the outcome ---- */

static bool
may_resolve(struct orders *orders)
{
	struct work *work = orders->work;

	if (!case_is_open(work->file.state)) {
		orders_refuse_state(orders);
		return false;
	}
	if (work->file.state != CASE_IN_PROGRESS &&
	    !case_may_move(work->file.state, CASE_RESOLVED))
		return act_take(work, orders->staff);
	return true;
}

void
order_resolve(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	struct case_file *file = &work->file;
	const char *text = text_is_empty(command->text) ?
	    work->commands.plain : command->text;

	if (text_is_empty(text) || wording_is_no_outcome(text)) {
		orders_refuse(orders, NO_OUTCOME, NULL);
		return;
	}
	if (orders_are_to_all(orders)) {
		orders_say_to_all(orders, WORD_OUTCOME, text);
		return;
	}
	struct tell outcome = words_to_owner(orders, "outcome", text);

	outcome.is_outcome = true;
	if (!orders_is_fit(orders, text) || !orders_has_room(orders, &outcome) ||
	    !orders_has_steps(orders, text) || !may_resolve(orders))
		return;
	if (file->handler == NULL)
		file->handler = orders->staff->id;
	act_is_handled(work, orders->staff);
	act_has_replied(work, orders->staff);
	act_resolve(work, orders->staff->id, text);
	file->outcome_out = send_words(orders, &outcome);
	if (file->outcome_out == 0) {
		const char *why = why_no_way(orders, outcome.name);

		tell_phone_task(work, "feedback", why, text);
		orders_done(orders, SAY_RESOLVED_NO_WAY, why);
		say_call(orders);
		return;
	}
	orders_done(orders, SAY_RESOLVED,
	    destination(orders, file->outcome_out));
	say_no_texts(orders);
}

/* R13: told by phone or in person is proof too; it says who, when, what. */
static void
note_feedback(struct orders *orders, const struct command *command)
{
	act_record(orders->work,
	    &(struct event){ .name = "noted",
		.actor = orders->staff->id,
		.reason = command->value,
		.text = command->text });
}

/* The supervisor hears from the clock that the owner still knows nothing. */
static void
note_nobody_reached(struct orders *orders, const struct command *command)
{
	note_feedback(orders, command);
	act_is_handled(orders->work, orders->staff);
	orders_done(orders, SAY_NOT_REACHED, NULL);
}

void
order_feedback(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct event told = { .name = "fed_back",
		.actor = orders->staff->id,
		.reason = command->value,
		.text = command->text };

	if (wording_is_not_reached(command->text)) {
		note_nobody_reached(orders, command);
		return;
	}
	clocks_owner_heard(work);
	clocks_stop(work, TIMER_CALL);
	callback_made(work);
	/* They heard it on the telephone, if not before. */
	if (work->file.promise_due != 0)
		work->file.promise_told_at = work_now(work);
	act_is_handled(work, orders->staff);
	/* They were called, and there is nothing else to it. */
	if (callback_is_all(work) && case_is_open(work->file.state) &&
	    (case_may_move(work->file.state, CASE_RESOLVED) ||
		act_take(work, orders->staff))) {
		act_has_replied(work, orders->staff);
		act_resolve(work, orders->staff->id, command->text);
	}
	if (work->file.state != CASE_RESOLVED) {
		/* A call before the outcome is an answer all the same. */
		note_feedback(orders, command);
		if (case_is_open(work->file.state))
			act_has_replied(work, orders->staff);
		orders_done(orders, SAY_FEEDBACK, NULL);
		return;
	}
	if (!act_move(work, CASE_FED_BACK, &told)) {
		orders_refuse_state(orders);
		return;
	}
	work->file.fed_back_at = work_now(work);
	visit_begin(work);
	orders_done(orders, SAY_FEEDBACK, NULL);
}
