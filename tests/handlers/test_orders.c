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

/* Who asked to be called has a clock of their own (rules.md 4.4); no second one
 * begins with another severity, or when it was no spam after all. */
static void
a_duty_that_was_taken_off_a_case_does_not_come_back(void **state)
{
	static const struct {
		const char *order;
		enum case_state before;
		bool has_due;
	} table[] = {
		{ "#severity major", CASE_ACKNOWLEDGED, true },
		{ "#severity major", CASE_ACKNOWLEDGED, false },
		{ "#severity minor", CASE_ACKNOWLEDGED, false },
		{ "#notspam", CASE_SPAM, true },
		{ "#notspam", CASE_SPAM, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, table[i].before);
		d.before.the_case.take_due =
		    table[i].has_due ? d.ctx.now + MSEC_HOUR : 0;
		d.before.the_case.taken_at = 0;
		decision_event(&d, "created", "owner", 0, d.ctx.now - MSEC_HOUR);
		d.events[0].state = CASE_ACKNOWLEDGED;
		decision_staff(&d, "chen", REPLY_MATTER, table[i].order);
		decision_run(&d);
		print_message("# %s %d\n", table[i].order, table[i].has_due);
		assert_null(event_of(&d, "refused"));
		assert_int_equal(
		    case_after(&d)->take_due != 0, table[i].has_due);
		assert_int_equal(
		    timer_after(&d, TIMER_TAKE) != NULL, table[i].has_due);
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
	decision_staff(&d, "sun", REPLY_MATTER, "您好，预计11月25日12:00前更换。");
	decision_run(&d);
	assert_null(sent(&d, "staff_reply", NULL));
	/* They are owed the call by the time that they were told. */
	assert_non_null(
	    strstr(sent(&d, "phone_task", "lin")->text, "11月24日17:30前"));
	assert_string_equal(event_of(&d, "phone_task")->reason, "no_address");
	assert_int_equal(event_count(&d, "replied"), 0);
	assert_int_equal(case_after(&d)->first_reply_at, 0);
	assert_null(strstr(sent(&d, "transcript", "sun")->text, "已办结"));
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

static void
r20_who_cannot_be_written_to_is_phoned_before_the_old_time(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.mail = d.before.the_case.phone = NULL;
	decision_staff(&d, "lin", REPLY_MATTER, "#延期 11-25 17:00 等配件");
	decision_run(&d);
	assert_non_null(
	    strstr(sent(&d, "phone_task", "lin")->text, "11月24日17:30前"));
	assert_non_null(
	    strstr(sent(&d, "phone_task", "lin")->text, "11月25日17:00"));
	assert_null(strstr(sent(&d, "transcript", "lin")->text, "已告知业主"));
	decision_done(&d);
}

static void
s43_a_closed_case_is_not_said_to_wait_for_its_feedback(void **state)
{
	struct decision d;

	(void)state;
	order(&d, CASE_CLOSED, "chen", "#结案");
	assert_int_equal(event_count(&d, "closed"), 0);
	assert_null(
	    strstr(event_of(&d, "refused")->text, "尚未反馈"));
	decision_done(&d);
}

static void
r20_a_severity_moves_no_time_that_the_owner_was_told(void **state)
{
	static const struct {
		const char *what, *own, *reply_due, *after;
		enum severity before;
		bool is_extended;
	} table[] = {
		{ "the same again", "#级别 一般", "2026-11-26T17:00:00+08:00",
		    "2026-11-26T17:00:00+08:00", SEVERITY_NORMAL, false },
		{ "graver, but extended", "#级别 重大",
		    "2026-11-26T17:00:00+08:00", "2026-11-26T17:00:00+08:00",
		    SEVERITY_NORMAL, true },
		{ "graver, and told sooner", "#级别 重大",
		    "2026-11-23T10:30:00+08:00", "2026-11-23T10:30:00+08:00",
		    SEVERITY_NORMAL, false },
		{ "overdue stays so", "#级别 一般", "2026-11-23T09:50:00+08:00",
		    "2026-11-23T09:50:00+08:00", SEVERITY_MAJOR, false },
		{ "lighter", "#级别 一般", "2026-11-23T13:00:00+08:00",
		    "2026-11-24T17:30:00+08:00", SEVERITY_MAJOR, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].what);
		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = table[i].before;
		d.before.the_case.reply_due = decision_time(table[i].reply_due);
		if (table[i].is_extended) {
			decision_event(&d, "extended", "lin", 0,
			    d.ctx.now - MSEC_MINUTE);
			d.events[0].reason = "reply";
		}
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_int_equal(case_after(&d)->reply_due,
		    decision_time(table[i].after));
		decision_done(&d);
	}
}

static void
s11_only_its_author_or_a_supervisor_takes_a_reply_back(void **state)
{
	static const struct {
		const char *who;
		enum severity severity;
		bool is_undone, is_noticed;
	} table[] = {
		{ "lin", SEVERITY_NORMAL, true, false },
		{ "sun", SEVERITY_NORMAL, false, false },
		{ "chen", SEVERITY_NORMAL, true, true },
		{ "lin", SEVERITY_EMERGENCY, false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_conf(&d)->undo_seconds = 60;
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = table[i].severity;
		decision_event(&d, "replied", "lin", 0,
		    d.ctx.now - 20 * MSEC_SECOND);
		decision_held(
		    &d, "staff_reply", d.ctx.now - 20 * MSEC_SECOND);
		if (table[i].severity == SEVERITY_EMERGENCY)
			d.before.sent[0].not_before =
			    d.before.sent[0].created_at;
		decision_staff(&d, table[i].who, REPLY_MATTER, "#撤回");
		decision_run(&d);
		assert_int_equal(
		    event_count(&d, "undone"), table[i].is_undone);
		assert_int_equal(
		    sent(&d, "notice", "lin") != NULL, table[i].is_noticed);
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
		cmocka_unit_test(a_duty_that_was_taken_off_a_case_does_not_come_back),
		cmocka_unit_test(
		    r24_the_highest_severity_is_an_alarm_by_whichever_order),
		cmocka_unit_test(
		    r13_an_answer_without_a_way_to_the_owner_becomes_a_call),
		cmocka_unit_test(
		    r20_who_cannot_be_written_to_is_phoned_before_the_old_time),
		cmocka_unit_test(
		    s43_a_closed_case_is_not_said_to_wait_for_its_feedback),
		cmocka_unit_test(
		    r20_a_severity_moves_no_time_that_the_owner_was_told),
		cmocka_unit_test(
		    s11_only_its_author_or_a_supervisor_takes_a_reply_back),
		cmocka_unit_test(
		    who_asks_for_help_gets_the_list_with_and_without_a_case),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
