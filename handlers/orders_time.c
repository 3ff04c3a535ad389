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
#include "lib/arena.h"
#include "lib/text.h"

static const char *
time_word(const struct orders *orders, msec_t at)
{
	return text_time(orders->work->estate, orders_language(orders), at,
	    orders->work->arena);
}

/* R11c: who answers at the promised time, or near to it (the last quarter of
 * the way), has kept the promise. */
static void
settle_promise(struct orders *orders)
{
	struct work *work = orders->work;
	const struct snapshot_event *promised = act_last(work, "promised");
	msec_t due = work->file.promise_due;

	if (due == 0 || promised == NULL ||
	    work_now(work) < promised->at + (due - promised->at) / 4 * 3 ||
	    !tell_owner_gets_words(work, "staff_reply"))
		return;
	clocks_promise(work, 0);
	clocks_stop(work, TIMER_PROMISE);
	act_record(work,
	    &(struct event){
		.name = "promise_kept", .actor = orders->staff->id });
}

/* What was written then has arrived. */
static bool
was_heard(const struct work *work, msec_t written_at)
{
	const struct snapshot *before = work->before;

	for (size_t i = 0; i < before->sent_count; i++) {
		const struct sent_view *sent = &before->sent[i];

		if (sent->created_at == written_at &&
		    (sent->state == OUT_DELIVERED ||
			(sent->channel == CHANNEL_MAIL &&
			    out_state_is_on_its_way(sent->state))))
			return true;
	}
	return false;
}

void
orders_restore_promise(struct orders *orders, msec_t undone)
{
	struct work *work = orders->work;
	const struct snapshot *before = work->before;
	const struct snapshot_event *earlier = NULL;
	const char *words = NULL;
	msec_t due = 0, skipped = 0;
	bool is_touched = false, skips = false;

	for (size_t i = before->event_count; i > 0; i--) {
		const struct snapshot_event *event = &before->events[i - 1];
		bool is_promise = text_eq(event->name, "promised") ||
		    text_eq(event->name, "promise_kept");

		/* One with a reason was of a word to all. */
		if (text_eq(event->name, "undone") && event->reason == NULL)
			skips = true;
		if (skips && text_eq(event->name, "replied")) {
			skipped = event->at;
			skips = false;
		}
		if (is_promise && event->at == undone)
			is_touched = true;
		else if (is_promise && event->at < undone &&
		    event->at != skipped && earlier == NULL)
			earlier = event;
	}
	if (!is_touched)
		return;
	if (earlier != NULL && text_eq(earlier->name, "promised"))
		(void)promise_find(work->estate, earlier->at,
		    text_or(earlier->reason, ""),
		    work->arena, &due, &words);
	clocks_promise(work, due);
	if (earlier != NULL && was_heard(work, earlier->at))
		work->file.promise_told_at = work_now(work);
	if (due == 0)
		clocks_stop(work, TIMER_PROMISE);
	clocks_start_duty(work, TIMER_PROMISE, work_now(work));
}

/* R11b: a time that the owner reads is a due; one that nobody can be held to
 * goes back to its author. */
bool
orders_keep_promise(struct orders *orders, const char *text)
{
	struct work *work = orders->work;
	const char *words = NULL;
	msec_t at = 0, outcome = work->file.outcome_due;
	enum promise promise = promise_find(work->estate,
	    work->in->received_at, text, work->arena, &at, &words);

	if (promise == PROMISE_UNCLEAR) {
		orders->blocked = text;
		orders_refuse(orders, NO_CLEAR_TIME, words);
		return false;
	}
	if (!case_is_open(work->file.state))
		return true;
	if (promise == PROMISE_NONE) {
		settle_promise(orders);
		return true;
	}
	/* More time than the case has is L3's to give, in any words (R20). */
	if (outcome > work_now(work) && at > outcome &&
	    orders_level(orders) < 3) {
		orders->blocked = text;
		orders_refuse(orders, NO_TOO_LONG, NULL);
		return false;
	}
	act_promise(work, orders->staff->id, at, work_now(work), NULL);
	orders_done(orders, SAY_PROMISED, time_word(orders, at));
	return true;
}

static struct tell
new_time(const struct orders *orders, const struct command *command,
    msec_t before)
{
	return (struct tell){ .name = "extension",
		.reply = REPLY_OWNER,
		.is_urgent =
		    orders->work->file.severity == SEVERITY_EMERGENCY,
		.facts = { .reason = text_or(command->text, ""),
		    .at = command->at,
		    .before = before } };
}

/* The owner hears before the old time passes (R20). */
static bool
may_wait(const struct work *work, msec_t before)
{
	msec_t held = tell_undo_time(work) +
	    work->ctx->conf->rules.undo_most_minutes * MSEC_MINUTE;

	return before == 0 || work_now(work) + held < before;
}

/* Before the new time is kept: who must phone has until the old one.  False:
 * the owner cannot be written to. */
static bool
tell_new_time(struct orders *orders, const struct tell *tell)
{
	struct work *work = orders->work;
	msec_t at = tell->facts.at;
	const char *reason = tell->facts.reason;

	if (tell_owner(work, tell) != 0)
		return true;
	tell_phone_task(work, "no_address",
	    sentence(
		tell_why_no_way(work, tell->name), orders_language(orders),
		NULL, work->arena),
	    arena_printf(work->arena, "%s %s", time_word(orders, at),
		text_or(reason, "")));
	return false;
}

/* R11: a recorded promise is a due like the others. */
void
order_due(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	struct case_file *file = &work->file;
	msec_t before = file->promise_due;
	struct tell told = new_time(orders, command, before);

	told.is_held = may_wait(work, before);
	if (!case_is_open(file->state)) {
		orders_refuse_state(orders);
	} else if (command->at <= work_now(work)) {
		orders_refuse(orders, NO_TIME, orders_word(orders, command));
	} else if (before != 0 && work->in->received_at > before &&
	    orders_level(orders) < 3) {
		orders_refuse(orders, NO_LATE, NULL);
	} else if (command->at > file->outcome_due &&
	    orders_level(orders) < 3) {
		orders_refuse(orders, NO_TOO_LONG, NULL);
	} else if (text_is_empty(command->text) ||
	    (orders_is_fit(orders, command->text) &&
		orders_has_room(orders, &told))) {
		bool is_told = tell_new_time(orders, &told);

		act_promise(work, orders->staff->id, command->at,
		    work_now(work), command->text);
		act_is_handled(work, orders->staff);
		orders_done(orders, is_told ? SAY_DUE : SAY_DUE_TO_CALL,
		    time_word(orders, command->at));
	}
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
	const struct tell told = new_time(orders, command, before);

	/* The outcome of a normal case: 7 wd (rules.md 5.18). */
	if (duty == TIMER_OUTCOME && file->severity <= SEVERITY_NORMAL)
		span = (struct span){ SPAN_WORKDAYS, 7 };
	if (!case_is_open(file->state))
		orders_refuse_state(orders);
	else if (command->at <= before)
		orders_refuse(orders, NO_TIME, orders_word(orders, command));
	else if (work->in->received_at > before)
		orders_refuse(orders, NO_LATE, NULL);
	else if (orders_level(orders) < 3 &&
	    file->severity == SEVERITY_EMERGENCY)
		orders_refuse(orders, NO_EXTEND_EMERGENCY, NULL);
	else if (orders_level(orders) < 3 && act_last(work, "extended") != NULL)
		orders_refuse(orders, NO_EXTENDED_TWICE, NULL);
	else if (orders_level(orders) < 3 && command->at >
	    span_end(work->estate->calendar, before, &span))
		orders_refuse(orders, NO_TOO_LONG, NULL);
	else if (orders_is_fit(orders, command->text) &&
	    orders_has_room(orders, &told)) {
		bool is_told = tell_new_time(orders, &told);

		*due = command->at;
		act_record(work,
		    &(struct event){ .name = "extended",
			.actor = orders->staff->id,
			.reason = timer_kind_name(duty),
			.text = command->text });
		clocks_start_duty(work, duty, work_now(work));
		act_is_handled(work, orders->staff);
		orders_done(orders,
		    is_told ? SAY_EXTENDED : SAY_EXTENDED_TO_CALL,
		    time_word(orders, command->at));
	}
}
