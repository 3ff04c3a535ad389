/* Times that are told to an owner: R11, R14, R20, R23. */
#include "tests/support/cmocka_fence.h"
#include "tests/support/decision.h"

#include <string.h>

static void
r11_only_l4_promises_money(void **state)
{
	static const struct {
		const char *staff;
		bool is_sent;
	} table[] = { { "lin", false }, { "wu", false }, { "zheng", true },
		{ "he", true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_answer(&d, CASE_IN_PROGRESS, table[i].staff,
		    "您好,公司决定减免物业费一个月。");
		assert_int_equal(
		    sent(&d, "staff_reply", NULL) != NULL, table[i].is_sent);
		assert_int_equal(
		    sent(&d, "blocked", NULL) == NULL, table[i].is_sent);
		decision_done(&d);
	}
}

static void
r20_an_emergency_is_extended_by_l3_only(void **state)
{
	static const struct {
		const char *staff;
		bool is_done;
	} table[] = { { "lin", false }, { "wu", true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = SEVERITY_EMERGENCY;
		decision_staff(&d, table[i].staff, REPLY_MATTER,
		    "#延期 11-24 17:40 等待配件");
		decision_run(&d);
		assert_int_equal(event_count(&d, "extended"), table[i].is_done);
		decision_done(&d);
	}
}

static void
r20_the_word_of_a_promise_does_not_wait_past_the_old_time(void **state)
{
	static const struct {
		const char *now;
		msec_t held;
	} table[] = {
		{ "2026-11-24T17:00:00+08:00",
		    60 * MSEC_SECOND + 10 * MSEC_MINUTE },
		{ "2026-11-24T17:29:30+08:00", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_conf(&d)->undo_seconds = 60;
		d.ctx.now = decision_time(table[i].now);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.promise_due =
		    decision_time("2026-11-24T17:30:00+08:00");
		decision_staff(
		    &d, "lin", REPLY_MATTER, "#时限 11-24 17:35 等待配件");
		decision_run(&d);
		assert_int_equal(sent(&d, "extension", NULL)->not_before,
		    d.ctx.now + table[i].held);
		decision_done(&d);
	}
}

static void
r20_an_extension_is_told_before_the_due_and_refused_after(void **state)
{
	static const struct {
		const char *now, *own;
		bool extended;
	} table[] = {
		{ "2026-11-24T10:00:00+08:00", "#延期 11-25 12:00 等待配件",
		    true },
		{ "2026-11-24T17:31:00+08:00", "#延期 11-25 12:00 等待配件",
		    false },
		{ "2026-11-24T10:00:00+08:00", "#延期 12-25 12:00 等待配件",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		d.ctx.now = decision_time(table[i].now);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_int_equal(
		    event_count(&d, "extended"), table[i].extended);
		assert_int_equal(sent(&d, "extension", "wang@owner.example") !=
			NULL,
		    table[i].extended);
		if (table[i].extended)
			assert_int_equal(case_after(&d)->reply_due,
			    decision_time("2026-11-25T12:00:00+08:00"));
		decision_done(&d);
	}
}

static void
r11_nobody_is_reminded_of_a_promise_at_night(void **state)
{
	static const struct {
		const char *text, *at;
		enum severity severity;
	} table[] = {
		{ "#时限 11-23 14:00 上门", "2026-11-23T13:00:00+08:00",
		    SEVERITY_NORMAL },
		{ "#时限 11-24 10:00 上门", "2026-11-24T08:00:00+08:00",
		    SEVERITY_NORMAL },
		/* In the morning it would be too late. */
		{ "#时限 11-24 06:00 上门", "2026-11-24T01:00:00+08:00",
		    SEVERITY_NORMAL },
		{ "#时限 11-24 10:00 上门", "2026-11-24T04:00:00+08:00",
		    SEVERITY_EMERGENCY },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = table[i].severity;
		d.before.the_case.outcome_due =
		    decision_time("2026-11-26T17:30:00+08:00");
		decision_staff(&d, "lin", REPLY_MATTER, table[i].text);
		decision_run(&d);
		assert_int_equal(timer_after(&d, TIMER_PROMISE)->due,
		    decision_time(table[i].at));
		decision_done(&d);
	}
}

static void
r11_a_recorded_promise_is_a_due(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(&d, CASE_IN_PROGRESS, "lin", "#时限 11-24 12:00 师傅上门");
	assert_int_equal(case_after(&d)->promise_due,
	    decision_time("2026-11-24T12:00:00+08:00"));
	assert_non_null(timer_after(&d, TIMER_PROMISE));
	assert_non_null(sent(&d, "extension", "wang@owner.example"));
	decision_done(&d);
}

static void
r11_a_clear_time_is_a_promise_and_an_unclear_one_is_not_sent(void **state)
{
	static const struct {
		const char *own, *promise;
		bool is_sent;
	} table[] = {
		{ "您好,预计11月24日12:00前答复您。",
		    "2026-11-24T12:00:00+08:00", true },
		{ "您好,预计11-24 12:00前答复您。",
		    "2026-11-24T12:00:00+08:00", true },
		{ "您好,预计2026-11-24 12:00前答复您。",
		    "2026-11-24T12:00:00+08:00", true },
		{ "您好,师傅今天上门查看。", NULL, true },
		{ "您好,师傅11月23日9:30已到现场。", NULL, true },
		{ "您好,3-2-501的水表已核对,电话0531-00000000。", NULL,
		    true },
		{ "您好,25号上午10点上门维修。", "2026-11-25T10:00:00+08:00",
		    true },
		{ "您好,25日上午10点上门。", "2026-11-25T10:00:00+08:00", true },
		{ "您好,本月25号10:00上门。", "2026-11-25T10:00:00+08:00",
		    true },
		{ "您好,星期三10点上门。", "2026-11-25T10:00:00+08:00", true },
		{ "您好,大后天上午10点上门。", "2026-11-26T10:00:00+08:00",
		    true },
		{ "您好,下周一上午9点上门。", "2026-11-30T09:00:00+08:00",
		    true },
		{ "您好,下午三点上门。", "2026-11-23T15:00:00+08:00", true },
		{ "您好,三天内上门维修。", "2026-11-26T10:00:00+08:00", true },
		{ "您好,两小时内到。", "2026-11-23T12:00:00+08:00", true },
		{ "Dear Ms Wang, we come on 25 November at 10:00.",
		    "2026-11-25T10:00:00+08:00", true },
		{ "Dear Ms Wang, we come on Nov 25 at 10 am.",
		    "2026-11-25T10:00:00+08:00", true },
		{ "Dear Ms Wang, we come on Friday at 10:00.",
		    "2026-11-27T10:00:00+08:00", true },
		{ "Dear Ms Wang, we come next Monday at 9:30 am.",
		    "2026-11-30T09:30:00+08:00", true },
		{ "Dear Ms Wang, we come within 2 hours.",
		    "2026-11-23T12:00:00+08:00", true },
		{ "您好,师傅11月20日已更换灯泡。", NULL, true },
		{ "您好,3号楼2单元的灯已换,2号电梯正常。", NULL, true },
		{ "您好,上周三师傅来过,一周三次巡查。", NULL, true },
		{ "Dear Ms Wang, flat 3 may be wet.", NULL, true },
		{ "您好,预计12月20日12:00前更换。", NULL, false },
		{ "您好,师傅明天上午到。", NULL, false },
		{ "您好,下周一上门维修。", NULL, false },
		{ "您好,25号给您上门。", NULL, false },
		{ "您好,月底前10:00上门。", NULL, false },
		{ "您好,预计9:30上门。", NULL, false },
		{ "Please note we will answer on 25 November.", NULL, false },
		{ "Please expect us next Monday.", NULL, false },
		{ "The plumber comes at 5pm on Friday, thank you.", NULL,
		    false },
		{ "您好,11月24日12:00或11月25日12:00上门。", NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.outcome_due =
		    decision_time("2026-11-30T17:30:00+08:00");
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_int_equal(
		    sent(&d, "staff_reply", NULL) != NULL, table[i].is_sent);
		assert_int_equal(case_after(&d)->promise_due,
		    table[i].promise == NULL ?
			0 : decision_time(table[i].promise));
		assert_int_equal(timer_after(&d, TIMER_PROMISE) != NULL,
		    table[i].promise != NULL);
		assert_int_equal(
		    sent(&d, "blocked", "lin") != NULL, !table[i].is_sent);
		decision_done(&d);
	}
}

static void
r11_an_answer_at_the_promised_time_has_kept_it(void **state)
{
	static const struct {
		const char *now, *own;
		bool is_kept;
	} table[] = {
		{ "2026-11-24T10:00:00+08:00", "您好,经查是灯泡坏了,已更换。", true },
		{ "2026-11-24T13:00:00+08:00", "您好,经查是灯泡坏了,已更换。", true },
		{ "2026-11-23T15:00:00+08:00", "您好,正在联系厂家。", false },
		{ "2026-11-24T10:00:00+08:00", "您好,预计11月25日12:00前更换。",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		d.ctx.now = decision_time(table[i].now);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.promise_due =
		    decision_time("2026-11-24T12:00:00+08:00");
		decision_event(&d, "promised", "lin", 0,
		    decision_time("2026-11-23T09:10:00+08:00"));
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_non_null(sent(&d, "staff_reply", NULL));
		assert_int_equal(
		    event_count(&d, "promise_kept"), table[i].is_kept);
		assert_int_equal(
		    timer_stopped(&d, TIMER_PROMISE), table[i].is_kept);
		assert_int_equal(
		    case_after(&d)->promise_due == 0, table[i].is_kept);
		decision_done(&d);
	}
}

static void
r20_a_promise_that_has_passed_is_not_moved(void **state)
{
	static const struct {
		const char *who, *promise;
		int moved;
		bool is_first;
	} table[] = {
		{ "lin", NULL, 1, true },
		{ "lin", "2026-11-23T17:00:00+08:00", 1, false },
		{ "lin", "2026-11-23T09:50:00+08:00", 0, false },
		{ "wu", "2026-11-23T09:50:00+08:00", 1, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		if (table[i].promise != NULL)
			d.before.the_case.promise_due =
			    decision_time(table[i].promise);
		decision_staff(
		    &d, table[i].who, REPLY_MATTER, "#时限 11-24 12:00 等配件");
		decision_run(&d);
		assert_int_equal(event_count(&d, "promised"), table[i].moved);
		/* A first time is no postponement. */
		if (table[i].moved > 0)
			assert_int_equal(
			    strstr(sent(&d, "extension", NULL)->text,
				"顺延") == NULL,
			    table[i].is_first);
		decision_done(&d);
	}
}

static void
s43_an_owner_is_told_the_due_that_still_lies_ahead(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.reply_due = d.ctx.now - MSEC_MINUTE;
	d.before.the_case.outcome_due = d.ctx.now + 2 * MSEC_HOUR;
	decision_staff(&d, "lin", REPLY_MATTER, "#上报 需协调采购");
	decision_run(&d);
	assert_non_null(
	    strstr(sent(&d, "reply_time", NULL)->text, "11月23日12:00"));
	decision_done(&d);
}

static void
r23_who_has_it_now_is_told_although_a_time_was_just_told(void **state)
{
	static const char *const told[] = { NULL, "chen" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(told); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_event(&d, "owner_told_reply_time", "desk", 0,
		    d.ctx.now - MSEC_MINUTE);
		d.events[0].reason = told[i];
		decision_staff(&d, "lin", REPLY_MATTER, "#上报 需协调采购");
		decision_run(&d);
		assert_int_equal(
		    sent(&d, "reply_time", NULL) != NULL, told[i] == NULL);
		decision_done(&d);
	}
}

static void
r14_a_new_severity_moves_the_next_word_to_the_owner(void **state)
{
	static const struct {
		const char *what, *own;
		enum severity before;
		const char *heard, *was_due, *due;
	} table[] = {
		{ "graver: two hours from now", "#urgent 冒烟", SEVERITY_NORMAL,
		    "2026-11-22T18:00:00+08:00", "2026-11-25T17:30:00+08:00",
		    "2026-11-23T12:00:00+08:00" },
		{ "graver: from what they heard", "#severity major",
		    SEVERITY_NORMAL, "2026-11-23T09:00:00+08:00",
		    "2026-11-26T17:30:00+08:00", "2026-11-24T17:30:00+08:00" },
		{ "graver, and the word was due sooner", "#severity major",
		    SEVERITY_NORMAL, "2026-11-18T09:00:00+08:00",
		    "2026-11-23T17:30:00+08:00", "2026-11-23T17:30:00+08:00" },
		{ "lighter", "#severity normal", SEVERITY_EMERGENCY,
		    "2026-11-23T09:30:00+08:00", "2026-11-23T11:30:00+08:00",
		    "2026-11-26T17:30:00+08:00" },
		{ "none was due: it is from now on", "#urgent 冒烟",
		    SEVERITY_NORMAL, "2026-11-22T18:00:00+08:00", NULL,
		    "2026-11-23T12:00:00+08:00" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct case_file *file;
		struct decision d;

		print_message("%s\n", table[i].what);
		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		file = &d.before.the_case;
		file->severity = table[i].before;
		file->last_news_at = decision_time(table[i].heard);
		file->news_due = table[i].was_due == NULL
				     ? 0
				     : decision_time(table[i].was_due);
		decision_staff(&d, "chen", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_int_equal(
		    case_after(&d)->news_due, decision_time(table[i].due));
		assert_non_null(timer_after(&d, TIMER_NEWS));
		/* They have heard nothing. */
		assert_int_equal(case_after(&d)->last_news_at,
		    decision_time(table[i].heard));
		decision_done(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(r11_only_l4_promises_money),
		cmocka_unit_test(r20_an_emergency_is_extended_by_l3_only),
		cmocka_unit_test(
		    r20_the_word_of_a_promise_does_not_wait_past_the_old_time),
		cmocka_unit_test(
		    r20_an_extension_is_told_before_the_due_and_refused_after),
		cmocka_unit_test(r11_nobody_is_reminded_of_a_promise_at_night),
		cmocka_unit_test(r11_a_recorded_promise_is_a_due),
		cmocka_unit_test(
		    r11_a_clear_time_is_a_promise_and_an_unclear_one_is_not_sent),
		cmocka_unit_test(
		    r11_an_answer_at_the_promised_time_has_kept_it),
		cmocka_unit_test(r20_a_promise_that_has_passed_is_not_moved),
		cmocka_unit_test(
		    s43_an_owner_is_told_the_due_that_still_lies_ahead),
		cmocka_unit_test(
		    r23_who_has_it_now_is_told_although_a_time_was_just_told),
		cmocka_unit_test(
		    r14_a_new_severity_moves_the_next_word_to_the_owner),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
