/*
 * The digest for the weekly meeting (R30): one for the weeks that are not yet
 * reported, to everybody who comes to it.
 */
#include "core/weekly.h"

#include "handlers/handlers.h"
#include "handlers/plan.h"
#include "handlers/tell.h"

void
weekly_run(struct work *work)
{
	const struct config *conf = work->ctx->conf;
	const struct weekly_views *views = &work->before->weekly;
	msec_t since = work->in->round.since;
	const struct weekly_window *window;

	/* The clock was put back: that week is not over yet. */
	if (views->count == 0) {
		round_next(work, since, weekly_due(conf, work->estate, since));
		return;
	}
	window = &views->list[0].window;
	round_next(
	    work, window->to, weekly_due(conf, work->estate, window->to));
	opinions_send(work);
	for (size_t i = 0; i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (weekly_is_attendee(staff, work->estate))
			(void)tell_staff(work, staff,
			    &(struct tell){ .name = "weekly",
				.facts = {
				    .week = weekly_view_for(views, staff) } });
	}
}
