/* What a text may say of plans, and of who was asked for one. */
#include "core/config.h"
#include "core/language.h"
#include "core/plan.h"
#include "core/text_field.h"
#include "core/text_words.h"
#include "lib/cleanup.h"

static const struct plan_view *
view_of(const void *at)
{
	static const struct plan_view empty;
	const struct plan_view *const *plans = at;

	return *plans != NULL ? *plans : &empty;
}

struct template_value
field_plans(const struct text_view *view, const void *at)
{
	const struct plan_view *plans = view_of(at);

	(void)view;
	return value_list(OF_PLAN, plans->plans, plans->plan_count);
}

struct template_value
field_requests(const struct text_view *view, const void *at)
{
	const struct plan_view *plans = view_of(at);

	(void)view;
	return value_list(OF_REQUEST, plans->requests, plans->request_count);
}

struct template_value
field_plan_number(const struct text_view *view, const void *at)
{
	const int64_t *id = at;

	return value_text(plan_word(*id, view->arena));
}

/* A person or a department. */
struct template_value
field_plan_responsible(const struct text_view *view, const void *at)
{
	const char *const *id = at;

	if (config_staff(view->facts->conf, *id) != NULL)
		return field_staff_of_id(view, at);
	return field_department(view, at);
}

enum plan_state { PLAN_DONE, PLAN_OVERDUE, PLAN_OPEN };

static const char *const states[][LANGUAGE_COUNT] = {
	[PLAN_DONE] = { "已完成", "done" },
	[PLAN_OVERDUE] = { "已逾期", "overdue" },
	[PLAN_OPEN] = { "进行中", "open" },
};

void
text_plan_words(language_visit *visit, void *arg)
{
	for (size_t i = 0; i < ARRAY_COUNT(states); i++)
		visit(states[i][LANGUAGE_ZH], states[i][LANGUAGE_EN], arg);
}

struct template_value
field_plan_state(const struct text_view *view, const void *at)
{
	const struct plan *plan = at;
	enum plan_state state = PLAN_OPEN;

	if (plan->done_at != 0)
		state = PLAN_DONE;
	else if (plan_is_overdue(plan, view->facts->now))
		state = PLAN_OVERDUE;
	return value_text(language_pick(view->language, states[state]));
}

struct template_value
field_plan_is_open(const struct text_view *view, const void *at)
{
	const struct plan *plan = at;

	(void)view;
	return value_flag(plan->done_at == 0);
}

struct template_value
field_plan_is_overdue(const struct text_view *view, const void *at)
{
	const struct plan *plan = at;

	return value_flag(plan_is_overdue(plan, view->facts->now));
}

struct template_value
field_request_is_late(const struct text_view *view, const void *at)
{
	const struct plan_request *request = at;

	return value_flag(request->due < view->facts->now);
}
