/*
 * With the weekly digest each department is told what owners said of it, and
 * asked what it will do (R28, R29).
 */
#include "core/opinion.h"

#include "core/calendar.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/plan.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"

enum { DAYS_TO_ANSWER = 5 };

static out_id
tell(struct work *work, const struct staff *reader,
    const struct opinions *opinions, const struct weekly_view *view, msec_t due)
{
	const struct department *department =
	    estate_department(work->estate, opinions->department);

	if (reader == NULL)
		return 0;
	return tell_staff(work, reader,
	    &(struct tell){ .name = "opinions",
		.may_repeat = true,
		.facts = { .week = view,
		    .who = name_for(reader->language, department->name,
			department->name_en),
		    .at = due } });
}

/* The request is kept with the mail: both, or none. */
static void
ask(struct work *work, const struct opinions *opinions, int64_t id)
{
	msec_t now = work_now(work);
	msec_t due =
	    calendar_add_workdays(work->estate->calendar, now, DAYS_TO_ANSWER);

	if (tell(work, opinions->reader, opinions, &opinions->view, due) == 0)
		return;
	effects_add(work->out, EFFECT_PLAN_REQUEST)->plan_request =
	    (struct plan_request){ .id = id,
		    .estate = work->estate->id,
		    .department = opinions->department,
		    .asked = opinions->reader->id,
		    .from = opinions->view.window.from,
		    .to = opinions->view.window.to,
		    .opinions = opinions_count(&opinions->view),
		    .asked_at = now,
		    .due = due,
		    .alarm = due };
	plan_ring(work);
}

/* What is about the head goes to whoever is above them (R9). */
static void
tell_above(struct work *work, const struct opinions *opinions)
{
	int level = opinions->reader->level;

	(void)tell(work, act_level(work, level >= 2 ? level + 1 : 2), opinions,
	    &opinions->above, 0);
}

void
opinions_send(struct work *work)
{
	const struct snapshot *before = work->before;
	int64_t id = before->next_plan_request;

	for (size_t i = 0; i < before->opinion_count; i++) {
		const struct opinions *it = &before->opinions[i];

		if (opinions_count(&it->view) > 0)
			ask(work, it, id++);
		if (opinions_count(&it->above) > 0)
			tell_above(work, it);
	}
}
