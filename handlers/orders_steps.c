/*
 * Prohibited behaviour (R47, rules.md 5.27): inform, dissuade, report to the
 * authority, each recorded before an outcome may claim that it was stopped or
 * reported.
 */
#include "core/language.h"
#include "core/wording.h"
#include "handlers/act.h"
#include "handlers/orders.h"
#include "lib/arena.h"
#include "lib/text.h"

static const struct step {
	enum command_kind command;
	const char *event;
	const char *name[LANGUAGE_COUNT];
} steps[] = {
	{ COMMAND_INFORMED, "informed", { "#告知", "#informed" } },
	{ COMMAND_DISSUADED, "dissuaded", { "#劝阻", "#dissuaded" } },
	{ COMMAND_REPORTED, "reported", { "#已报告", "#reported" } },
};

void
order_step(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct step *step = steps;

	while (step->command != command->kind)
		step++;
	if (!case_is_open(work->file.state)) {
		orders_refuse_state(orders);
		return;
	}
	act_record(work, &(struct event){ .name = step->event,
			     .actor = orders->staff->id,
			     .text = command->text });
	act_is_handled(work, orders->staff);
	orders_done(orders, SAY_STEP,
	    language_pick(orders_language(orders), step->name));
}

/* Before, or by another command of this message. */
static bool
is_recorded(const struct work *work, const struct step *step)
{
	for (size_t i = 0; i < work->before->event_count; i++) {
		if (text_eq(work->before->events[i].name, step->event))
			return true;
	}
	for (size_t i = 0; i < work->commands.count; i++) {
		if (work->commands.list[i].kind == step->command)
			return true;
	}
	return false;
}

bool
orders_has_steps(struct orders *orders, const char *outcome)
{
	struct work *work = orders->work;
	const char *missing = NULL;

	if (!case_hides_reporter(&work->file) ||
	    !wording_claims_steps(
		work->ctx->conf->classifier, outcome, work->arena))
		return true;
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		const char *name = language_pick(
		    orders_language(orders), steps[i].name);

		if (is_recorded(work, &steps[i]))
			continue;
		missing = missing == NULL ? name
					  : arena_printf(work->arena, "%s %s",
						missing, name);
	}
	if (missing != NULL)
		orders_refuse(orders, NO_STEPS, missing);
	return missing == NULL;
}

void
order_step_words(language_visit *visit, void *arg)
{
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++)
		visit(steps[i].name[LANGUAGE_ZH], steps[i].name[LANGUAGE_EN],
		    arg);
}
