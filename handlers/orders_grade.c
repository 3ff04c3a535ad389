/*
 * Orders about how grave a case is and who decides (R19, R22, R24, R25).
 */
#include <string.h>

#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/emergency.h"
#include "handlers/ladder.h"
#include "handlers/orders.h"
#include "handlers/tell.h"
#include "lib/text.h"

void
order_urgent(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;

	if (!case_is_open(work->file.state)) {
		orders_refuse_state(orders);
		return;
	}
	if (work->file.severity == SEVERITY_EMERGENCY)
		emergency_again(work, orders->staff->id, command->text);
	else
		emergency_raise(work, orders->staff->id, command->text);
	orders_done(orders, SAY_URGENT, NULL);
}

/* R12: a major matter is reported upward at once, also one that became it. */
static void
report_upward(struct orders *orders)
{
	struct work *work = orders->work;
	const struct staff *supervisor = act_level(work, 2);

	if (supervisor != NULL && !text_eq(supervisor->id, orders->staff->id))
		tell_staff_twice(work, supervisor,
		    &(struct tell){ .name = "new_case",
			.reply = REPLY_MATTER,
			.facts = { .at = work->file.take_due } });
}

void
order_severity(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	enum severity before = work->file.severity, severity;

	if (severity_from(command->value, &severity) < 0 ||
	    severity == SEVERITY_NONE) {
		orders_refuse(orders, NO_SEVERITY, command->value);
		return;
	}
	if (!case_is_open(work->file.state)) {
		orders_refuse_state(orders);
		return;
	}
	if (severity < before && before == SEVERITY_EMERGENCY &&
	    orders_level(orders) < 2) {
		orders_refuse(orders, NO_LEVEL, orders_word(orders, command));
		return;
	}
	if (severity < before && !orders->has_pin &&
	    work->in->message->channel == CHANNEL_SMS) {
		orders_refuse_pin(orders);
		return;
	}
	if (severity == SEVERITY_EMERGENCY) {
		order_urgent(orders, command);
		return;
	}
	/* What was told the owner stands while nothing changes (R20). */
	if (severity == before) {
		orders_done(orders, SAY_SEVERITY,
		    severity_word(severity, orders_language(orders)));
		return;
	}
	work->file.severity = severity;
	act_record(work,
	    &(struct event){ .name = "severity",
		.actor = orders->staff->id,
		.reason = severity_name(severity) });
	clocks_regrade(work, before);
	clocks_stop(work, TIMER_ALERT);
	if (severity == SEVERITY_MAJOR && before < SEVERITY_MAJOR)
		report_upward(orders);
	orders_done(orders, SAY_SEVERITY,
	    severity_word(severity, orders_language(orders)));
}

void
order_category(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct category *category =
	    estate_category(work->estate, command->value);

	if (category == NULL) {
		orders_refuse(orders, NO_CATEGORY, command->value);
		return;
	}
	work->file.category = category->code;
	act_record(work,
	    &(struct event){ .name = "category",
		.actor = orders->staff->id,
		.reason = category->code });
	orders_done(orders, SAY_CATEGORY,
	    name_for(
		orders_language(orders), category->name, category->name_en));
}

/* ---- escalation ---- */

/* R22: the next level, from whichever is higher: who asks, or who has it. */
static int
next_level(const struct orders *orders)
{
	int mine = orders_level(orders), now = orders->work->file.level;

	return (mine > now ? mine : now) + 1;
}

void
order_escalate(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	int next = next_level(orders), level = orders_level_named(command->to);
	bool is_emergency = work->file.severity == SEVERITY_EMERGENCY;

	if (level == 0)
		level = next;
	if (!case_is_open(work->file.state)) {
		orders_refuse_state(orders);
		return;
	}
	if (next > LEVEL_MAX || act_level(work, level) == NULL) {
		orders_refuse(orders, NO_HIGHER, NULL);
		return;
	}
	if (level != next && !is_emergency) {
		orders_refuse(orders, NO_SKIP, NULL);
		return;
	}
	/* R25: each level passed over is owed a report, once. */
	for (int skipped = next; is_emergency && skipped < level; skipped++) {
		if (skipped != 3 || work->file.after_reports == 0)
			emergency_skip(work, skipped, orders->staff->id);
	}
	act_is_handled(work, orders->staff);
	ladder_escalate(work,
	    &(struct escalation){ .level = level,
		.actor = orders->staff->id,
		.code = "asked",
		.reason = command->text,
		.tells_owner = true });
	const struct staff *holder = act_level(work, level);

	orders_done(orders, SAY_ESCALATED, orders_staff_word(orders, holder));
}

/* R25: each skipped level gets it once, and the debt is paid. */
void
order_after_report(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	bool owed[LEVEL_MAX + 1] = { false };

	if (work->file.after_reports == 0) {
		orders_refuse(orders, NO_REPORT_OWED, NULL);
		return;
	}
	for (size_t i = 0; i < work->before->event_count; i++) {
		const struct snapshot_event *event = &work->before->events[i];

		/* Who had theirs is owed no second one. */
		if (text_eq(event->name, "after_report"))
			memset(owed, 0, sizeof(owed));
		if (text_eq(event->name, "skipped") && event->level >= 1 &&
		    event->level <= LEVEL_MAX)
			owed[event->level] = true;
	}
	for (int level = 1; level <= LEVEL_MAX; level++) {
		if (!owed[level])
			continue;
		(void)tell_staff(work,
		    config_level(work->ctx->conf, work->estate, level),
		    &(struct tell){ .name = "after_report",
			.reply = REPLY_INTERNAL,
			.facts = { .author = orders->staff,
			    .words = command->text,
			    .events = work->before->events,
			    .event_count = work->before->event_count } });
	}
	work->file.after_reports = 0;
	act_record(work,
	    &(struct event){ .name = "after_report",
		.actor = orders->staff->id,
		.text = command->text });
	clocks_stop(work, TIMER_AFTER_REPORT);
	orders_done(orders, SAY_AFTER_REPORT, NULL);
}
