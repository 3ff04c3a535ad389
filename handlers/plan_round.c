/*
 * The round that looks after plans, and after departments that owe one (R29,
 * R33): whoever has something due is reminded once; two working days after the
 * due, L3 hears of a department that has not answered.
 */
#include "core/calendar.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/plan.h"
#include "handlers/tell.h"
#include "lib/arena.h"

enum { DAYS_TO_CHAIR = 2 };

/* With nothing to look at it comes by now and then. */
#define IDLE (30 * MSEC_DAY)

static bool
has_come(const struct work *work, msec_t alarm)
{
	return alarm != 0 && alarm <= work_now(work);
}

/* ---- plans ---- */

static void
remind_of_plans(struct work *work)
{
	const struct plan_view *view = &work->before->plans;
	const struct plan **theirs = arena_array(
	    work->arena, view->plan_count + 1, sizeof(struct plan *));

	for (size_t i = 0; i < view->plan_count; i++) {
		const struct plan *plan = &view->plans[i];
		const struct staff *who = plan_responsible(work, plan);
		size_t count = 0;

		if (!has_come(work, plan->alarm))
			continue;
		for (size_t k = 0; k < view->plan_count; k++)
			if (has_come(work, view->plans[k].alarm) &&
			    plan_responsible(work, &view->plans[k]) == who)
				theirs[count++] = &view->plans[k];
		if (who != NULL && theirs[0] == plan)
			plan_send(work, who, theirs, count, "plan_due", NULL);
		struct effect *effect = effects_add(work->out, EFFECT_PLAN);

		effect->plan = *plan;
		effect->plan.alarm = 0;
	}
}

/* ---- departments ---- */

static void
tell_of_request(struct work *work, const struct staff *who,
    const struct plan_request *request, const char *name)
{
	const struct plan_view view = { .requests = request,
		.request_count = 1 };

	(void)tell_staff(work, who,
	    &(struct tell){ .name = name,
		.may_repeat = true,
		.facts = { .plans = &view } });
}

static void
walk_request(struct work *work, struct plan_request *request)
{
	const struct staff *asked =
	    config_staff(work->ctx->conf, request->asked);

	if (request->step == PLAN_STEP_REMIND) {
		if (asked == NULL || asked->left)
			asked = act_head_of(work, request->department);
		tell_of_request(work, asked, request, "plan_asked");
		request->step = PLAN_STEP_ESCALATE;
		request->alarm = calendar_add_workdays(
		    work->estate->calendar, request->due, DAYS_TO_CHAIR);
		return;
	}
	tell_of_request(
	    work, act_level(work, LEVEL_CHAIR), request, "plan_missing");
	request->step = PLAN_STEP_OVER;
	request->alarm = 0;
}

static void
walk_requests(struct work *work)
{
	const struct plan_view *view = &work->before->plans;

	for (size_t i = 0; i < view->request_count; i++) {
		struct plan_request request = view->requests[i];

		if (!has_come(work, request.alarm))
			continue;
		walk_request(work, &request);
		effects_add(work->out, EFFECT_PLAN_REQUEST)->plan_request =
		    request;
	}
}

/* ---- the round ---- */

static void
sooner(msec_t *next, msec_t alarm)
{
	if (alarm != 0 && alarm < *next)
		*next = alarm;
}

/* The next alarm there is, as this decision leaves them. */
static msec_t
next_alarm(const struct work *work)
{
	const struct plan_view *view = &work->before->plans;
	msec_t now = work_now(work), next = now + IDLE;

	for (size_t i = 0; i < view->plan_count; i++)
		if (!has_come(work, view->plans[i].alarm))
			sooner(&next, view->plans[i].alarm);
	for (size_t i = 0; i < view->request_count; i++)
		if (!has_come(work, view->requests[i].alarm))
			sooner(&next, view->requests[i].alarm);
	for (size_t i = 0; i < work->out->count; i++)
		if (work->out->list[i].kind == EFFECT_PLAN_REQUEST)
			sooner(&next, work->out->list[i].plan_request.alarm);
	return next;
}

void
plan_run(struct work *work)
{
	remind_of_plans(work);
	walk_requests(work);
	round_next(work, work_now(work), next_alarm(work));
}
