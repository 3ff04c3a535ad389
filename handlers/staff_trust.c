/*
 * Is it really this member of staff who writes, and what may they see
 * (R9, rules.md 5.12, 5.30, 5.31)?
 */
#include "core/trust.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "lib/text.h"

bool
staff_writes_mail(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	    work->in->message->channel == CHANNEL_MAIL;
}

/* The token was made for this person and, if it is about one, this case; and
 * not long ago. */
static bool
has_own_token(const struct work *work)
{
	return staff_has_token(work) && !work->before->token_has_expired;
}

bool
staff_has_token(const struct work *work)
{
	return work->before->match == MATCH_TOKEN &&
	    text_eq(work->before->answered.person, work->staff->id);
}

bool
staff_is_verified(const struct work *work)
{
	/* From elsewhere, and they said from their own address that it is
	 * theirs. */
	if (work->in->vouched_by != NULL)
		return has_own_token(work);
	return trust_of(work->estate, work->in->message) != TRUST_FAILED &&
	    (has_own_token(work) || work->commands.pin != NULL);
}

bool
staff_is_on_case(const struct work *work)
{
	const struct staff *staff = work->staff;

	return staff->level > 0 ||
	    text_eq(staff->department, work->file.department) ||
	    text_eq(staff->id, work->file.handler) ||
	    text_eq(staff->id, work->file.first_responder);
}

/* A person complained about sees nothing of that case (R9), a department
 * only its own (rules.md 5.31). */
bool
staff_may_see(const struct work *work)
{
	const struct staff *staff = work->staff;

	if (!staff_serves(staff, work->estate) ||
	    act_is_subject(&work->file, staff))
		return false;
	return staff_is_on_case(work) ||
	       (has_own_token(work) &&
		   !snapshot_answers_list(work->before));
}
