/*
 * Orders about how a case ends, and questions about it (R13, R43).
 */
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/emergency.h"
#include "handlers/help.h"
#include "handlers/orders.h"
#include "handlers/reopen.h"
#include "handlers/tell.h"
#include "handlers/visit.h"
#include "lib/text.h"

void
order_close(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	struct case_file *file = &work->file;
	msec_t after =
	    work->ctx->conf->rules.close_after_hours * MSEC_HOUR;

	(void)command;
	if (case_is_ended(file->state)) {
		orders_refuse_state(orders);
		return;
	}
	if (file->state != CASE_FED_BACK) {
		orders_refuse(orders, NO_CLOSE_FEEDBACK, NULL);
		return;
	}
	if (file->after_reports > 0) {
		orders_refuse(orders, NO_CLOSE_REPORT, NULL);
		return;
	}
	if (visit_is_owed(file->visit)) {
		orders_refuse(orders, NO_CLOSE_VISIT, NULL);
		return;
	}
	/* A bounce may still come (R13). */
	if (work_now(work) < file->fed_back_at + after) {
		orders_refuse(orders, NO_CLOSE_EARLY, NULL);
		return;
	}
	(void)act_move(work, CASE_CLOSED,
	    &(struct event){ .name = "closed", .actor = orders->staff->id });
	clocks_stop(work, TIMER_CLOSE);
	orders_done(orders, SAY_CLOSED, NULL);
}

void
order_reopen(struct orders *orders, const struct command *command)
{
	if (!reopen_case(orders->work, orders->staff->id, "asked",
		command->text, false)) {
		orders_refuse_state(orders);
		return;
	}
	orders_done(orders, SAY_REOPENED, NULL);
}

void
order_spam(struct orders *orders, const struct command *command)
{
	(void)command;
	if (!act_move(orders->work, CASE_SPAM,
		&(struct event){
		    .name = "spam", .actor = orders->staff->id })) {
		orders_refuse_state(orders);
		return;
	}
	clocks_stop_work(orders->work);
	orders_done(orders, SAY_SPAM, NULL);
}

/* Where it stood before; events carry the state after them. */
static enum case_state
state_before_spam(const struct work *work)
{
	const struct snapshot *before = work->before;

	for (size_t i = before->event_count; i > 1; i--) {
		if (text_eq(before->events[i - 1].name, "spam"))
			return before->events[i - 2].state;
	}
	return CASE_NEW;
}

void
order_notspam(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	struct case_file *file = &work->file;

	(void)command;
	if (file->state != CASE_SPAM ||
	    !act_move(work, state_before_spam(work),
		&(struct event){
		    .name = "notspam", .actor = orders->staff->id })) {
		orders_refuse_state(orders);
		return;
	}
	clocks_go_on(work);
	/* Nobody has answered the alarm: it goes on at once. */
	if (file->severity == SEVERITY_EMERGENCY && file->taken_at == 0)
		clocks_set(work, TIMER_ALERT, ALERT_AGAIN, work_now(work));
	tell_handlers(work,
	    &(struct tell){ .name = "new_case",
		.reply = REPLY_MATTER,
		.facts = { .reason = sentence(WHY_NOTSPAM,
			       orders_language(orders), NULL, work->arena) } });
	orders_done(orders, SAY_NOTSPAM,
	    case_state_word(file->state, orders_language(orders)));
}

/* Reading is recorded like doing (R43). */
void
order_show(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;

	(void)command;
	act_record(work,
	    &(struct event){ .name = "shown", .actor = orders->staff->id });
	(void)tell_staff(work, orders->staff,
	    &(struct tell){ .name = "case_sheet",
		.reply = REPLY_INTERNAL,
		.facts = { .events = work->before->events,
		    .event_count = work->before->event_count } });
	orders_done(orders, SAY_SHOWN, NULL);
}

void
order_help(struct orders *orders, const struct command *command)
{
	(void)command;
	help_tell(orders->work, orders->staff, REPLY_INTERNAL);
	orders_done(orders, SAY_HELPED, NULL);
}
