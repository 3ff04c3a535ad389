/*
 * Words with a fixed meaning: opt out and in, help, call me back (rules.md
 * 4.4, R53).
 */
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/handlers.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "core/calendar.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { CALLBACK_MINUTES = 30 };

static bool
is_kind(const struct work *work, enum kind kind)
{
	return work->in->kind == INPUT_MESSAGE && work->seen.kind == kind;
}

/* The answer is about the sender, not about a case. */
static void
answer(struct work *work, const char *name)
{
	if (work->has_case)
		work_leave_case(work);
	(void)tell_sender(
	    work, &(struct tell){ .name = name, .is_automatic = true });
}

bool
opt_matches(const struct work *work)
{
	return is_kind(work, KIND_OPTOUT) || is_kind(work, KIND_OPTIN);
}

void
opt_run(struct work *work)
{
	bool is_out = work->seen.kind == KIND_OPTOUT;
	bool was_out = work->before->sender.is_opted_out;
	struct effect *effect = effects_add(work->out, EFFECT_OPT);

	effect->opt.phone = work_sender(work);
	effect->opt.out = is_out;
	work_bin(work, "handled", kind_name(work->seen.kind));
	/* One confirmation, and then silence. */
	if (!is_out || !was_out)
		answer(work, is_out ? "optout" : "optin");
}

bool
help_matches(const struct work *work)
{
	return is_kind(work, KIND_HELP);
}

void
help_run(struct work *work)
{
	work_bin(work, "handled", "help");
	answer(work, "help");
}

/* ---- call me back ---- */

bool
callback_matches(const struct work *work)
{
	return is_kind(work, KIND_CALLBACK);
}

/* Their name, where it is known, and number or address; they have asked for
 * the call. */
static const char *
caller_words(const struct work *work)
{
	const struct owner *owner = &work->before->sender.owner;
	const char *name =
	    owner->id != 0 ? owner->name : work->in->message->from.name;
	const char *number =
	    work->in->message->channel == CHANNEL_MAIL && owner->id != 0 ?
	    text_or(owner->phone, work_sender(work)) : work_sender(work);

	return text_is_empty(name) ? number :
	    arena_printf(work->arena, "%s %s", name, number);
}

static void
ask_staff_to_call(struct work *work, msec_t by)
{
	const struct staff *staff = work->has_case ?
	    act_responder(work) : act_on_duty(work);

	if (staff == NULL)
		staff = config_level(work->ctx->conf, work->estate, 2);
	if (staff == NULL)
		return;
	const char *own = work->in->message->own;
	const char *reason =
	    sentence(WHY_CALLBACK, staff->language, NULL, work->arena);

	/* In a case `words' are what they are to be told. */
	if (work->has_case)
		reason = arena_printf(work->arena, "%s %s", reason, own);
	(void)tell_staff(work, staff,
	    &(struct tell){ .name = "phone_task",
		.reply = REPLY_INTERNAL,
		.facts = { .reason = reason,
		    .who = caller_words(work),
		    .words = work->has_case ? NULL : own,
		    .at = by } });
}

void
callback_run(struct work *work)
{
	msec_t by = calendar_add_business(
	    work->estate->calendar, work_now(work), CALLBACK_MINUTES);

	if (work_is_participant(work)) {
		work_attach(work);
		act_record(work,
		    &(struct event){ .name = "phone_task",
			.actor = ACTOR_OWNER,
			.reason = "callback" });
		ask_staff_to_call(work, by);
		(void)tell_owner(work,
		    &(struct tell){ .name = "callback",
			.reply = REPLY_OWNER,
			.is_automatic = true,
			.facts = { .at = by } });
		return;
	}
	if (work->has_case)
		work_leave_case(work);
	work_bin(work, "handled", "callback");
	ask_staff_to_call(work, by);
	(void)tell_sender(work,
	    &(struct tell){ .name = "callback",
		.is_automatic = true,
		.facts = { .at = by } });
}
