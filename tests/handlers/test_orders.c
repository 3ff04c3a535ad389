/* Orders that a state, a channel or a slip of the pen forbids: nothing is
 * done, and the author hears why (rules.md 4.3.1). */
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/decision.h"

#include <string.h>

static void
order(struct decision *d, enum case_state state, const char *staff,
    const char *own)
{
	decision_init(d);
	decision_case(d, state);
	decision_staff(d, staff, REPLY_MATTER, own);
	decision_run(d);
}

static void
s431_what_the_case_does_not_allow_is_refused_and_changes_nothing(void **state)
{
	static const struct {
		enum case_state from;
		const char *staff, *own;
	} table[] = {
		{ CASE_CLOSED, "lin", "#urgent 冒烟" },
		{ CASE_CLOSED, "lin", "#severity major" },
		{ CASE_CLOSED, "lin", "#take" },
		{ CASE_CLOSED, "lin", "#assign engineering" },
		{ CASE_CLOSED, "sun", "#return 不属于本部门" },
		{ CASE_CLOSED, "lin", "#due 11-24 12:00 师傅上门" },
		{ CASE_CLOSED, "lin", "#extend 12-24 12:00 等配件" },
		{ CASE_CLOSED, "lin", "#escalate 需要上级协调" },
		{ CASE_CLOSED, "lin", "#spam" },
		{ CASE_CLOSED, "lin", "#resolve 已更换接头，试水正常，请放心" },
		{ CASE_MERGED, "lin", "#reopen 业主说没好" },
		{ CASE_IN_PROGRESS, "lin", "#severity 很急" },
		{ CASE_IN_PROGRESS, "lin", "#category 无此类" },
		{ CASE_IN_PROGRESS, "lin", "#after-report 已控制" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		order(&d, table[i].from, table[i].staff, table[i].own);
		assert_int_equal(event_count(&d, "refused"), 1);
		assert_string_equal(event_of(&d, "refused")->reason, "command");
		assert_int_equal(case_after(&d)->state, table[i].from);
		assert_int_equal(case_after(&d)->severity, SEVERITY_NORMAL);
		assert_int_equal(sent_count(&d, NULL), 1);
		assert_non_null(sent(&d, "refused", table[i].staff));
		/* What they wrote is kept (rules.md 4.3.1). */
		assert_string_equal(event_of(&d, "noted")->text, table[i].own);
		decision_done(&d);
	}
}

static void
s512_lowering_the_severity_by_text_takes_the_pin(void **state)
{
	static const struct {
		const char *own;
		enum severity after;
	} table[] = {
		{ "级别 0003 轻微", SEVERITY_MAJOR },
		{ "级别 0003 轻微 2468", SEVERITY_MINOR },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const struct staff *lin;
		struct decision d;
		struct config conf;
		char own[80];

		decision_init(&d);
		conf = *d.ctx.conf;
		lin = config_staff(&conf, "lin");
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = SEVERITY_MAJOR;
		decision_sms(&d, lin->phone, table[i].own);
		d.before.sender.staff = lin;
		d.before.match = MATCH_NUMBER;
		if (table[i].after == SEVERITY_MINOR) {
			(void)snprintf(
			    own, sizeof(own), "级别 0003 轻微 %s", lin->pin);
			d.message.text = d.message.own = own;
		}
		decision_run(&d);
		assert_int_equal(case_after(&d)->severity, table[i].after);
		assert_int_equal(event_count(&d, "refused"),
		    table[i].after == SEVERITY_MAJOR ? 1 : 0);
		decision_done(&d);
	}
}

static void
r24_the_highest_severity_is_an_alarm_by_whichever_order(void **state)
{
	static const char *const orders[] = { "#urgent 冒烟",
		"#severity emergency" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(orders); i++) {
		struct decision d;

		order(&d, CASE_IN_PROGRESS, "lin", orders[i]);
		assert_int_equal(case_after(&d)->severity, SEVERITY_EMERGENCY);
		assert_int_equal(event_count(&d, "alerted"), 1);
		assert_non_null(timer_after(&d, TIMER_ALERT));
		assert_non_null(sent(&d, "alert", "+8613800138003"));
		decision_done(&d);
	}
}

static void
r13_an_answer_without_a_way_to_the_owner_becomes_a_call(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.mail = d.before.the_case.phone = NULL;
	decision_staff(
	    &d, "sun", REPLY_MATTER, "您好，师傅已在路上，请您在家等候。");
	decision_run(&d);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_non_null(sent(&d, "phone_task", "lin"));
	assert_string_equal(event_of(&d, "phone_task")->reason, "no_address");
	assert_int_equal(event_count(&d, "replied"), 1);
	decision_done(&d);
}

static void
who_asks_for_help_gets_the_list_with_and_without_a_case(void **state)
{
	static const bool has_case[] = { true, false };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(has_case); i++) {
		struct decision d;

		decision_init(&d);
		if (has_case[i])
			decision_case(&d, CASE_IN_PROGRESS);
		decision_staff(&d, "sun", REPLY_MATTER, "#help");
		d.before.sender.staff = config_staff(d.ctx.conf, "sun");
		if (!has_case[i]) {
			d.before.match = MATCH_NONE;
			d.before.answered.id = 0;
		}
		decision_run(&d);
		assert_non_null(sent(&d, "command_help", "sun"));
		assert_int_equal(text_eq(bin_of(&d), "handled"), !has_case[i]);
		decision_done(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    s431_what_the_case_does_not_allow_is_refused_and_changes_nothing),
		cmocka_unit_test(
		    s512_lowering_the_severity_by_text_takes_the_pin),
		cmocka_unit_test(
		    r24_the_highest_severity_is_an_alarm_by_whichever_order),
		cmocka_unit_test(
		    r13_an_answer_without_a_way_to_the_owner_becomes_a_call),
		cmocka_unit_test(
		    who_asks_for_help_gets_the_list_with_and_without_a_case),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
