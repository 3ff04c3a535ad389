/*
 * Messages that are no matter: spam, and what cannot be understood.  A human
 * sees the bins in the digest (R1).
 */
#include "core/tone.h"
#include "handlers/handlers.h"
#include "handlers/tell.h"

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
