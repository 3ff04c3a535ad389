/*
 * Words with a fixed meaning: opt out and in, help (rules.md 4.4, R53).
 */
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/keywords.h"
#include "handlers/tell.h"
#include "lib/text.h"

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

/* Staff see it on each case that they may answer. */
static void
tell_story(struct work *work, case_id id, enum case_state state, bool is_out)
{
	effects_add(work->out, EFFECT_EVENT)->event = (struct event){
		.case_id = id,
		.name = is_out ? "opted_out" : "opted_in",
		.state = state,
		.actor = ACTOR_OWNER,
	};
}

/* The owner may have said it to the gateway, or nobody has. */
static void
tell_refusal(struct work *work)
{
	effects_add(work->out, EFFECT_EVENT)->event = (struct event){
		.case_id = work->file.id,
		.name = "opted_out",
		.state = work->file.state,
		.actor = ACTOR_DESK,
		.reason = "provider",
	};
}

void
opt_mirror(struct work *work, const struct outgoing *refused)
{
	if (refused->to == NULL)
		return;
	effects_add(work->out, EFFECT_OPT)->opt = (struct opt_out){
		.address = refused->to,
		.channel = refused->channel,
		.account = refused->sender,
		.is_out = true,
		.refused = refused->id,
	};
	if (work->has_case && text_eq(refused->to, work->file.phone))
		tell_refusal(work);
}

void
opt_run(struct work *work)
{
	const struct snapshot *before = work->before;
	bool is_out = work->seen.kind == KIND_OPTOUT;
	bool was_out = before->sender.is_opted_out;

	effects_add(work->out, EFFECT_OPT)->opt = (struct opt_out){
		.address = work_sender(work),
		.channel = work->in->message->channel,
		.account = work->in->source,
		.is_out = is_out,
	};
	/* By mail only surveys end, and no case goes another way.  A number is
	 * the same in all estates. */
	for (size_t i = 0; i < before->open_anywhere_count; i++)
		tell_story(work, before->open_anywhere[i].id,
		    before->open_anywhere[i].state, is_out);
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
