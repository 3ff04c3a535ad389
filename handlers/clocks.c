#include "handlers/clocks.h"

#include "core/calendar.h"
#include "core/deadlines.h"
#include "lib/text.h"

enum { REMIND_FROM_MINUTE = 8 * 60, REMIND_TO_MINUTE = 20 * 60 };

static const enum timer_kind duties[] = { TIMER_TAKE, TIMER_DISPATCH,
	TIMER_REPLY, TIMER_OUTCOME };

static const enum timer_kind work_timers[] = { TIMER_TAKE, TIMER_DISPATCH,
	TIMER_REPLY, TIMER_OUTCOME, TIMER_PROMISE, TIMER_NEWS, TIMER_ALERT,
	TIMER_CALL, TIMER_CLARIFY, TIMER_ESCALATION, TIMER_ASK,
	TIMER_INCIDENT };

void
clocks_set(struct work *work, enum timer_kind kind, int step, msec_t due)
{
	struct effect *effect = effects_add(work->out, EFFECT_TIMER_SET);
	msec_t now = work_now(work);

	/* After a stop of the daemon several steps are past; each still
	 * happens, one after the other. */
	if (due <= now)
		due = now + 1;
	effect->timer = (struct timer){
		.case_id = work->file.id,
		.kind = kind,
		.step = step,
		.due = due,
	};
}

void
clocks_stop(struct work *work, enum timer_kind kind)
{
	struct effect *effect = effects_add(work->out, EFFECT_TIMER_CANCEL);

	effect->timer.case_id = work->file.id;
	effect->timer.kind = kind;
}

static struct span
span_of(const struct work *work, enum timer_kind duty)
{
	return deadlines_span(
	    work->ctx->conf, work->estate, &work->file, duty);
}

/* A promise may be due at any hour, and nobody is woken for it but in an
 * emergency: in the morning, if that is not too late. */
static msec_t
by_day(const struct work *work, msec_t remind, msec_t due)
{
	msec_t morning = calendar_within(work->estate->calendar, remind,
	    REMIND_FROM_MINUTE, REMIND_TO_MINUTE);

	return work->file.severity == SEVERITY_EMERGENCY || morning >= due
	    ? remind
	    : morning;
}

void
clocks_start_duty(struct work *work, enum timer_kind duty, msec_t start)
{
	const struct span span = span_of(work, duty);
	const msec_t *place = deadlines_due(&work->file, duty);
	msec_t remind;

	if (place == NULL || *place == 0)
		return;
	remind = span_reminder(work->estate->calendar, start, *place, &span);
	if (duty == TIMER_PROMISE)
		remind = by_day(work, remind, *place);
	clocks_set(work, duty, STEP_REMIND, remind);
}

/* From now on they may be in silence for so long (R14). */
static void
start_news(struct work *work)
{
	const struct span span = span_of(work, TIMER_NEWS);
	msec_t now = work_now(work);

	if (!case_is_open(work->file.state) || span.unit == SPAN_NONE)
		return;
	work->file.news_due = span_end(work->estate->calendar, now, &span);
	clocks_start_duty(work, TIMER_NEWS, now);
}

void
clocks_start(struct work *work, msec_t start)
{
	work_keep(work);
	deadlines_set(work->ctx->conf, work->estate, start, &work->file);
	/* A department that is named already is a dispatch that is done. */
	if (work->file.department != NULL)
		work->file.dispatch_due = 0;
	for (size_t i = 0; i < ARRAY_COUNT(duties); i++)
		clocks_start_duty(work, duties[i], start);
	/* Whoever cannot be written to must be telephoned one day. */
	if (work->file.news_due == 0)
		start_news(work);
}

void
clocks_stop_work(struct work *work)
{
	for (size_t i = 0; i < ARRAY_COUNT(work_timers); i++)
		clocks_stop(work, work_timers[i]);
	work->file.news_due = 0;
}

void
clocks_owner_heard(struct work *work)
{
	work_keep(work);
	work->file.last_news_at = work_now(work);
	start_news(work);
}

void
clocks_regrade_news(struct work *work)
{
	const struct span span = span_of(work, TIMER_NEWS);
	const struct calendar *calendar = work->estate->calendar;
	struct case_file *file = &work->file;
	msec_t now = work_now(work);
	msec_t heard =
	    file->last_news_at != 0 ? file->last_news_at : file->received_at;
	msec_t by = span_end(calendar, heard, &span);

	if (file->news_due == 0) {
		start_news(work);
		return;
	}
	if (span.unit == SPAN_NONE)
		return;
	/* The silence was too long for this severity before it had it. */
	if (by <= now) {
		by = span_end(calendar, now, &span);
		if (file->news_due > now && file->news_due < by)
			by = file->news_due;
	}
	work_keep(work);
	file->news_due = by;
	clocks_start_duty(work, TIMER_NEWS, now);
}

void
clocks_pause_outcome(struct work *work)
{
	clocks_stop(work, TIMER_OUTCOME);
}

/* A due is moved in its own kind of time. */
static msec_t
later_by(const struct work *work, msec_t due, msec_t since, msec_t until)
{
	const struct calendar *calendar = work->estate->calendar;
	int days = 0;

	switch (span_of(work, TIMER_OUTCOME).unit) {
	case SPAN_NONE: return due;
	case SPAN_WALL: return due + (until - since);
	case SPAN_BUSINESS:
		return calendar_add_business(calendar, due,
		    calendar_business_between(calendar, since, until));
	case SPAN_WORKDAYS: break;
	}
	while (calendar_add_workdays(calendar, since, days + 1) <= until)
		days++;
	return days == 0 ? due : calendar_add_workdays(calendar, due, days);
}

void
clocks_resume_outcome(struct work *work, msec_t since)
{
	msec_t *due = &work->file.outcome_due;
	msec_t now = work_now(work);

	work_keep(work);
	if (*due == 0 || !case_is_open(work->file.state))
		return;
	*due = later_by(work, *due, since, now);
	clocks_start_duty(work, TIMER_OUTCOME, now);
}

static bool
is_met(const struct work *work, enum timer_kind duty)
{
	const struct case_file *file = &work->file;

	if (duty == TIMER_TAKE)
		return file->taken_at != 0;
	if (duty == TIMER_DISPATCH)
		return file->department != NULL;
	return duty == TIMER_REPLY && file->first_reply_at != 0;
}

static bool
was_extended(const struct work *work, enum timer_kind duty)
{
	for (size_t i = 0; i < work->before->event_count; i++) {
		const struct snapshot_event *event = &work->before->events[i];

		if (text_eq(event->name, "extended") &&
		    text_eq(event->reason, timer_kind_name(duty)))
			return true;
	}
	return false;
}

/* The due of the severity that it has now; what was told binds (R20, R23). */
static void
regrade_duty(struct work *work, enum timer_kind duty, bool is_up)
{
	const struct span span = span_of(work, duty);
	const struct calendar *calendar = work->estate->calendar;
	msec_t *due = deadlines_due(&work->file, duty);
	msec_t now = work_now(work), start = work->file.received_at;
	msec_t by = span_end(calendar, start, &span);

	/* What is overdue stays so: its ladder goes on. */
	if (*due != 0 && *due <= now)
		return;
	/* One that has passed already would be late from the first moment,
	 * by nobody's fault. */
	if (by <= now) {
		start = now;
		by = span_end(calendar, start, &span);
	}
	if (*due != 0 && ((is_up && by > *due) ||
			     (by < *due && was_extended(work, duty))))
		by = *due;
	*due = by;
	clocks_start_duty(work, duty, start);
}

/* The severity that it had would have brought a due, and the case has none:
 * something else stands in for it, such as the call that was asked for. */
static bool
was_taken_off(const struct work *work, enum timer_kind duty,
    enum severity severity)
{
	struct case_file file = work->file;

	file.severity = severity;
	return *deadlines_due(&file, duty) == 0 &&
	    deadlines_span(work->ctx->conf, work->estate, &file, duty).unit !=
	    SPAN_NONE;
}

void
clocks_regrade(struct work *work, enum severity before)
{
	work_keep(work);
	for (size_t i = 0; i < ARRAY_COUNT(duties); i++) {
		if (!is_met(work, duties[i]) &&
		    !was_taken_off(work, duties[i], before))
			regrade_duty(work, duties[i],
			    work->file.severity > before);
	}
	clocks_regrade_news(work);
}

static bool
is_owed(struct work *work, enum timer_kind duty)
{
	return *deadlines_due(&work->file, duty) != 0 && !is_met(work, duty);
}

void
clocks_go_on(struct work *work)
{
	msec_t now = work_now(work), start = 0;

	work_keep(work);
	for (size_t i = 0; i < ARRAY_COUNT(duties); i++) {
		if (is_owed(work, duties[i]) &&
		    *deadlines_due(&work->file, duties[i]) <= now)
			start = now;
	}
	for (size_t i = 0; i < ARRAY_COUNT(duties); i++) {
		const struct span span = span_of(work, duties[i]);

		if (!is_owed(work, duties[i]))
			continue;
		if (start != 0)
			*deadlines_due(&work->file, duties[i]) =
			    span_end(work->estate->calendar, start, &span);
		clocks_start_duty(work, duties[i],
		    start != 0 ? start : work->file.received_at);
	}
	clocks_start_duty(work, TIMER_PROMISE, now);
	clocks_regrade_news(work);
}

msec_t
clocks_step_at(const struct work *work, int step, msec_t due)
{
	const struct rules *rules = &work->ctx->conf->rules;
	int level = step + 1;

	if (step < STEP_DUE || level > LEVEL_MAX)
		return due;
	return span_end(
	    work->estate->calendar, due, &rules->overdue[level]);
}

void
clocks_promise(struct work *work, msec_t due)
{
	work->file.promise_due = due;
	work->file.promise_told_at = 0;
}

msec_t
clocks_told_time(const struct work *work)
{
	const struct case_file *file = &work->file;
	const msec_t running[] = {
		file->first_reply_at == 0 ? file->reply_due : 0,
		file->promise_due,
		file->outcome_due,
	};

	for (size_t i = 0; i < ARRAY_COUNT(running); i++) {
		if (running[i] > work_now(work))
			return running[i];
	}
	return clocks_next_workday(work);
}

msec_t
clocks_next_workday(const struct work *work)
{
	return calendar_add_workdays(work->estate->calendar, work_now(work), 1);
}
