/*
 * Shortly before the weekly meeting its chair reads who does not come, and why
 * (R32).  Who said nothing stands there only where the estate wants it;
 * nothing follows from the list.
 */
#include "core/weekly.h"
#include "handlers/act.h"
#include "handlers/handlers.h"
#include "handlers/plan.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "lib/arena.h"
#include "lib/text.h"

static const struct excuse *
excuse_of(const struct work *work, const struct staff *staff)
{
	const struct snapshot *before = work->before;

	for (size_t i = 0; i < before->excuse_count; i++)
		if (text_eq(before->excuses[i].staff, staff->id))
			return &before->excuses[i];
	return NULL;
}

/* What stands on the list of a person; NULL: nothing. */
static const char *
line_of(const struct work *work, const struct staff *staff,
    const struct staff *chair)
{
	const struct excuse *excuse = excuse_of(work, staff);
	const char *name =
	    name_for(chair->language, staff->name, staff->name_en);

	if (excuse != NULL)
		return arena_printf(
		    work->arena, "%s: %s", name, text_or(excuse->reason, "-"));
	if (!work->ctx->conf->rules.attendance_all || staff == chair ||
	    !weekly_is_attendee(staff, work->estate))
		return NULL;
	return sentence(WHY_NOT_EXCUSED, chair->language, name, work->arena);
}

static void
tell_chair(struct work *work, msec_t meeting)
{
	const struct config *conf = work->ctx->conf;
	const struct staff *chair = act_level(work, LEVEL_CHAIR);
	const char **lines =
	    arena_array(work->arena, conf->staff_count, sizeof(char *));
	size_t count = 0;

	if (chair == NULL)
		return;
	for (size_t i = 0; i < conf->staff_count; i++) {
		const char *line = line_of(work, &conf->staff[i], chair);

		if (line != NULL)
			lines[count++] = line;
	}
	if (count == 0)
		return;
	(void)tell_staff(work, chair,
	    &(struct tell){ .name = "attendance",
		.facts = { .at = meeting,
		    .count = (int)work->before->excuse_count,
		    .lines = lines,
		    .line_count = count } });
}

void
attendance_run(struct work *work)
{
	const struct config *conf = work->ctx->conf;
	msec_t now = work_now(work);
	msec_t meeting =
	    weekly_next_meeting(conf, work->estate, work->in->round.since);

	/* A list that comes after the meeting is of no use. */
	if (meeting > now && conf->rules.attendance_minutes > 0)
		tell_chair(work, meeting);
	if (meeting < now)
		meeting = now;
	round_next(
	    work, meeting, weekly_attendance_due(conf, work->estate, meeting));
}
