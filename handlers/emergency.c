#include "handlers/emergency.h"

#include "core/calendar.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/tell.h"
#include "lib/text.h"

enum { SKIPPED_LEVEL = 3 };

static void
alert_department(struct work *work, const struct tell *tell)
{
	const struct config *conf = work->ctx->conf;

	for (size_t i = 0; i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (!staff_serves(staff, work->estate))
			continue;
		if (staff->level == 1 || (work->file.department != NULL &&
			text_eq(staff->department, work->file.department)))
			tell_staff_twice(work, staff, tell);
	}
}

static void
alert_first(struct work *work, const struct tell *tell)
{
	const struct config *conf = work->ctx->conf;

	tell_staff_twice(work, act_on_duty(work), tell);
	tell_staff_twice(work, act_first_responder(work), tell);
	tell_staff_twice(work, act_head(work), tell);
	tell_staff_twice(work, config_level(conf, work->estate, 2), tell);
	tell_staff_twice(work, config_level(conf, work->estate, 4), tell);
}

void
emergency_alert(struct work *work, enum alert_step step,
    const struct passed_part *parts, size_t part_count)
{
	struct tell tell = {
		.name = "alert",
		/* "Seen" must not become an answer to the owner. */
		.reply = REPLY_INTERNAL,
		.is_urgent = true,
		.parts = parts,
		.part_count = part_count,
		.facts = { .at = work->file.take_due,
		    .photos = (int)part_count,
		    .count = (int)step },
	};

	if (step == ALERT_TOP) {
		tell_staff_twice(work,
		    config_level(work->ctx->conf, work->estate, LEVEL_MAX),
		    &tell);
	} else {
		alert_first(work, &tell);
		if (step == ALERT_AGAIN)
			alert_department(work, &tell);
	}
	act_record(work,
	    &(struct event){ .name = "alerted",
		.actor = ACTOR_DESK,
		.level = step == ALERT_TOP ? LEVEL_MAX : 4 });
}

void
emergency_skip(struct work *work, int level, const char *actor)
{
	msec_t due = calendar_add_workdays(
	    work->estate->calendar, work_now(work), 1);

	work_keep(work);
	work->file.after_reports++;
	act_record(work,
	    &(struct event){
		.name = "skipped", .actor = actor, .level = level });
	clocks_set(work, TIMER_AFTER_REPORT, 0, due);
}

void
emergency_start(struct work *work, const char *actor,
    const struct passed_part *parts, size_t part_count)
{
	msec_t again = work_now(work) +
	    work->ctx->conf->rules.alert_again_minutes * MSEC_MINUTE;

	emergency_alert(work, ALERT_FIRST, parts, part_count);
	/* Whoever stands above it already has not been passed over. */
	if (work->file.level < SKIPPED_LEVEL)
		emergency_skip(work, SKIPPED_LEVEL, actor);
	clocks_set(work, TIMER_ALERT, ALERT_AGAIN, again);
}

void
emergency_raise(struct work *work, const char *actor, const char *text)
{
	const struct passed_part *parts = work->before->case_parts;

	work_keep(work);
	work->file.severity = SEVERITY_EMERGENCY;
	/* The alarm stands in for soothing (rules.md 5.8). */
	work->file.agitated = false;
	/* Nobody waits for an answer while there is danger. */
	act_stop_waiting(work,
	    &(struct event){ .name = "urgent", .actor = actor, .text = text });
	/* The time starts with the danger, not with the first message. */
	clocks_start(work, work_now(work));
	if (work->file.first_reply_at != 0)
		clocks_stop(work, TIMER_REPLY);
	clocks_regrade_news(work);
	emergency_start(work, actor, parts, work->before->case_part_count);
}
