/* Plans, and who owes one: R28, R29, R32, R33. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

static struct plan plans[3];
static struct plan_request requests[2];

/* P1 is li's, P2 the engineering department's, and P3 wu's; all but P3 made by
 * wu.  Engineering and environment owe measures. */
static void
begin(struct decision *d)
{
	msec_t now;

	decision_init(d);
	now = d->ctx.now;
	plans[0] = (struct plan){ .id = 1,
		.estate = "sunshine",
		.measure = "装扶手",
		.responsible = "li",
		.made_by = "wu",
		.due = now + MSEC_DAY,
		.alarm = now + MSEC_DAY };
	plans[1] = plans[2] = plans[0];
	plans[1].id = 2;
	plans[1].responsible = "engineering";
	plans[2].id = 3;
	plans[2].responsible = plans[2].made_by = "wu";
	requests[0] = (struct plan_request){ .id = 1,
		.estate = "sunshine",
		.department = "engineering",
		.asked = "sun",
		.opinions = 2,
		.asked_at = now - MSEC_DAY,
		.due = now + MSEC_DAY,
		.alarm = now + MSEC_DAY };
	requests[1] = requests[0];
	requests[1].id = 2;
	requests[1].department = "environment";
	requests[1].asked = "qian";
	d->before.plans = (struct plan_view){ plans, ARRAY_COUNT(plans),
		requests, ARRAY_COUNT(requests) };
	d->before.next_plan = 4;
}

static void
answer(struct decision *d, const char *staff, const char *template_name,
    const char *own)
{
	begin(d);
	decision_staff(d, staff, REPLY_DIGEST, own);
	d->before.answered.template_name = template_name;
	d->before.answered.created_at = d->ctx.now - MSEC_HOUR;
	decision_run(d);
}

static void
r33_the_chair_sets_tasks_and_each_is_told_once(void **state)
{
	struct decision d;
	const struct outgoing *mail;

	(void)state;
	answer(&d, "wu", "weekly",
	    "#整改 换按钮；工程部；11-27\n#整改 贴通知 13900139001；孙强；11-26\n"
	    "#整改 写总结；吴刚；11-26");
	assert_int_equal(effect_of(&d, EFFECT_PLAN)->plan.id, 4);
	assert_int_equal(effect_of(&d, EFFECT_PLAN)->plan.source, PLAN_MEETING);
	assert_int_equal(effect_of(&d, EFFECT_PLAN)->plan.due,
	    decision_time("2026-11-27T17:30:00+08:00"));
	assert_int_equal(
	    effect_of(&d, EFFECT_ROUND_SET)->round.kind, ROUND_PLANS);
	assert_int_equal(effect_of(&d, EFFECT_ROUND_SET)->round.due, d.ctx.now);
	/* What is the department's is its head's; one mail has both. */
	assert_int_equal(sent_count(&d, "plan"), 1);
	mail = sent(&d, "plan", "sun");
	assert_non_null(strstr(mail->text, "换按钮"));
	/* A plan outlives the case that it came from (R43). */
	assert_non_null(strstr(mail->text, "贴通知 139****9001"));
	assert_null(strstr(mail->text, "写总结"));
	assert_null(effect_of(&d, EFFECT_PLAN_REQUEST));
	decision_done(&d);
}

static void
r29_a_head_answers_for_their_own_department(void **state)
{
	static const struct {
		const char *staff, *name;
		int64_t request; /* that it closes; 0: refused */
	} table[] = {
		{ "sun", "opinions", 1 },
		{ "sun", "weekly", 1 },
		{ "li", "weekly", 1 }, /* stands in for the head */
		{ "qian", "plan_asked", 2 },
		{ "zhao", "weekly", 0 },
		{ "chen", "weekly", 0 },
		{ "lin", "daily", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct effect *effect;

		print_message("%s\n", table[i].staff);
		answer(&d, table[i].staff, table[i].name,
		    "#plan sweep twice a day; Li Ming; 11-27");
		effect = effect_of(&d, EFFECT_PLAN_REQUEST);
		if (table[i].request == 0) {
			assert_null(effect);
			assert_null(effect_of(&d, EFFECT_PLAN));
			assert_non_null(sent(&d, "refused", table[i].staff));
			decision_done(&d);
			continue;
		}
		assert_int_equal(effect->plan_request.id, table[i].request);
		assert_int_equal(effect->plan_request.answered_at, d.ctx.now);
		effect = effect_of(&d, EFFECT_PLAN);
		assert_int_equal(effect->plan.source, PLAN_OPINIONS);
		assert_string_equal(effect->plan.department,
		    requests[table[i].request - 1].department);
		decision_done(&d);
	}
}

static void
r29_an_old_mail_answers_no_younger_request(void **state)
{
	struct decision d;

	(void)state;
	begin(&d);
	requests[0].asked_at = d.ctx.now;
	decision_staff(&d, "sun", REPLY_DIGEST, "#整改 装扶手；李明；11-27");
	d.before.answered.template_name = "opinions";
	d.before.answered.created_at = d.ctx.now - MSEC_HOUR;
	decision_run(&d);
	/* It is a plan all the same: another one about the older list. */
	assert_null(effect_of(&d, EFFECT_PLAN_REQUEST));
	assert_string_equal(
	    effect_of(&d, EFFECT_PLAN)->plan.department, "engineering");
	decision_done(&d);
}

static void
r33_a_task_is_closed_by_whose_it_is(void **state)
{
	static const struct {
		const char *staff, *own;
		int64_t closes;
		const char *refuses;
	} table[] = {
		{ "li", "#完成 P1 装好了,电话13900139001", 1, NULL },
		{ "sun", "#完成 P2", 2, NULL },
		{ "sun", "#完成 装好了", 2, NULL }, /* has one only */
		{ "wu", "#完成 P1", 1, NULL },      /* made it, and chairs */
		{ "zheng", "#done p1 seen", 1, NULL },
		{ "li", "#完成 装好了", 0, "您未完成的有: P1 P2" },
		{ "zhao", "#完成", 0, "请写明任务号" },
		{ "zhao", "#完成 P1", 0, "任务P1不是您的" },
		{ "sun", "#完成 P9", 0, "没有未完成的任务P9" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct effect *effect;

		print_message("%s %s\n", table[i].staff, table[i].own);
		answer(&d, table[i].staff, "plan", table[i].own);
		effect = effect_of(&d, EFFECT_PLAN);
		if (table[i].closes == 0) {
			const struct outgoing *refused =
			    sent(&d, "refused", table[i].staff);

			assert_null(effect);
			if (strstr(refused->text, table[i].refuses) == NULL)
				fail_msg("%s", refused->text);
			decision_done(&d);
			continue;
		}
		assert_int_equal(effect->plan.id, table[i].closes);
		assert_int_equal(effect->plan.done_at, d.ctx.now);
		assert_int_equal(effect->plan.alarm, 0);
		assert_string_equal(effect->plan.done_by, table[i].staff);
		if (i == 0)
			assert_string_equal(
			    effect->plan.outcome, "装好了,电话139****9001");
		decision_done(&d);
	}
}

static void
r33_what_is_done_cannot_be_done_again(void **state)
{
	struct decision d;

	(void)state;
	begin(&d);
	plans[0].done_at = d.ctx.now - 1;
	decision_staff(&d, "li", REPLY_DIGEST, "#完成 P1");
	d.before.answered.template_name = "plan";
	decision_run(&d);
	assert_null(effect_of(&d, EFFECT_PLAN));
	assert_non_null(sent(&d, "refused", "li"));
	decision_done(&d);
}

static void
r33_outside_such_a_mail_it_is_refused(void **state)
{
	static const char *const owns[] = { "#整改 装扶手；李明；11-27 2580",
		"#完成 P1 2580", "#缺席 出差 2580" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(owns); i++) {
		struct decision d;

		begin(&d);
		decision_mail(&d, "wu@sunshine.example", owns[i]);
		decision_run(&d);
		assert_null(effect_of(&d, EFFECT_PLAN));
		assert_non_null(
		    strstr(sent(&d, "refused", "wu")->text, "请回复周报"));
		decision_done(&d);
	}
}

static void
r33_nothing_of_a_mail_with_a_mistake_is_kept(void **state)
{
	struct decision d;

	(void)state;
	answer(&d, "wu", "weekly",
	    "#整改 换按钮；工程部；11-27\n#整改 贴通知；张三；11-26");
	assert_null(effect_of(&d, EFFECT_PLAN));
	assert_null(effect_of(&d, EFFECT_ROUND_SET));
	assert_int_equal(sent_count(&d, "plan"), 0);
	decision_done(&d);
}

/* ---- the round ---- */

static void
ring(struct decision *d)
{
	d->in = (struct input){ .kind = INPUT_ROUND,
		.estate = "sunshine",
		.received_at = d->ctx.now,
		.round = { .estate = "sunshine",
		    .kind = ROUND_PLANS,
		    .due = d->ctx.now } };
	decision_run(d);
}

static void
r33_who_has_something_due_is_reminded_once(void **state)
{
	struct decision d;

	(void)state;
	begin(&d);
	plans[0].alarm = plans[1].alarm = d.ctx.now;
	ring(&d);
	assert_int_equal(sent_count(&d, "plan_due"), 2);
	assert_non_null(strstr(sent(&d, "plan_due", "li")->text, "P1"));
	assert_non_null(strstr(sent(&d, "plan_due", "sun")->text, "P2"));
	assert_int_equal(effect_of(&d, EFFECT_PLAN)->plan.alarm, 0);
	/* Next it looks after the others. */
	assert_int_equal(
	    effect_of(&d, EFFECT_ROUND_SET)->round.due, d.ctx.now + MSEC_DAY);
	decision_done(&d);
}

static void
r29_who_does_not_answer_is_reminded_then_l3_hears(void **state)
{
	struct decision d;
	msec_t later;

	(void)state;
	begin(&d);
	requests[0].alarm = requests[0].due = d.ctx.now;
	ring(&d);
	assert_non_null(sent(&d, "plan_asked", "sun"));
	assert_int_equal(effect_of(&d, EFFECT_PLAN_REQUEST)->plan_request.step,
	    PLAN_STEP_ESCALATE);
	later = effect_of(&d, EFFECT_PLAN_REQUEST)->plan_request.alarm;
	assert_int_equal(later, decision_time("2026-11-25T17:30:00+08:00"));
	decision_done(&d);

	begin(&d);
	d.ctx.now = later;
	requests[0].step = PLAN_STEP_ESCALATE;
	requests[0].alarm = requests[1].alarm = later;
	requests[1].step = PLAN_STEP_ESCALATE;
	plans[0].alarm = plans[1].alarm = plans[2].alarm = 0;
	ring(&d);
	/* Two departments are two mails. */
	assert_int_equal(sent_count(&d, "plan_missing"), 2);
	assert_non_null(sent(&d, "plan_missing", "wu"));
	assert_int_equal(effect_of(&d, EFFECT_PLAN_REQUEST)->plan_request.step,
	    PLAN_STEP_OVER);
	assert_int_equal(
	    effect_of(&d, EFFECT_PLAN_REQUEST)->plan_request.alarm, 0);
	assert_int_equal(
	    effect_of(&d, EFFECT_ROUND_SET)->round.due, later + 30 * MSEC_DAY);
	decision_done(&d);
}

static void
r29_of_who_has_left_the_head_of_today_is_asked(void **state)
{
	struct decision d;

	(void)state;
	begin(&d);
	requests[0].asked = "nobody";
	requests[0].alarm = d.ctx.now;
	ring(&d);
	assert_non_null(sent(&d, "plan_asked", "sun"));
	decision_done(&d);
}

/* ---- #absent ---- */

static void
r32_absence_is_noted_before_the_meeting(void **state)
{
	static const struct {
		const char *mail, *sent, *meeting; /* NULL: refused */
	} table[] = {
		{ "weekly", "2026-11-23T09:30:00+08:00",
		    "2026-11-23T14:30:00+08:00" },
		/* That digest's meeting is over. */
		{ "weekly", "2026-11-16T13:15:00+08:00", NULL },
		{ "daily", "2026-11-16T13:15:00+08:00",
		    "2026-11-23T14:30:00+08:00" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		begin(&d);
		decision_staff(&d, "sun", REPLY_DIGEST, "#缺席 外出培训");
		d.before.answered.template_name = table[i].mail;
		d.before.answered.created_at = decision_time(table[i].sent);
		decision_run(&d);
		if (table[i].meeting == NULL) {
			assert_null(effect_of(&d, EFFECT_EXCUSE));
			assert_non_null(strstr(
			    sent(&d, "refused", "sun")->text, "已经开始"));
		} else {
			const struct excuse *excuse =
			    &effect_of(&d, EFFECT_EXCUSE)->excuse;

			assert_string_equal(excuse->staff, "sun");
			assert_string_equal(excuse->reason, "外出培训");
			assert_int_equal(
			    excuse->meeting, decision_time(table[i].meeting));
		}
		decision_done(&d);
	}
}

static int
attendance(struct decision *d, bool wants_all, bool is_late)
{
	static const struct excuse excuse = { .staff = "sun",
		.reason = "外出培训" };

	begin(d);
	decision_conf(d)->rules.attendance_all = wants_all;
	d->before.excuses = &excuse;
	d->before.excuse_count = wants_all ? 0 : 1;
	d->ctx.now = decision_time(is_late ? "2026-11-23T14:31:00+08:00"
					   : "2026-11-23T14:15:00+08:00");
	d->in = (struct input){ .kind = INPUT_ROUND,
		.estate = "sunshine",
		.round = { .estate = "sunshine", .kind = ROUND_MEETING,
		    .since = decision_time("2026-11-16T14:30:00+08:00") } };
	decision_run(d);
	/* The next list is that of the next meeting. */
	assert_int_equal(effect_of(d, EFFECT_ROUND_SET)->round.due,
	    decision_time("2026-11-30T14:15:00+08:00"));
	return sent_count(d, "attendance");
}

static void
r32_the_chair_reads_who_does_not_come(void **state)
{
	struct decision d;
	const char *text;

	(void)state;
	assert_int_equal(attendance(&d, false, false), 1);
	text = sent(&d, "attendance", "wu")->text;
	assert_non_null(strstr(text, "孙强: 外出培训"));
	assert_null(strstr(text, "钱芳"));
	decision_done(&d);
	/* Only where the estate wants it, with who said nothing. */
	assert_int_equal(attendance(&d, true, false), 1);
	text = sent(&d, "attendance", "wu")->text;
	assert_non_null(strstr(text, "钱芳：未登记缺席"));
	assert_non_null(strstr(text, "没有人登记缺席"));
	assert_null(strstr(text, "吴刚"));
	decision_done(&d);
	/* After the meeting it is of no use. */
	assert_int_equal(attendance(&d, false, true), 0);
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r33_the_chair_sets_tasks_and_each_is_told_once),
		cmocka_unit_test(r29_a_head_answers_for_their_own_department),
		cmocka_unit_test(r29_an_old_mail_answers_no_younger_request),
		cmocka_unit_test(r33_a_task_is_closed_by_whose_it_is),
		cmocka_unit_test(r33_what_is_done_cannot_be_done_again),
		cmocka_unit_test(r33_outside_such_a_mail_it_is_refused),
		cmocka_unit_test(r33_nothing_of_a_mail_with_a_mistake_is_kept),
		cmocka_unit_test(r33_who_has_something_due_is_reminded_once),
		cmocka_unit_test(
		    r29_who_does_not_answer_is_reminded_then_l3_hears),
		cmocka_unit_test(
		    r29_of_who_has_left_the_head_of_today_is_asked),
		cmocka_unit_test(r32_absence_is_noted_before_the_meeting),
		cmocka_unit_test(r32_the_chair_reads_who_does_not_come),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
