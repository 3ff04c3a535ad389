/*
 * Messages that are no matter: spam, and what cannot be understood.  A human
 * sees the bins in the digest (R1).
 */
#include "core/tone.h"
#include "handlers/handlers.h"
#include "handlers/tell.h"

/* ---- said a moment ago ---- */

/* Where the same word again is a second answer: to another question, to
 * another alert, or against what was said in between.  Who asks again how far
 * it is wants to know again; how often is bounded elsewhere (R42).  Who opts
 * out again may have written of a matter in between, which permits texts about
 * it (R53): a STOP counts each time, and only the first is answered.  Said of
 * an outcome, it is of that outcome: the first time it reopened the case, which
 * has been resolved anew since (R39). */
static bool
means_it_again(const struct work *work)
{
	if (work->staff != NULL)
		return work->has_case;
	if (work->seen.kind == KIND_OPTIN)
		return work->before->sender.is_opted_out;
	if (work->seen.kind == KIND_OPTOUT ||
	    work->seen.kind == KIND_STATUS_QUERY ||
	    work->seen.kind == KIND_HELP)
		return true;
	return rating_matches(work) || withdraw_yes_matches(work) ||
	       withdraw_no_matches(work) || followup_objects(work);
}

/* A gateway that did not hear our 200 says a text again, some of them under a
 * new id (R1: never two cases). */
bool
repeat_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->before->twin != 0 &&
	    !means_it_again(work);
}

void
repeat_run(struct work *work)
{
	struct effect *effect = effects_add(work->out, EFFECT_BIN);

	effect->bin.bin = "duplicate";
	effect->bin.reason = "said a moment ago";
	effect->bin.twin = work->before->twin;
}

/* ---- spam, nonsense, thanks ---- */

bool
spam_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->seen.kind == KIND_SPAM;
}

void
spam_run(struct work *work)
{
	/* Never answered: an answer tells that somebody reads here. */
	work_bin(work, "spam", "spam words");
}

/* R44: in one fixed form, whoever asks; it lies in its bin for a human. */
bool
no_disclosure_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->seen.asks_owner_data &&
	    kind_makes_case(work->seen.kind) &&
	    work->in->message->attachment_count == 0;
}

void
no_disclosure_run(struct work *work)
{
	work_bin(work, "handled", "owner data");
	if (work->has_case)
		work_leave_case(work);
	(void)tell_sender(work,
	    &(struct tell){ .name = "no_disclosure", .is_automatic = true });
}

bool
unclear_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE &&
	    work->seen.kind == KIND_UNCLEAR &&
	    work->in->message->attachment_count == 0;
}

void
unclear_run(struct work *work)
{
	work_bin(work, "unclear", "unclear");
	if (work->has_case)
		work_leave_case(work);
	/* After an opt-out only a matter of theirs is answered (R53). */
	if (work->before->sender.is_opted_out)
		return;
	(void)tell_sender(work,
	    &(struct tell){ .name = "unclear", .is_automatic = true });
}

/* Thanks that hang on no case need nobody's time and no answer (rules.md
 * 4.3.3). */
bool
thanks_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE &&
	    work->in->message->attachment_count == 0 &&
	    work->seen.severity < SEVERITY_EMERGENCY &&
	    tone_is_thanks(work->in->message->own, work->arena);
}

void
thanks_run(struct work *work)
{
	work_bin(work, "handled", "thanks");
}
