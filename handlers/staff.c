/*
 * Mail and texts of staff: may it be believed, and what does it do
 * (rules.md 4.3, 4.4, 5.12, 5.13, 5.30).
 */
#include "core/trust.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/incident.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/arena.h"
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

/* ---- believed, about a case ---- */

bool
staff_case_matches(const struct work *work)
{
	return staff_writes_mail(work) && work->has_case;
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
	       (has_own_token(work) && !digest_is_answered(work));
}

static void
refuse(struct work *work, enum sentence why)
{
	/* Nothing about a case: the answer must not show that it exists. */
	if (work->has_case)
		work_leave_case(work);
	staff_refuse_as(work, why, NULL);
}

void
staff_case_run(struct work *work)
{
	if (staff_may_see(work))
		orders_run(work);
	else
		refuse(work, NO_FOUND);
}

/* ---- by text ---- */

bool
staff_text_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	    work->in->message->channel == CHANNEL_SMS &&
	    (work->has_case || work->commands.count > 0 ||
		work->commands.error_count > 0);
}

static bool
is_one(const char *text)
{
	return text_eq(text, "1") || text_eq(text, "１");
}

/* `1': the alert is seen; who answers first has it (rules.md 4.4). */
static void
answer_alert(struct work *work)
{
	const struct case_file before = work->file;
	const char *line;

	work_keep(work);
	work_attach(work);
	if (work->file.handler == NULL)
		(void)act_take(work, work->staff);
	else
		act_record(work,
		    &(struct event){ .name = "alert_seen",
			.actor = work->staff->id });
	act_is_handled(work, work->staff);
	incident_follow(work, &before);
	line = sentence(
	    SAY_ALERT_ANSWERED, work->staff->language, NULL, work->arena);
	(void)tell_staff_text(work, work->staff,
	    &(struct tell){ .name = "transcript",
		.facts = { .lines = &line, .line_count = 1 } });
}

void
staff_text_run(struct work *work)
{
	const char *own =
	    text_trim(arena_strdup(work->arena,
		text_or(work->in->message->own, "")));

	/* R9: in the same words as one that they may not see. */
	if (!work->has_case)
		refuse(work,
		    work->before->named_case_refused ? NO_FOUND : NO_CASE);
	else if (!staff_may_see(work))
		refuse(work, NO_FOUND);
	else if (is_one(own))
		answer_alert(work);
	else if (work->commands.count == 0 && work->commands.error_count == 0)
		refuse(work, NO_COMMAND);
	else
		orders_run(work);
}
