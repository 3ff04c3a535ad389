/* Owners who write again, and in which tone: R5, R23, R24, R39, R45, rules.md
 * 4.3.3, 5.1, 5.23. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/cleanup.h"
#include "tests/support/decision.h"
#include "tests/support/wang.h"

static void
s433_a_follow_up_is_told_to_handler_and_first_responder(void **state)
{
	struct decision d;

	(void)state;
	wang_answers(&d, CASE_IN_PROGRESS, "今天晚上七点以后家里有人。");
	d.before.the_case.handler = "sun";
	decision_run(&d);
	assert_int_equal(event_count(&d, "followup"), 1);
	assert_non_null(sent(&d, "followup", "lin"));
	assert_non_null(sent(&d, "followup", "sun"));
	assert_int_equal(sent(&d, "followup", "sun")->reply_kind, REPLY_MATTER);
	assert_int_equal(sent_count(&d, NULL), 2);
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	decision_done(&d);
}

static void
s433_thanks_alone_cost_nobody_any_time(void **state)
{
	static const char *const texts[] = { "谢谢", "好的,收到,谢谢!",
		"Thanks, ok." };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct decision d;

		wang_answers(&d, CASE_CLOSED, texts[i]);
		d.before.the_case.closed_at = d.ctx.now - MSEC_DAY;
		decision_run(&d);
		assert_int_equal(sent_count(&d, NULL), 0);
		assert_int_equal(event_count(&d, "followup"), 1);
		assert_int_equal(case_after(&d)->state, CASE_CLOSED);
		decision_done(&d);
	}
}

static void
s433_that_it_works_is_news_only_while_the_case_is_open(void **state)
{
	static const struct {
		enum case_state state;
		const char *own;
		bool is_told;
		int reopened;
	} table[] = {
		{ CASE_FED_BACK, "It works now, thank you very much", false, 0 },
		{ CASE_CLOSED, "谢谢,已修好", false, 0 },
		{ CASE_CLOSED, "修好了吗?", true, 1 },
		{ CASE_IN_PROGRESS, "谢谢,已修好", true, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		wang_answers(&d, table[i].state, table[i].own);
		d.before.the_case.fed_back_at =
		    case_is_open(table[i].state) ? 0 : d.ctx.now - MSEC_DAY;
		d.before.the_case.closed_at = d.before.the_case.fed_back_at;
		decision_run(&d);
		print_message("%s\n", table[i].own);
		assert_int_equal(event_count(&d, "followup"), 1);
		assert_int_equal(sent_count(&d, NULL) > 0, table[i].is_told);
		assert_int_equal(
		    event_count(&d, "reopened"), table[i].reopened);
		decision_done(&d);
	}
}

static void
s23_within_seven_days_it_reopens(void **state)
{
	static const struct {
		const char *own;
		enum case_state before;
		int level;
		const char *handler;
	} table[] = {
		{ "没修好,还在漏。", CASE_CLOSED, 2, "chen" },
		{ "没修好,还在漏。", CASE_FED_BACK, 2, "chen" },
		{ "水表读数请再核对一下。", CASE_CLOSED, 1, "sun" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		wang_answers(&d, table[i].before, table[i].own);
		d.before.the_case.handler = "sun";
		d.before.the_case.fed_back_at = d.ctx.now - 6 * MSEC_DAY;
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, CASE_REOPENED);
		assert_int_equal(case_after(&d)->reopened, 1);
		assert_int_equal(case_after(&d)->level, table[i].level);
		assert_string_equal(case_after(&d)->handler, table[i].handler);
		assert_string_equal(case_after(&d)->first_responder, "lin");
		assert_int_equal(event_count(&d, "reopened"), 1);
		assert_non_null(sent(&d, "reopened", "wang@owner.example"));
		assert_non_null(sent(&d, "reopened_staff", "lin"));
		assert_non_null(sent(&d, "reopened_staff", table[i].handler));
		assert_true(case_after(&d)->reply_due > d.ctx.now);
		assert_non_null(timer_after(&d, TIMER_REPLY));
		assert_true(timer_stopped(&d, TIMER_RATING));
		decision_done(&d);
	}
}

static void
r39_a_second_reopening_goes_to_l4_and_never_to_the_handler(void **state)
{
	struct decision d;

	(void)state;
	wang_answers(&d, CASE_CLOSED, "没修好,还在漏。");
	d.before.the_case.closed_at = d.ctx.now - MSEC_DAY;
	d.before.the_case.reopened = 1;
	d.before.the_case.level = 2;
	d.before.the_case.handler = "zheng";
	decision_run(&d);
	assert_string_equal(case_after(&d)->handler, "he");
	assert_int_equal(event_of(&d, "escalated")->level, 5);
	decision_done(&d);
}

static void
s23_after_seven_days_it_is_a_case_of_its_own(void **state)
{
	struct decision d;

	(void)state;
	wang_answers(&d, CASE_CLOSED, "厨房水管又漏水了,请派人来看看。");
	d.before.the_case.closed_at = d.ctx.now - 8 * MSEC_DAY;
	decision_run(&d);
	assert_int_equal(case_after(&d)->id, 7);
	assert_string_equal(case_after(&d)->number, "T261123-0007");
	assert_string_equal(event_of(&d, "created")->reason, "T261123-0003");
	assert_non_null(sent(&d, "ack", "wang@owner.example"));
	assert_int_equal(event_count(&d, "reopened"), 0);
	decision_done(&d);
}

static void
s1_danger_in_a_follow_up_raises_the_alarm(void **state)
{
	static const enum case_state states[] = { CASE_IN_PROGRESS,
		CASE_CLOSED };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
		struct decision d;

		wang_answers(
		    &d, states[i], "现在家里有很浓的燃气味,快来人!");
		d.before.the_case.closed_at = d.ctx.now - MSEC_DAY;
		decision_run(&d);
		assert_int_equal(
		    case_after(&d)->severity, SEVERITY_EMERGENCY);
		assert_true(case_is_open(case_after(&d)->state));
		assert_int_equal(case_after(&d)->id, 3);
		assert_int_equal(sent_count(&d, "alert"), 8);
		assert_non_null(
		    strstr(sent(&d, "alert", "chen")->text, "很浓的燃气味"));
		assert_non_null(
		    sent(&d, "ack_emergency", "wang@owner.example"));
		assert_non_null(sent(&d, "ack_emergency", "+8613900139001"));
		decision_done(&d);
	}
}

static void
r24_what_is_new_in_an_emergency_is_alarmed_anew(void **state)
{
	static const struct {
		const char *own;
		bool had_place;
		int alerts;
		const char *shows;
	} table[] = {
		{ "有人触电受伤了，快叫救护车！", true, 8, "触电受伤" },
		{ "在3号楼2单元501。", false, 8, "3号楼2单元501室" },
		{ "在3号楼2单元501。", true, 0, NULL },
		{ "钥匙在物业那里。", false, 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		wang_answers(&d, CASE_IN_PROGRESS, table[i].own);
		d.before.the_case.severity = SEVERITY_EMERGENCY;
		d.before.the_case.taken_at = d.ctx.now - MSEC_MINUTE;
		if (!table[i].had_place)
			d.before.the_case.place = (struct place){ 0 };
		decision_run(&d);
		print_message("%s\n", table[i].own);
		assert_int_equal(sent_count(&d, "alert"), table[i].alerts);
		if (table[i].alerts > 0)
			assert_non_null(strstr(
			    sent(&d, "alert", "chen")->text, table[i].shows));
		/* It is one emergency, and one report is owed. */
		assert_int_equal(event_count(&d, "skipped"), 0);
		assert_int_equal(sent_count(&d, "ack_emergency"), 0);
		decision_done(&d);
	}
}

static void
a_stranger_with_a_case_number_opens_a_case_of_their_own(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_mail(&d, "liu@owner.example",
	    "T261123-0003 3-2-502厨房水管漏水,请派人来看看。");
	d.before.named_case_refused = true;
	decision_run(&d);
	assert_int_equal(case_after(&d)->id, 7);
	assert_null(strstr(sent(&d, "ack", NULL)->text, "T261123-0003"));
	decision_done(&d);
}

static void
r23_who_is_not_satisfied_hears_when_or_is_phoned(void **state)
{
	static const struct {
		bool has_address;
		const char *event;
	} table[] = { { true, "owner_told_reply_time" },
		{ false, "phone_task" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_FED_BACK);
		decision_owner(&d);
		d.before.the_case.fed_back_at = d.ctx.now - MSEC_DAY;
		d.before.the_case.handler = "sun";
		decision_mail(&d, "wang@owner.example", "没修好,还是漏水。");
		d.before.match = MATCH_TOKEN;
		if (!table[i].has_address)
			d.before.the_case.mail = d.before.the_case.phone = NULL;
		decision_run(&d);
		assert_int_equal(event_count(&d, "escalated"), 1);
		assert_int_equal(event_count(&d, table[i].event), 1);
		decision_done(&d);
	}
}

static void
r39_a_second_reopening_never_goes_down(void **state)
{
	static const struct {
		int level, reopened, after;
	} table[] = { { 1, 0, 2 }, { 1, 1, 4 }, { 4, 1, 5 }, { 5, 1, 5 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_FED_BACK);
		decision_owner(&d);
		d.before.the_case.fed_back_at = d.ctx.now - MSEC_DAY;
		d.before.the_case.handler = "sun";
		d.before.the_case.level = table[i].level;
		d.before.the_case.reopened = table[i].reopened;
		decision_mail(&d, "wang@owner.example", "没修好,还是漏水。");
		d.before.match = MATCH_TOKEN;
		decision_run(&d);
		assert_int_equal(case_after(&d)->level, table[i].after);
		assert_string_not_equal(case_after(&d)->handler, "sun");
		/* R27: the reviewer must take it. */
		assert_int_equal(timer_after(&d, TIMER_ESCALATION)->step,
		    table[i].after);
		decision_done(&d);
	}
}

static void
r5_anger_in_a_later_message_asks_for_a_call(void **state)
{
	static const struct {
		const char *own;
		enum severity severity;
		bool is_call;
	} table[] = {
		{ "太过分了!!!到底管不管!", SEVERITY_NORMAL, true },
		{ "请问什么时候来修?", SEVERITY_NORMAL, false },
		{ "太过分了!!!到底管不管!", SEVERITY_EMERGENCY, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_owner(&d);
		d.before.the_case.severity = table[i].severity;
		decision_mail(&d, "wang@owner.example", table[i].own);
		d.before.match = MATCH_TOKEN;
		decision_run(&d);
		assert_int_equal(event_count(&d, "call_task"), table[i].is_call);
		assert_int_equal(
		    timer_after(&d, TIMER_CALL) != NULL, table[i].is_call);
		assert_int_equal(case_after(&d)->agitated, table[i].is_call);
		decision_done(&d);
	}
}

static void
r45_abuse_in_a_later_message_is_told_to_the_supervisor_once(void **state)
{
	static const struct {
		bool was_hostile, is_told;
	} table[] = { { false, true }, { true, false } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_owner(&d);
		d.before.the_case.hostile = table[i].was_hostile;
		decision_mail(&d, "wang@owner.example", "你们这帮混蛋,还没来修");
		d.before.match = MATCH_TOKEN;
		decision_run(&d);
		assert_true(case_after(&d)->hostile);
		assert_int_equal(
		    sent(&d, "followup", "chen") != NULL, table[i].is_told);
		/* No text of ours answers it. */
		assert_null(sent(&d, NULL, "wang@owner.example"));
		decision_done(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    s433_a_follow_up_is_told_to_handler_and_first_responder),
		cmocka_unit_test(s433_thanks_alone_cost_nobody_any_time),
		cmocka_unit_test(
		    s433_that_it_works_is_news_only_while_the_case_is_open),
		cmocka_unit_test(s23_within_seven_days_it_reopens),
		cmocka_unit_test(
		    r39_a_second_reopening_goes_to_l4_and_never_to_the_handler),
		cmocka_unit_test(s23_after_seven_days_it_is_a_case_of_its_own),
		cmocka_unit_test(s1_danger_in_a_follow_up_raises_the_alarm),
		cmocka_unit_test(
		    r24_what_is_new_in_an_emergency_is_alarmed_anew),
		cmocka_unit_test(
		    a_stranger_with_a_case_number_opens_a_case_of_their_own),
		cmocka_unit_test(r5_anger_in_a_later_message_asks_for_a_call),
		cmocka_unit_test(
		    r45_abuse_in_a_later_message_is_told_to_the_supervisor_once),
		cmocka_unit_test(
		    r23_who_is_not_satisfied_hears_when_or_is_phoned),
		cmocka_unit_test(r39_a_second_reopening_never_goes_down),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
