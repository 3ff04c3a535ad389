/*
 * Mail and texts of staff about a case: what they do (rules.md 4.3, 4.4, 5.13,
 * 5.30).
 */
#include <string.h>

#include "core/classify.h"
#include "core/place.h"
#include "core/unicode.h"
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

/* "1", "１。", or "1 0007" where there are several alerts. */
static bool
is_one(const struct work *work)
{
	const char *own = unicode_nfkc(
	    text_or(work->in->message->own, ""), false, work->arena);
	const char *rest;

	own += strspn(own, " \t\n");
	if (own[0] != '1' || strchr(" \t\n.!。", own[1]) == NULL)
		return false;
	own += 1 + strspn(own + 1, " \t\n.!");
	if (text_starts(own, "。"))
		own += strlen("。");
	if (case_number_lead(own, work->arena, &rest) != NULL)
		own = rest;
	else
		own += strspn(own, "0123456789");
	return own[strspn(own, " \t\n.!")] == '\0';
}

/* Which of them?  Until that is said, the alarm rings on. */
static void
ask_which(struct work *work)
{
	const struct snapshot *before = work->before;
	enum language language = work->staff->language;
	const char *list = "";

	for (size_t i = 0; i < before->alert_count; i++) {
		const struct case_brief *alert = &before->alerts[i];
		const char *serial = strrchr(alert->number, '-');

		list = arena_printf(work->arena, "%s%s\"1 %s\" %s", list,
		    i > 0 ? "; " : "",
		    serial == NULL ? alert->number : serial + 1,
		    place_words(&alert->place, language, work->arena));
	}
	staff_refuse_as(work, NO_ONE_ALERT, list);
}

bool
staff_text_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	    work->in->message->channel == CHANNEL_SMS &&
	    !staff_help_matches(work) &&
	    (work->has_case || work->commands.count > 0 ||
		work->commands.error_count > 0 || is_one(work));
}

/* "接单": of which case? */
static void
refuse_without_number(struct work *work)
{
	const struct commands *commands = &work->commands;
	enum language language = work->staff->language;

	if (commands->count == 0)
		staff_refuse(work, commands->errors, commands->error_count);
	else
		staff_refuse_as(work, NO_CASE_IN_TEXT,
		    command_text_form(commands->list[0].kind, language,
			work->arena));
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

static void
refuse_without_case(struct work *work, bool is_ack)
{
	const struct snapshot *before = work->before;

	/* R9: in the same words as one that they may not see. */
	if (before->named_case_refused)
		refuse(work, NO_FOUND);
	else if (is_ack && before->alert_count > 1)
		ask_which(work);
	else if (is_ack)
		refuse(work, NO_ALERT);
	else
		refuse_without_number(work);
}

void
staff_text_run(struct work *work)
{
	bool is_ack = work->commands.count == 0 && is_one(work);

	if (!work->has_case)
		refuse_without_case(work, is_ack);
	else if (!staff_may_see(work))
		refuse(work, NO_FOUND);
	else if (is_ack && work->file.severity == SEVERITY_EMERGENCY)
		answer_alert(work);
	else if (is_ack)
		refuse(work, NO_ALERT);
	else if (work->commands.count == 0 && work->commands.error_count == 0)
		refuse(work, NO_COMMAND);
	else
		orders_run(work);
}
