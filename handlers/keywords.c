/*
 * Words with a fixed meaning: opt out and in, help (rules.md 4.4, R53).
 */
#include "handlers/handlers.h"
#include "handlers/tell.h"

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
