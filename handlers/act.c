#include "handlers/act.h"

#include "core/roster.h"
#include "core/subject.h"
#include "core/zone.h"
#include "handlers/clocks.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

void
act_record(struct work *work, const struct event *step)
{
	work_keep(work);
	struct effect *effect = effects_add(work->out, EFFECT_EVENT);

	effect->event = *step;
	effect->event.case_id = work->file.id;
	effect->event.state = work->file.state;
}

/* When the present waiting for the owner began. */
static msec_t
waiting_since(const struct work *work)
{
	const struct snapshot *before = work->before;
	msec_t since = work_now(work);

	for (size_t i = before->event_count; i > 0; i--) {
		const struct snapshot_event *event = &before->events[i - 1];

		if (event->state != CASE_WAITING_OWNER)
			break;
		since = event->at;
	}
	return since;
}

const struct snapshot_event *
act_last(const struct work *work, const char *name)
{
	const struct snapshot *before = work->before;

	for (size_t i = before->event_count; i > 0; i--)
		if (text_eq(before->events[i - 1].name, name))
			return &before->events[i - 1];
	return NULL;
}

/* An alarm about nothing is owed no report (R25); the debt stays on the file,
 * should it be something after all, whoever says so. */
static void
move_after_report(struct work *work, enum case_state from, enum case_state to)
{
	if (to == CASE_SPAM)
		clocks_stop(work, TIMER_AFTER_REPORT);
	else if (from == CASE_SPAM && work->file.after_reports > 0)
		clocks_set(work, TIMER_AFTER_REPORT, STEP_DUE,
		    clocks_next_workday(work));
}

bool
act_move(struct work *work, enum case_state to, const struct event *step)
{
	enum case_state from = work->file.state;

	if (!case_may_move(from, to))
		return false;
	work->file.state = to;
	/* From here on its time to be forgotten counts (R43). */
	work->file.closed_at = case_is_ended(to) ? work_now(work) : 0;
	act_record(work, step);
	/* An outcome that nobody has heard is not forgotten (R13). */
	if (to == CASE_RESOLVED)
		clocks_set(work, TIMER_FEEDBACK, 0, clocks_next_workday(work));
	else if (from == CASE_RESOLVED)
		clocks_stop(work, TIMER_FEEDBACK);
	if (from == CASE_FED_BACK) {
		clocks_stop(work, TIMER_VISIT);
		/* What is asked is how this outcome was. */
		if (to != CASE_CLOSED)
			work->file.visit = VISIT_NONE;
		work->file.visit_overdue_at = 0;
	}
	if (to == CASE_WAITING_OWNER)
		clocks_pause_outcome(work);
	else if (from == CASE_WAITING_OWNER)
		clocks_resume_outcome(work, waiting_since(work));
	move_after_report(work, from, to);
	return true;
}

void
act_stop_waiting(struct work *work, const struct event *step)
{
	enum case_state to =
	    work->file.handler != NULL ? CASE_IN_PROGRESS : CASE_ACKNOWLEDGED;

	if (work->file.state != CASE_WAITING_OWNER || !act_move(work, to, step))
		act_record(work, step);
}

void
act_is_handled(struct work *work, const struct staff *staff)
{
	work_keep(work);
	if (work->file.taken_at == 0)
		work->file.taken_at = work_now(work);
	clocks_stop(work, TIMER_TAKE);
	clocks_stop(work, TIMER_ALERT);
	if (staff != NULL && staff->level >= 2 &&
	    staff->level >= work->file.level)
		clocks_stop(work, TIMER_ESCALATION);
}

bool
act_take(struct work *work, const struct staff *staff)
{
	const struct event taken = { .name = "taken", .actor = staff->id };

	if (!case_is_open(work->file.state))
		return false;
	work->file.handler = staff->id;
	if (work->file.first_responder == NULL)
		work->file.first_responder = staff->id;
	if (!act_move(work, CASE_IN_PROGRESS, &taken))
		act_record(work, &taken);
	act_is_handled(work, staff);
	clocks_stop(work, TIMER_DISPATCH);
	return true;
}

void
act_resolve(struct work *work, const char *actor, const char *outcome)
{
	work->file.outcome = outcome;
	work->file.resolved_at = work_now(work);
	(void)act_move(work, CASE_RESOLVED,
	    &(struct event){
		.name = "resolved", .actor = actor, .text = outcome });
	clocks_stop_work(work);
}

void
act_has_replied(struct work *work, const struct staff *staff)
{
	work_keep(work);
	if (work->file.first_responder == NULL)
		work->file.first_responder = staff->id;
	if (work->file.first_reply_at == 0)
		work->file.first_reply_at = work_now(work);
	clocks_stop(work, TIMER_REPLY);
	clocks_stop(work, TIMER_CALL);
}

void
act_promise(struct work *work, const char *actor, msec_t due, msec_t since,
    const char *text)
{
	const struct local_time local = zone_local(work->estate->zone, due);

	work_keep(work);
	clocks_promise(work, due);
	act_record(work,
	    &(struct event){ .name = "promised",
		.actor = actor,
		.reason = arena_printf(work->arena,
		    "%04d-%02d-%02dT%02d:%02d", local.year, local.month,
		    local.day, local.hour, local.minute),
		.text = text });
	clocks_start_duty(work, TIMER_PROMISE, since);
}

bool
act_is_away(const struct work *work, const struct staff *staff)
{
	return roster_is_away(&work->before->absences, staff, work_now(work));
}

const struct staff *
act_on_duty(const struct work *work)
{
	return roster_duty(work->ctx->conf, work->estate,
	    &work->before->absences, work_now(work));
}

static const struct staff *
still_here(const struct staff *staff)
{
	return staff != NULL && !staff->left ? staff : NULL;
}

const struct staff *
act_first_responder(const struct work *work)
{
	return still_here(
	    config_staff(work->ctx->conf, work->file.first_responder));
}

const struct staff *
act_handler(const struct work *work)
{
	return still_here(config_staff(work->ctx->conf, work->file.handler));
}

const struct staff *
act_responder(const struct work *work)
{
	const struct staff *staff = act_first_responder(work);

	if (staff != NULL && !act_is_away(work, staff))
		return staff;
	staff = act_on_duty(work);
	if (staff != NULL && !act_is_subject(&work->file, staff))
		return staff;
	return act_level(work, 2);
}

const struct staff *
act_head(const struct work *work)
{
	return act_head_of(work, work->file.department);
}

const struct staff *
act_head_of(const struct work *work, const char *department)
{
	const struct config *conf = work->ctx->conf;
	const struct staff *head = config_head(conf, work->estate, department);

	if (head == NULL || !act_is_away(work, head))
		return head;
	for (size_t i = 0; i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (text_eq(staff->department, department) &&
		    staff_serves(staff, work->estate) &&
		    !act_is_away(work, staff))
			return staff;
	}
	return head;
}

/* The first of that level who is there, and is not complained about. */
static const struct staff *
one_of_level(const struct work *work, int level, bool away_too)
{
	const struct config *conf = work->ctx->conf;

	for (size_t i = 0; i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (staff->level == level &&
		    staff_serves(staff, work->estate) &&
		    !act_is_subject(&work->file, staff) &&
		    (away_too || !act_is_away(work, staff)))
			return staff;
	}
	return NULL;
}

const struct staff *
act_level(const struct work *work, int level)
{
	static const bool away_too[] = { false, true };

	for (size_t i = 0; i < ARRAY_COUNT(away_too); i++) {
		for (int at = level; at <= LEVEL_MAX; at++) {
			const struct staff *staff =
			    one_of_level(work, at, away_too[i]);

			if (staff != NULL)
				return staff;
		}
	}
	return NULL;
}

bool
act_is_subject(const struct case_file *file, const struct staff *staff)
{
	bool is_complaint = file->kind == KIND_COMPLAINT;

	return subject_is_listed(file->subjects, staff->id) ||
	       subject_is_named(file->text, staff, is_complaint) ||
	       subject_is_named(file->subject, staff, is_complaint);
}

/* Staff who live here, or who are in danger, are owners of what they report. */
static bool
may_call(const struct work *work, const struct staff *staff)
{
	const struct case_file *file = &work->file;

	return staff != NULL && !act_is_subject(file, staff) &&
	    !(file->phone != NULL && text_eq(file->phone, staff->phone)) &&
	    !(file->mail != NULL && text_eq(file->mail, staff->mail));
}

const struct staff *
act_caller(const struct work *work)
{
	const struct staff *staff = act_responder(work);

	if (may_call(work, staff))
		return staff;
	if (work->file.severity == SEVERITY_EMERGENCY) {
		staff = act_on_duty(work);
		if (may_call(work, staff))
			return staff;
		staff = act_head(work);
		if (may_call(work, staff))
			return staff;
	}
	for (int level = 2; level <= LEVEL_MAX; level++) {
		staff = act_level(work, level);
		if (may_call(work, staff))
			return staff;
	}
	return act_level(work, 2);
}

/* Work goes on with who is left (R9). */
static void
replace(struct work *work, const struct staff *staff)
{
	struct case_file *file = &work->file;
	const struct staff *other = act_level(work, 2);
	bool was_handler = text_eq(file->handler, staff->id);

	if (text_eq(file->first_responder, staff->id))
		file->first_responder = other != NULL ? other->id : NULL;
	if (!was_handler || other == NULL)
		return;
	file->handler = other->id;
	act_record(work,
	    &(struct event){
		.name = "assigned", .actor = ACTOR_DESK, .reason = other->id });
}

void
act_hear_subjects(struct work *work, const char *words)
{
	const struct config *conf = work->ctx->conf;
	struct case_file *file = &work->file;

	for (size_t i = 0; i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (!staff_serves(staff, work->estate) ||
		    act_is_subject(file, staff) ||
		    !subject_is_named(
			words, staff, file->kind == KIND_COMPLAINT))
			continue;
		work_keep(work);
		file->subjects = file->subjects == NULL
				     ? staff->id
				     : arena_printf(work->arena, "%s %s",
					   file->subjects, staff->id);
		replace(work, staff);
	}
}
