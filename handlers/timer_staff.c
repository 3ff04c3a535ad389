/*
 * What staff are reminded of besides dues: alarms, calls, reports owed,
 * escalations not taken.
 */
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/emergency.h"
#include "handlers/sentences.h"
#include "handlers/soothe.h"
#include "handlers/tell.h"
#include "handlers/timer.h"

void
timer_alert(struct work *work)
{
	const struct rules *rules = &work->ctx->conf->rules;
	enum alert_step step = (enum alert_step)work->in->timer.step;
	unsigned more =
	    rules->alert_top_minutes - rules->alert_again_minutes;

	if (!case_is_open(work->file.state) || work->file.taken_at != 0)
		return;
	emergency_alert(work, step, NULL, work->before->case_parts,
	    work->before->case_part_count);
	/* R24: until somebody answers, at the latest until the first reply is
	 * due: then the ladder walks (R26). */
	if (work->file.reply_due == 0 ||
	    work_now(work) + more * MSEC_MINUTE < work->file.reply_due)
		clocks_set(work, TIMER_ALERT,
		    step == ALERT_AGAIN ? ALERT_TOP : ALERT_AGAIN,
		    work_now(work) + more * MSEC_MINUTE);
}

void
timer_call(struct work *work)
{
	if (case_is_open(work->file.state) && work->file.first_reply_at == 0)
		tell_phone_task_by(work, soothe_call_due(work), "agitated",
		    timer_say(work, WHY_AGITATED), NULL);
}

/* Danger does not wait for the answer time. */
static msec_t
clarify_by(const struct work *work)
{
	const struct rules *rules = &work->ctx->conf->rules;

	if (work->file.severity != SEVERITY_EMERGENCY)
		return clocks_told_time(work);
	return work_now(work) + rules->alert_again_minutes * MSEC_MINUTE;
}

/* R6: no answer is no reason to close; somebody phones. */
void
timer_clarify(struct work *work)
{
	if (!case_is_open(work->file.state) ||
	    !place_is_empty(&work->file.place))
		return;
	tell_phone_task_by(work, clarify_by(work), "no_answer",
	    timer_say(work, WHY_NO_ANSWER), NULL);
	/* It is ours to act again. */
	if (work->file.state == CASE_WAITING_OWNER)
		act_stop_waiting(work,
		    &(struct event){
			.name = "not_answered", .actor = ACTOR_DESK });
}

void
timer_after_report(struct work *work)
{
	msec_t due = emergency_report_due(work);
	bool is_early = work->in->timer.step == STEP_REMIND;
	const struct tell tell = {
		.name = "after_report_due",
		.reply = REPLY_INTERNAL,
		.facts = { .at = due,
		    .count = work->file.after_reports,
		    .events = work->before->events,
		    .event_count = work->before->event_count },
	};

	/* An alarm about nothing is owed no report. */
	if (work->file.after_reports == 0 || work->file.state == CASE_SPAM)
		return;
	tell_handlers(work, &tell);
	if (!is_early)
		(void)tell_staff(work, act_level(work, 2), &tell);
	act_record(work, &(struct event){ .name = "reminded",
			     .actor = ACTOR_DESK,
			     .reason = timer_kind_name(TIMER_AFTER_REPORT) });
	/* Owed until it is given. */
	clocks_set(work, TIMER_AFTER_REPORT, STEP_DUE,
	    is_early ? due : clocks_next_workday(work));
}

/* R27, rules.md 5.17: the level is reminded; the ladder keeps its times. */
void
timer_escalation(struct work *work)
{
	int level = work->in->timer.step;

	if (!case_is_open(work->file.state) || work->file.level != level)
		return;
	(void)tell_staff(work, act_level(work, level),
	    &(struct tell){ .name = "reminder",
		.reply = REPLY_INTERNAL,
		.facts = {
		    .wanted = TIMER_ESCALATION, .at = work->in->timer.due } });
	act_record(work,
	    &(struct event){ .name = "reminded",
		.actor = ACTOR_DESK,
		.level = level,
		.reason = timer_kind_name(TIMER_ESCALATION) });
}

/* R13: the report did not come, or the call was not made.  From the second
 * day on the supervisor hears of it too. */
void
timer_feedback(struct work *work)
{
	int step = work->in->timer.step;

	if (work->file.state != CASE_RESOLVED)
		return;
	tell_phone_task(work, "feedback", timer_say(work, WHY_NOT_FED_BACK),
	    work->file.outcome);
	if (step > 0)
		(void)tell_staff(work, act_level(work, 2),
		    &(struct tell){ .name = "reminder",
			.reply = REPLY_INTERNAL,
			.facts = { .wanted = TIMER_FEEDBACK,
			    .at = work->in->timer.due } });
	clocks_set(
	    work, TIMER_FEEDBACK, step + 1, clocks_next_workday(work));
}
