/*
 * Mail and texts of staff about a case: what they do (rules.md 4.3, 4.4, 5.13,
 * 5.30).
 */
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/incident.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

/* ---- believed, about a case ---- */

bool
staff_case_matches(const struct work *work)
{
	return staff_writes_mail(work) && work->has_case;
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
