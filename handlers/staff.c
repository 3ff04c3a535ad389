/*
 * Mail and texts of staff about a case: what they do (rules.md 4.3, 4.4, 5.13,
 * 5.30).
 */
#include <string.h>

#include "core/place.h"
#include "core/tone.h"
#include "handlers/act.h"
#include "handlers/emergency.h"
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

/* "0001": an alarm's number alone, while it rings. */
static bool
is_number_of_alert(const struct work *work)
{
	return work->has_case && work->file.taken_at == 0 &&
	       work->file.severity == SEVERITY_EMERGENCY &&
	       case_is_open(work->file.state) &&
	       tone_is_number(work->in->message->own, work->arena);
}

/* Their answer to an alert; "got it" alone only while one rings. */
static bool
answers_alert(const struct work *work)
{
	const char *own = work->in->message->own;

	if (is_number_of_alert(work))
		return true;
	return tone_takes_alert(own, work->arena) &&
	       (work->before->alert_count > 0 ||
		   !tone_is_receipt(own, work->arena));
}

/* "接单", by text: of an alarm, or of the case whose number it names. */
static bool
is_order_to_take(const struct work *work)
{
	return work->commands.count == 1 &&
	    work->commands.list[0].kind == COMMAND_TAKE;
}

/* Which of them?  Until that is said, the alarm rings on. */
static void
ask_which(struct work *work)
{
	const struct snapshot *before = work->before;
	enum language language = work->staff->language;
	const char *list = "";

	if (work->has_case)
		work_leave_case(work);
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

/* Of that short number, those that they may know of (R9). */
static void
ask_for_full_number(struct work *work)
{
	const struct snapshot *before = work->before;
	const char *list = "";

	for (size_t i = 0; i < before->namesake_count; i++) {
		struct work other = *work;

		other.file = before->namesakes[i];
		if (staff_may_see(&other))
			list = arena_printf(work->arena, "%s%s%s %s", list,
			    *list == '\0' ? "" : "; ", other.file.number,
			    place_words(&other.file.place,
				work->staff->language, work->arena));
	}
	staff_refuse_as(work, *list == '\0' ? NO_FOUND : NO_ONE_CASE, list);
}

bool
staff_text_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE && work->staff != NULL &&
	    work->in->message->channel == CHANNEL_SMS &&
	    !staff_help_matches(work) &&
	    (work->has_case || work->commands.count > 0 ||
		work->commands.error_count > 0 || answers_alert(work));
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
	tell_author(work,
	    &(struct tell){ .name = "transcript",
		.facts = { .lines = &line, .line_count = 1 } });
}

/* There is nothing to correct: the alarm is over, or somebody has it. */
static void
tell_no_alert(struct work *work)
{
	if (work->has_case)
		work_leave_case(work);
	work_bin(work, "handled", "no alert");
	tell_author(work, &(struct tell){ .name = "no_alert" });
}

/* R9: one that there is not in the same words as one they may not see. */
static bool
is_hidden(const struct work *work)
{
	return work->has_case ? !staff_may_see(work)
			      : work->before->named_case_refused;
}

static void
run_answer(struct work *work)
{
	if (work->has_case && work->file.severity == SEVERITY_EMERGENCY)
		answer_alert(work);
	else if (work->before->alert_count > 0)
		ask_which(work);
	else
		tell_no_alert(work);
}

/* What they write from there: for colleagues, like a plain answer to the alarm's
 * mail (rules.md 5.30); of danger all hear who were alarmed. */
static void
note_from_alarm(struct work *work)
{
	const char *own = work->in->message->own;
	bool is_danger;

	work_understand(work, FROM_UNKNOWN, false);
	if (work->failed)
		return;
	is_danger = work->seen.severity == SEVERITY_EMERGENCY ||
	    text_starts(own, "紧急") || text_starts(own, "urgent");
	/* Nobody has it yet, and words are no answer to an alarm. */
	if (!is_danger && work->file.taken_at == 0) {
		refuse(work, NO_COMMAND);
		return;
	}
	work_keep(work);
	work_attach(work);
	if (is_danger)
		emergency_again(work, work->staff->id, own);
	else
		act_record(work,
		    &(struct event){ .name = "noted",
			.actor = work->staff->id,
			.text = own });
	if (work->file.taken_at != 0)
		act_is_handled(work, work->staff);
	if (is_danger || !tone_is_thanks(own, work->arena))
		staff_confirm(work, is_danger ? SAY_URGENT : SAY_NOTED, NULL);
}

void
staff_text_run(struct work *work)
{
	bool has_orders =
	    work->commands.count > 0 || work->commands.error_count > 0;

	if (is_hidden(work))
		refuse(work, NO_FOUND);
	else if (!work->has_case && work->before->alert_count > 1 &&
	    (answers_alert(work) || is_order_to_take(work)))
		ask_which(work);
	else if (work->commands.count == 0 && answers_alert(work))
		run_answer(work);
	else if (!has_orders && work->before->follows_alarm)
		note_from_alarm(work);
	else if (!has_orders)
		refuse(work, NO_COMMAND);
	else if (work->has_case)
		orders_run(work);
	else if (work->before->namesake_count > 0)
		ask_for_full_number(work);
	else
		refuse_without_number(work);
}
