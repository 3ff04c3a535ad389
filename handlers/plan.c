/*
 * #plan, #done, #absent (R29, R32, R33): in answer to the weekly digest, a list
 * of opinions or a task.
 */
#include "handlers/plan.h"

#include "core/mask.h"
#include "core/text_data.h"
#include "core/weekly.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { NAMED_MAX = 8 };

/* ---- who ---- */

const struct staff *
plan_responsible(const struct work *work, const struct plan *plan)
{
	const struct staff *staff =
	    config_staff(work->ctx->conf, plan->responsible);

	if (staff == NULL)
		staff = act_head_of(work, plan->responsible);
	return staff != NULL && !staff->left ? staff : act_level(work, 2);
}

static bool
is_theirs(const struct work *work, const struct plan *plan)
{
	return text_eq(plan->responsible, work->staff->id) ||
	       text_eq(plan->responsible, work->staff->department) ||
	       plan_responsible(work, plan) == work->staff;
}

void
order_elsewhere(struct orders *orders, const struct command *command)
{
	orders_refuse(orders, NO_ELSEWHERE,
	    command_word(command->kind, orders_language(orders)));
}

/* ---- #plan ---- */

void
plan_ring(struct work *work)
{
	effects_add(work->out, EFFECT_ROUND_SET)->round =
	    (struct round){ .estate = work->estate->id,
		    .kind = ROUND_PLANS,
		    .since = work_now(work),
		    .due = work_now(work) };
}

static size_t
made_so_far(const struct work *work)
{
	size_t count = 0;

	for (size_t i = 0; i < work->out->count; i++) {
		const struct effect *effect = &work->out->list[i];

		count += effect->kind == EFFECT_PLAN &&
			 effect->plan.id >= work->before->next_plan;
	}
	return count;
}

/* The mail that they answer is the list of opinions, or a reminder of it. */
static bool
is_to_opinions(const struct work *work)
{
	const char *name = work->before->answered.template_name;

	return text_eq(name, "opinions") || text_eq(name, "plan_asked");
}

/* They were asked, or it is their department's.  A request that is younger
 * than the mail that they answer is not answered by it. */
static bool
is_asked(const struct work *work, const struct plan_request *request)
{
	const struct staff *staff = work->staff;

	return request->asked_at <= work->before->answered.created_at &&
	       (text_eq(request->asked, staff->id) ||
		   text_eq(request->department, staff->department));
}

/* The department whose requests this answers; NULL: there are none. */
static const char *
answer_requests(struct work *work)
{
	const struct plan_view *view = &work->before->plans;
	const char *department = NULL;

	for (size_t i = 0; i < view->request_count; i++) {
		struct plan_request request = view->requests[i];

		if (!is_asked(work, &request))
			continue;
		department = request.department;
		request.answered_at = work_now(work);
		request.alarm = 0;
		effects_add(work->out, EFFECT_PLAN_REQUEST)->plan_request =
		    request;
	}
	return department;
}

static void
keep_plan(
    struct orders *orders, const struct command *command, struct plan *plan)
{
	struct work *work = orders->work;

	plan->id = work->before->next_plan + (int64_t)made_so_far(work);
	plan->estate = work->estate->id;
	/* It outlives the cases that it came from (R43). */
	plan->measure = mask_words(command->text, NULL, work->arena);
	plan->responsible = command->to;
	plan->made_by = work->staff->id;
	plan->made_at = work_now(work);
	plan->due = command->at;
	plan->alarm = command->at;
	effects_add(work->out, EFFECT_PLAN)->plan = *plan;
	plan_ring(work);
	orders_done(orders, SAY_PLANNED,
	    arena_printf(work->arena, "%s: %s (%s)",
		plan_word(plan->id, work->arena), plan->measure,
		text_time(work->estate, work->staff->language, plan->due,
		    work->arena)));
}

void
plan_make(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	bool is_chair = work->staff->level >= LEVEL_CHAIR;
	struct plan plan = { .source = PLAN_MEETING };

	/* The chair may be asked for measures too; the mail says which. */
	if (!is_chair || is_to_opinions(work)) {
		plan.source = PLAN_OPINIONS;
		plan.department = answer_requests(work);
		if (plan.department != NULL && made_so_far(work) == 0)
			orders_done(orders, SAY_ANSWERED_OPINIONS,
			    orders_department_word(
				orders, estate_department(
					    work->estate, plan.department)));
		if (plan.department == NULL && is_to_opinions(work))
			plan.department = work->staff->department;
	}
	if (!is_chair && plan.department == NULL) {
		orders_refuse(orders, NO_PLAN,
		    command_word(COMMAND_PLAN, orders_language(orders)));
		return;
	}
	keep_plan(orders, command, &plan);
}

void
plan_send(struct work *work, const struct staff *who,
    const struct plan *const *plans, size_t count, const char *name,
    const char *words)
{
	struct plan *list = arena_array(work->arena, count, sizeof(*list));
	struct plan_view view = { .plans = list, .plan_count = count };

	for (size_t i = 0; i < count; i++)
		list[i] = *plans[i];
	(void)tell_staff(work, who,
	    &(struct tell){ .name = name,
		.facts = {
		    .plans = &view, .author = work->staff, .words = words } });
}

/* What the chair wrote below their lines. */
static const char *
remark(const struct work *work)
{
	const char *words = NULL;

	for (size_t i = 0; i < work->commands.count; i++)
		if (work->commands.list[i].kind == COMMAND_PLAN &&
		    work->commands.list[i].value != NULL)
			words = work->commands.list[i].value;
	return words;
}

void
plan_tell(struct work *work)
{
	size_t count = made_so_far(work), room = 0;
	const struct plan **made =
	    arena_array(work->arena, count + 1, sizeof(struct plan *));
	const struct plan **theirs =
	    arena_array(work->arena, count + 1, sizeof(struct plan *));

	for (size_t i = 0; i < work->out->count && room < count; i++)
		if (work->out->list[i].kind == EFFECT_PLAN &&
		    work->out->list[i].plan.id >= work->before->next_plan)
			made[room++] = &work->out->list[i].plan;
	for (size_t i = 0; i < room; i++) {
		const struct staff *who = plan_responsible(work, made[i]);
		size_t found = 0;

		for (size_t k = 0; k < room; k++)
			if (plan_responsible(work, made[k]) == who)
				theirs[found++] = made[k];
		/* The second of theirs is told with the first. */
		if (who != NULL && who != work->staff && theirs[0] == made[i])
			plan_send(
			    work, who, theirs, found, "plan", remark(work));
	}
}

/* ---- #done ---- */

/* The one that they mean, or NULL, and they were told why. */
static const struct plan *
find_plan(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct plan_view *view = &work->before->plans;
	int64_t number =
	    command->value != NULL ? plan_number(command->value) : 0;
	const struct plan *found = NULL;
	const char *names = NULL;
	int theirs = 0;

	for (size_t i = 0; i < view->plan_count; i++) {
		const struct plan *plan = &view->plans[i];

		if (plan->done_at != 0)
			continue;
		if (number == plan->id)
			return plan;
		if (!is_theirs(work, plan))
			continue;
		found = plan;
		if (++theirs <= NAMED_MAX)
			names = arena_printf(work->arena, "%s %s",
			    text_or(names, ""),
			    plan_word(plan->id, work->arena));
	}
	if (number != 0)
		orders_refuse(
		    orders, NO_SUCH_PLAN, plan_word(number, work->arena));
	else if (theirs != 1)
		orders_refuse(orders, NO_PLAN_NUMBER, text_or(names, "-"));
	return number == 0 && theirs == 1 ? found : NULL;
}

void
plan_finish(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct plan *found = find_plan(orders, command);
	struct plan plan;

	if (found == NULL)
		return;
	if (!is_theirs(work, found) && work->staff->level < LEVEL_CHAIR &&
	    !text_eq(found->made_by, work->staff->id)) {
		orders_refuse(
		    orders, NO_PLAN_OTHERS, plan_word(found->id, work->arena));
		return;
	}
	plan = *found;
	plan.done_at = work_now(work);
	plan.done_by = work->staff->id;
	plan.alarm = 0;
	if (!text_is_empty(command->text))
		plan.outcome = mask_words(command->text, NULL, work->arena);
	effects_add(work->out, EFFECT_PLAN)->plan = plan;
	orders_done(orders, SAY_PLAN_DONE, plan_word(plan.id, work->arena));
}

/* ---- #absent ---- */

void
plan_excuse(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	const struct outgoing *answered = &work->before->answered;
	/* Of the digest that they answer, else the next one there is. */
	msec_t from = text_eq(answered->template_name, "weekly")
			  ? answered->created_at
			  : work_now(work);
	msec_t meeting =
	    weekly_next_meeting(work->ctx->conf, work->estate, from);
	const char *when = text_time(
	    work->estate, orders_language(orders), meeting, work->arena);

	if (meeting <= work_now(work)) {
		orders_refuse(orders, NO_MEETING_OVER, when);
		return;
	}
	effects_add(work->out, EFFECT_EXCUSE)->excuse =
	    (struct excuse){ .estate = work->estate->id,
		    .staff = work->staff->id,
		    .meeting = meeting,
		    .reason = mask_words(command->text, NULL, work->arena),
		    .told_at = work_now(work) };
	orders_done(orders, SAY_EXCUSED, when);
}
