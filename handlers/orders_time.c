/*
 * Times that the owner is told: promises and extensions (R11, R20).
 */
#include "core/calendar.h"
#include "core/deadlines.h"
#include "core/promise.h"
#include "core/text_data.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/text.h"

static const char *
time_word(const struct orders *orders, msec_t at)
{
	return text_time(orders->work->estate, orders_language(orders), at,
	    orders->work->arena);
}

/* R11b: a time that the owner reads is a due; one that nobody can be held to
 * goes back to its author. */
bool
orders_keep_promise(struct orders *orders, const char *text)
{
	struct work *work = orders->work;
	const char *words = NULL;
	msec_t at = 0;
	enum promise promise = promise_find(work->estate,
	    work->in->received_at, text, work->arena, &at, &words);

	if (promise == PROMISE_UNCLEAR) {
		orders->blocked = text;
		orders_refuse(orders, NO_CLEAR_TIME, words);
		return false;
	}
	if (promise == PROMISE_NONE || !case_is_open(work->file.state))
		return true;
	work->file.promise_due = at;
	act_record(work,
	    &(struct event){
		.name = "promised", .actor = orders->staff->id });
	clocks_start_duty(work, TIMER_PROMISE, work_now(work));
	orders_done(orders, SAY_PROMISED, time_word(orders, at));
	return true;
}

static void
tell_new_time(struct orders *orders, const char *reason, msec_t at,
    msec_t before)
{
	struct work *work = orders->work;
	msec_t held = (msec_t)work->ctx->conf->undo_seconds * MSEC_SECOND;
	out_id out = tell_owner(work,
	    &(struct tell){ .name = "extension",
		.reply = REPLY_OWNER,
		/* The owner hears before the old time passes (R20). */
		.is_held = before == 0 || work_now(work) + held < before,
		.is_urgent = work->file.severity == SEVERITY_EMERGENCY,
		.facts = { .reason = reason, .at = at, .before = before } });

	if (out == 0)
		tell_phone_task(work, "no_address",
		    sentence(WHY_NO_ADDRESS, orders_language(orders), NULL,
			work->arena),
		    reason);
}

/* R11: a recorded promise is a due like the others. */
void
order_due(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	struct case_file *file = &work->file;

	if (!case_is_open(file->state)) {
		orders_refuse_state(orders);
	} else if (command->at <= work_now(work)) {
		orders_refuse(orders, NO_TIME, command_name(command->kind));
	} else if (command->at > file->outcome_due &&
	    orders_level(orders) < 3) {
		orders_refuse(orders, NO_TOO_LONG, NULL);
	} else if (text_is_empty(command->text) ||
	    orders_is_fit(orders, command->text)) {
		msec_t before = file->promise_due;

		file->promise_due = command->at;
		act_record(work,
		    &(struct event){ .name = "promised",
			.actor = orders->staff->id,
			.text = command->text });
		clocks_start_duty(work, TIMER_PROMISE, work_now(work));
		tell_new_time(orders, command->text, command->at, before);
		act_is_handled(work, orders->staff);
		orders_done(
		    orders, SAY_DUE, time_word(orders, command->at));
	}
}

static bool
was_extended(const struct work *work)
{
	for (size_t i = 0; i < work->before->event_count; i++) {
		if (text_eq(work->before->events[i].name, "extended"))
			return true;
	}
	return false;
}

/* R20, rules.md 5.18: once by the handler, by at most the original length;
 * more is L3's to decide, and nothing is extended after its time. */
void
order_extend(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	struct case_file *file = &work->file;
	enum timer_kind duty =
	    file->first_reply_at == 0 ? TIMER_REPLY : TIMER_OUTCOME;
	msec_t *due = deadlines_due(file, duty);
	struct span span =
	    deadlines_span(work->ctx->conf, work->estate, file, duty);
	msec_t before = *due;

	/* The outcome of a normal case: 7 wd (rules.md 5.18). */
	if (duty == TIMER_OUTCOME && file->severity <= SEVERITY_NORMAL)
		span = (struct span){ SPAN_WORKDAYS, 7 };
	if (!case_is_open(file->state))
		orders_refuse_state(orders);
	else if (command->at <= before)
		orders_refuse(orders, NO_TIME, command_name(command->kind));
	else if (work->in->received_at > before)
		orders_refuse(orders, NO_LATE, NULL);
	else if (orders_level(orders) < 3 &&
	    file->severity == SEVERITY_EMERGENCY)
		orders_refuse(orders, NO_EXTEND_EMERGENCY, NULL);
	else if (orders_level(orders) < 3 && was_extended(work))
		orders_refuse(orders, NO_EXTENDED_TWICE, NULL);
	else if (orders_level(orders) < 3 && command->at >
	    span_end(work->estate->calendar, before, &span))
		orders_refuse(orders, NO_TOO_LONG, NULL);
	else if (orders_is_fit(orders, command->text)) {
		*due = command->at;
		act_record(work,
		    &(struct event){ .name = "extended",
			.actor = orders->staff->id,
			.reason = timer_kind_name(duty),
			.text = command->text });
		clocks_start_duty(work, duty, work_now(work));
		tell_new_time(orders, command->text, command->at, before);
		act_is_handled(work, orders->staff);
		orders_done(
		    orders, SAY_EXTENDED, time_word(orders, command->at));
	}
}
