#include "handlers/emergency.h"

#include "core/calendar.h"
#include "core/place.h"
#include "handlers/act.h"
#include "handlers/clocks.h"
#include "handlers/reopen.h"
#include "handlers/tell.h"
#include "lib/text.h"

enum { SKIPPED_LEVEL = 3 };

/* rules.md 5.25 */
static const struct span report_span = { .unit = SPAN_WORKDAYS, .amount = 1 };

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

/* What an alarm that rings again is about. */
static const char *
last_words(const struct work *work)
{
	const struct snapshot *before = work->before;

	for (size_t i = before->event_count; i > 0; i--) {
		const struct snapshot_event *event = &before->events[i - 1];

		if (text_eq(event->name, "alerted") && event->text != NULL)
			return event->text;
	}
	return NULL;
}

void
emergency_alert(struct work *work, enum alert_step step, const char *words,
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
		    .words = text_is_empty(words) ? last_words(work) : words,
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
	act_record(work, &(struct event){ .name = "alerted",
			     .actor = ACTOR_DESK,
			     .level = step == ALERT_TOP ? LEVEL_MAX : 4,
			     .text = text_is_empty(words) ? NULL : words });
}

void
emergency_skip(struct work *work, int level, const char *actor)
{
	work_keep(work);
	act_record(
	    work, &(struct event){
		      .name = "skipped", .actor = actor, .level = level });
	/* One report is for all levels, and the first one's due is its due. */
	if (work->file.after_reports++ == 0)
		clocks_set(work, TIMER_AFTER_REPORT, STEP_REMIND,
		    span_reminder(work->estate->calendar, work_now(work),
			clocks_next_workday(work), &report_span));
}

msec_t
emergency_report_due(const struct work *work)
{
	const struct snapshot *before = work->before;
	msec_t since = 0;

	for (size_t i = 0; i < before->event_count; i++) {
		const struct snapshot_event *event = &before->events[i];

		if (text_eq(event->name, "after_report"))
			since = 0;
		else if (since == 0 && text_eq(event->name, "skipped"))
			since = event->at;
	}
	if (since == 0)
		since = work_now(work);
	return span_end(work->estate->calendar, since, &report_span);
}

static void
start(struct work *work, const char *actor, const char *words,
    const struct passed_part *parts, size_t part_count)
{
	msec_t again = work_now(work) +
	    work->ctx->conf->rules.alert_again_minutes * MSEC_MINUTE;

	emergency_alert(work, ALERT_FIRST, words, parts, part_count);
	/* Whoever stands above it already has not been passed over. */
	if (work->file.level < SKIPPED_LEVEL)
		emergency_skip(work, SKIPPED_LEVEL, actor);
	clocks_set(work, TIMER_ALERT, ALERT_AGAIN, again);
}

void
emergency_start(struct work *work, const char *actor,
    const struct passed_part *parts, size_t part_count)
{
	start(work, actor, NULL, parts, part_count);
}

/* Photos of who tells it now, or else those of the first message. */
static size_t
parts_of(struct work *work, const struct passed_part **ret)
{
	size_t count = tell_parts(work, ret);

	if (count > 0)
		return count;
	*ret = work->before->case_parts;
	return work->before->case_part_count;
}

void
emergency_raise(struct work *work, const char *actor, const char *text)
{
	const struct passed_part *parts;
	size_t count = parts_of(work, &parts);

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
	start(work, actor, text, parts, count);
}

void
emergency_again(struct work *work, const char *actor, const char *text)
{
	const struct passed_part *parts;
	size_t count = parts_of(work, &parts);

	work_keep(work);
	act_record(work,
	    &(struct event){ .name = "urgent", .actor = actor, .text = text });
	emergency_alert(work, ALERT_FIRST, text, parts, count);
}

void
emergency_acknowledge(struct work *work, const struct incident_word *word)
{
	const struct tell ack = {
		.name = "ack_emergency",
		.reply = REPLY_OWNER,
		.is_automatic = true,
		.is_urgent = true,
		.facts = { .incident_word = word },
	};
	msec_t soon = work_now(work) +
		      work->ctx->conf->rules.alert_again_minutes * MSEC_MINUTE;
	enum channel channel;

	/* Who can be told nothing, but has a number, is called. */
	if (tell_owner(work, &ack) == 0 && work->file.phone != NULL &&
	    !tell_owner_channel(work, ack.name, &channel))
		tell_phone_task_by(work, soon, "no_address",
		    sentence(tell_why_no_way(work, ack.name),
			work->estate->language, NULL, work->arena),
		    NULL);
	/* R3: a text as well as the mail, for it may be read first. */
	if (work->file.channel == CHANNEL_MAIL)
		(void)tell_owner_by(work, CHANNEL_SMS, &ack);
	/* It asks where; who does not say is telephoned, and soon (R6). */
	if (place_is_empty(&work->file.place))
		clocks_set(work, TIMER_CLARIFY, 0, soon);
}

void
emergency_from_owner(struct work *work)
{
	const char *own = work->in->message->own;
	const struct passed_part *parts;
	size_t count = parts_of(work, &parts);

	if (case_is_open(work->file.state) &&
	    work->file.severity == SEVERITY_EMERGENCY) {
		emergency_alert(work, ALERT_FIRST, own, parts, count);
		return;
	}
	if (!case_is_open(work->file.state))
		(void)reopen_case(work, ACTOR_OWNER, "danger", own, false);
	emergency_raise(work, ACTOR_OWNER, own);
	emergency_acknowledge(work, NULL);
}
