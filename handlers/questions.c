#include "handlers/questions.h"

#include "core/calendar.h"
#include "handlers/clocks.h"
#include "lib/text.h"

/* ---- the record ---- */

struct list {
	struct question *questions;
	size_t count;
};

static void
close_all(struct list *list, const char *to)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (to != NULL && !text_eq(list->questions[i].to, to))
			list->questions[kept++] = list->questions[i];
	}
	list->count = kept;
}

static void
open_one(struct list *list, const struct question *question)
{
	struct question *same = NULL;

	for (size_t i = 0; i < list->count; i++) {
		if (text_eq(list->questions[i].to, question->to))
			same = &list->questions[i];
	}
	if (same != NULL) {
		same->asker = question->asker;
		same->text = question->text;
	} else if (list->count < QUESTIONS_MAX) {
		list->questions[list->count++] = *question;
	}
}

static void
read_step(struct list *list, const char *name, const struct question *step)
{
	if (text_eq(name, "asked"))
		open_one(list, step);
	else if (text_eq(name, "answered"))
		close_all(list, step->asker);
	else if (text_eq(name, "resolved") || text_eq(name, "reopened"))
		close_all(list, NULL);
}

size_t
questions_open(const struct work *work, struct question ret[QUESTIONS_MAX])
{
	const struct snapshot *before = work->before;
	struct list list = { .questions = ret };

	for (size_t i = 0; i < before->event_count; i++) {
		const struct snapshot_event *event = &before->events[i];

		read_step(&list, event->name,
		    &(struct question){ event->reason, event->actor,
			event->text, event->at, 0 });
	}
	for (size_t i = 0; i < work->out->count; i++) {
		const struct effect *effect = &work->out->list[i];

		if (effect->kind == EFFECT_EVENT &&
		    effect->event.case_id == work->file.id)
			read_step(&list, effect->event.name,
			    &(struct question){ effect->event.reason,
				effect->event.actor, effect->event.text,
				work_now(work), 0 });
	}
	for (size_t i = 0; i < list.count; i++)
		ret[i].due = questions_due(work, ret[i].at);
	return list.count;
}

/* ---- when ---- */

/* Of an emergency the owner waits for the first answer, and no colleague may
 * take longer. */
static struct span
span_of(const struct work *work)
{
	if (work->file.severity == SEVERITY_EMERGENCY)
		return work->estate->deadlines[SEVERITY_EMERGENCY].first_reply;
	return work->ctx->conf->rules.ask_answer;
}

msec_t
questions_due(const struct work *work, msec_t at)
{
	const struct span span = span_of(work);

	return span_end(work->estate->calendar, at, &span);
}

msec_t
questions_remind_at(const struct work *work, msec_t at)
{
	const struct span span = span_of(work);

	return span_reminder(work->estate->calendar, at,
	    span_end(work->estate->calendar, at, &span), &span);
}

void
questions_set_timer(struct work *work)
{
	struct question list[QUESTIONS_MAX];
	size_t count = questions_open(work, list);
	msec_t now = work_now(work), next = 0;

	for (size_t i = 0; i < count; i++) {
		msec_t at = questions_remind_at(work, list[i].at);

		if (at <= now)
			at = list[i].due;
		/* Overdue: every working day until it is answered. */
		if (at <= now)
			at = calendar_add_workdays(
			    work->estate->calendar, now, 1);
		if (next == 0 || at < next)
			next = at;
	}
	if (next == 0)
		clocks_stop(work, TIMER_ASK);
	else
		clocks_set(work, TIMER_ASK, 0, next);
}
