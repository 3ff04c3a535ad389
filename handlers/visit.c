#include "handlers/reopen.h"
#include "handlers/visit.h"

#include "core/calendar.h"
#include "core/survey.h"
#include "core/tone.h"
#include "core/wording.h"
#include "core/zone.h"
#include "handlers/act.h"
#include "handlers/callback.h"
#include "handlers/clocks.h"
#include "handlers/orders.h"
#include "handlers/sentences.h"
#include "handlers/tell.h"
#include "handlers/timer.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { TASKS_MAX = 3 };

/* ---- what is owed ---- */

/* So that anybody can draw again and compare. */
static void
record_draw(struct work *work)
{
	const struct rules *rules = &work->ctx->conf->rules;
	const struct case_file *file = &work->file;

	if (file->kind != KIND_REQUEST || file->severity >= SEVERITY_MAJOR ||
	    file->visit == VISIT_CALL)
		return;
	act_record(work,
	    &(struct event){ .name = "visit_drawn",
		.actor = ACTOR_DESK,
		.reason = arena_printf(work->arena, "seed=%s draw=%u of=%u %s",
		    rules->sample_seed, survey_draw(rules, file->number),
		    rules->followup_repair_percent, visit_name(file->visit)) });
}

void
visit_begin(struct work *work)
{
	const struct rules *rules = &work->ctx->conf->rules;
	const struct calendar *calendar = work->estate->calendar;
	struct case_file *file = &work->file;
	msec_t now = work_now(work);
	msec_t rating = now + rules->rating_after_hours * MSEC_HOUR;
	msec_t call = now + (msec_t)rules->followup_call_hours * MSEC_HOUR;

	work_keep(work);
	file->visit = survey_visit(rules, file);
	file->visit_tried_at = 0;
	file->visit_overdue_at = 0;
	record_draw(work);
	if (survey_asks_rating(file))
		clocks_set(work, TIMER_RATING, 0,
		    calendar_within(calendar, rating, rules->survey_from_minute,
			rules->survey_to_minute));
	if (visit_is_owed(file->visit))
		clocks_set(work, TIMER_VISIT, 0,
		    calendar_next_open(
			calendar, file->visit == VISIT_CALL ? rating : call));
	clocks_set(
	    work, TIMER_CLOSE, 0, now + rules->close_after_hours * MSEC_HOUR);
}

void
visit_settle(struct work *work, enum visit how)
{
	const struct rules *rules = &work->ctx->conf->rules;
	struct case_file *file = &work->file;

	work_keep(work);
	file->visit = how;
	file->visit_overdue_at = 0;
	clocks_stop(work, TIMER_RATING);
	clocks_stop(work, TIMER_VISIT);
	if (file->state == CASE_FED_BACK)
		clocks_set(work, TIMER_CLOSE, 0,
		    file->fed_back_at + rules->close_after_hours * MSEC_HOUR);
}

/* ---- who calls ---- */

/* Danger, and what went wrong once, is looked at by somebody who did not do
 * the work (R34, R39). */
static bool
is_not_for_the_handler(const struct work *work)
{
	return work->file.visit == VISIT_CALL;
}

static const struct staff *
find_caller(const struct work *work)
{
	const struct staff *staff = act_caller(work);
	const struct staff *duty = act_on_duty(work);
	const char *handler = work->file.handler;

	if (staff != NULL &&
	    !(is_not_for_the_handler(work) && text_eq(staff->id, handler)))
		return staff;
	if (duty != NULL && !text_eq(duty->id, handler) &&
	    !act_is_subject(&work->file, duty))
		return duty;
	return reopen_reviewer(work, 2);
}

/* When the office opens on the next working day. */
static msec_t
next_morning(const struct work *work)
{
	struct local_time day = zone_local(work->estate->zone, work_now(work));

	day.day++;
	day.hour = day.minute = day.second = 0;
	return calendar_next_open(
	    work->estate->calendar, zone_instant(work->estate->zone, &day));
}

/* Daily mails that nobody heeds help nobody: the level above is told once, and
 * then it stands in the week's digest until somebody calls. */
static void
leave_overdue(struct work *work)
{
	int level = work->file.level < 2 ? 3 : work->file.level + 1;
	const struct staff *holder =
	    act_level(work, level < LEVEL_MAX ? level : LEVEL_MAX);
	out_id out = tell_staff(work, holder,
	    &(struct tell){ .name = "overdue",
		.reply = REPLY_INTERNAL,
		.facts = { .wanted = TIMER_VISIT,
		    .at = work->in->timer.due,
		    .holder = holder } });

	work_keep(work);
	work->file.visit_overdue_at = work_now(work);
	act_record(work, &(struct event){ .name = "visit_overdue",
			     .actor = ACTOR_DESK,
			     .level = holder != NULL ? holder->level : 0,
			     .out = out });
}

void
timer_visit(struct work *work)
{
	int step = work->in->timer.step;
	const struct staff *caller;
	out_id out;

	if (work->file.state != CASE_FED_BACK ||
	    !visit_is_owed(work->file.visit))
		return;
	if (step >= TASKS_MAX) {
		leave_overdue(work);
		return;
	}
	caller = find_caller(work);
	const struct tell tell = {
		.name = "visit_task",
		.reply = REPLY_INTERNAL,
		.facts = { .at = clocks_next_workday(work),
		    .words = work->file.outcome,
		    .score = work->file.rating,
		    .count = work->file.visit_tried_at != 0 },
	};

	out = tell_staff(work, caller, &tell);
	act_record(
	    work, &(struct event){
		      .name = "visit_task", .actor = ACTOR_DESK, .out = out });
	/* From the second day on the supervisor hears of it too. */
	if (step > 0)
		(void)tell_staff(work, act_level(work, 2),
		    &(struct tell){ .name = "reminder",
			.reply = REPLY_INTERNAL,
			.facts = { .wanted = TIMER_VISIT,
			    .at = work->in->timer.due } });
	clocks_set(work, TIMER_VISIT, step + 1, next_morning(work));
}

/* ---- what the owner says ---- */

bool
visit_judge(struct work *work, const char *actor, int score, const char *words)
{
	bool is_low = survey_is_low(score);

	if (!is_low && !tone_is_not_fixed(words, work->arena))
		return false;
	return reopen_case(
	    work, actor, is_low ? "low_rating" : "not_fixed", words, true);
}

void
visit_keep_score(struct work *work, int score, const char *words,
    const char *actor, const char *reason)
{
	struct effect *effect = effects_add(work->out, EFFECT_RATING);

	effect->rating.case_id = work->file.id;
	effect->rating.score = score;
	effect->rating.text = words;
	work_keep(work);
	work->file.rating = score;
	act_record(work, &(struct event){ .name = "rated",
			     .actor = actor,
			     .reason = reason,
			     .text = words });
}

/* ---- #visit ---- */

static bool
is_same_day(const struct work *work, msec_t a, msec_t b)
{
	struct local_time one = zone_local(work->estate->zone, a);
	struct local_time other = zone_local(work->estate->zone, b);

	return one.year == other.year && one.month == other.month &&
	       one.day == other.day;
}

/* Twice on different days is enough trying (R34). */
static void
note_not_reached(
    struct orders *orders, const struct command *command, msec_t at)
{
	struct work *work = orders->work;
	struct case_file *file = &work->file;
	bool is_second = file->visit_tried_at != 0 &&
			 !is_same_day(work, file->visit_tried_at, at);

	act_record(work, &(struct event){ .name = "not_reached",
			     .actor = orders->staff->id,
			     .text = command->text });
	if (!visit_is_owed(file->visit)) {
		orders_done(orders, SAY_VISIT_TRIED, NULL);
		return;
	}
	if (is_second) {
		visit_settle(work, VISIT_UNREACHED);
		orders_done(orders, SAY_VISIT_UNREACHED, NULL);
		return;
	}
	file->visit_tried_at = at;
	file->visit_overdue_at = 0;
	clocks_set(work, TIMER_VISIT, 0, next_morning(work));
	orders_done(orders, SAY_VISIT_TRIED, NULL);
}

static bool
may_visit(struct orders *orders)
{
	const struct case_file *file = &orders->work->file;

	if (file->state != CASE_FED_BACK && file->state != CASE_CLOSED) {
		orders_refuse(orders, NO_VISIT_STATE, NULL);
		return false;
	}
	if (is_not_for_the_handler(orders->work) &&
	    text_eq(orders->staff->id, file->handler)) {
		orders_refuse(orders, NO_VISIT_HANDLER, NULL);
		return false;
	}
	return true;
}

void
order_visit(struct orders *orders, const struct command *command)
{
	struct work *work = orders->work;
	msec_t at = command->at != 0 ? command->at : work_now(work);

	if (!may_visit(orders))
		return;
	if (command->score == 0 && wording_is_not_reached(command->text)) {
		note_not_reached(orders, command, at);
		return;
	}
	callback_made(work);
	if (command->score != 0)
		visit_keep_score(work, command->score, command->text,
		    orders->staff->id, "phone");
	act_record(work, &(struct event){ .name = "visited",
			     .actor = orders->staff->id,
			     .text = command->text });
	if (visit_judge(
		work, orders->staff->id, command->score, command->text)) {
		reopen_tell_owner(work);
		orders_done(orders, SAY_VISIT_REOPENED, NULL);
		return;
	}
	visit_settle(work, VISIT_ANSWERED);
	orders_done(orders, SAY_VISITED, NULL);
}
