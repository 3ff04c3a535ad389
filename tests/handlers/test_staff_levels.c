/* Who has it, and who above them: R17 to R19, R22 to R25. */
#include "core/obligations.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/decision.h"

#include <string.h>

static void
r17_assigning_changes_the_handler_and_not_the_first_responder(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(&d, CASE_IN_PROGRESS, "lin", "#转派 环境部 请清理");
	assert_string_equal(case_after(&d)->department, "environment");
	assert_string_equal(case_after(&d)->first_responder, "lin");
	assert_int_equal(case_after(&d)->state, CASE_ASSIGNED);
	assert_int_equal(case_after(&d)->transfers, 1);
	assert_non_null(sent(&d, "assigned", "qian@sunshine.example"));
	assert_non_null(sent(&d, "assigned", "+8613800138013"));
	decision_done(&d);
}

static void
r19_the_third_change_of_department_goes_to_l3(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.transfers = 2;
	decision_staff(&d, "lin", REPLY_MATTER, "#转派 环境部 请清理");
	decision_run(&d);
	assert_int_equal(event_of(&d, "escalated")->level, 3);
	assert_non_null(sent(&d, "escalated", "wu"));
	assert_non_null(sent(&d, "reply_time", NULL));
	decision_done(&d);
}

static void
r19_a_case_that_stands_higher_does_not_go_down_to_l3(void **state)
{
	static const struct {
		const char *staff;
		int level;
	} table[] = { { "lin", 4 }, { "zheng", 1 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.transfers = 2;
		d.before.the_case.level = table[i].level;
		decision_staff(&d, table[i].staff, REPLY_MATTER,
		    "#转派 环境部 请清理");
		decision_run(&d);
		assert_int_equal(event_count(&d, "escalated"), 0);
		assert_int_equal(case_after(&d)->level, table[i].level);
		assert_int_equal(case_after(&d)->transfers, 3);
		decision_done(&d);
	}
}

static void
r19_after_that_l1_may_not_assign(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.transfers = 3;
	decision_staff(&d, "lin", REPLY_MATTER, "#转派 环境部 请清理");
	decision_run(&d);
	assert_int_equal(event_count(&d, "assigned"), 0);
	assert_int_equal(event_count(&d, "refused"), 1);
	decision_done(&d);
}

static void
r18_only_l2_hands_over_and_the_owner_hears(void **state)
{
	static const struct {
		const char *who, *responder;
	} table[] = { { "lin", "lin" }, { "chen", "zhou" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_answer(&d, CASE_IN_PROGRESS, table[i].who,
		    "#交接 周敏 林晓休假");
		assert_string_equal(
		    case_after(&d)->first_responder, table[i].responder);
		assert_int_equal(
		    sent(&d, "new_contact", NULL) != NULL, i == 1);
		decision_done(&d);
	}
}

static void
r22_levels_are_not_skipped(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(&d, CASE_IN_PROGRESS, "lin", "#上报 L4 业主要求赔偿");
	assert_int_equal(event_count(&d, "escalated"), 0);
	assert_null(sent(&d, "escalated", NULL));
	assert_non_null(sent(&d, "refused", "lin"));
	decision_done(&d);
}

static void
r23_an_escalation_tells_the_owner_when(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(&d, CASE_IN_PROGRESS, "lin", "#上报 业主要求赔偿");
	assert_int_equal(event_of(&d, "escalated")->level, 2);
	assert_int_equal(case_after(&d)->level, 2);
	assert_non_null(sent(&d, "escalated", "chen"));
	assert_non_null(sent(&d, "reply_time", "wang@owner.example"));
	assert_int_equal(event_count(&d, "owner_told_reply_time"), 1);
	assert_int_equal(timer_after(&d, TIMER_ESCALATION)->step, 2);
	/* Told the due that runs (5.43), and moved none. */
	assert_non_null(strstr(
	    sent(&d, "reply_time", NULL)->text, "11月24日17:30"));
	assert_int_equal(
	    case_after(&d)->reply_due, d.before.the_case.reply_due);
	decision_done(&d);
}

static void
r24_an_emergency_may_skip_and_owes_a_report(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(&d, CASE_IN_PROGRESS, "lin",
	    "#紧急 燃气浓度高\n#上报 L4 已疏散");
	assert_int_equal(case_after(&d)->severity, SEVERITY_EMERGENCY);
	assert_int_equal(case_after(&d)->level, 4);
	assert_int_equal(event_of(&d, "escalated")->level, 4);
	assert_true(case_after(&d)->after_reports > 0);
	assert_non_null(sent(&d, "alert", "zheng"));
	decision_done(&d);
}

static void
r25_an_after_report_reaches_the_skipped_level_and_pays_the_debt(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.after_reports = 1;
	decision_event(&d, "skipped", "desk", 3, d.ctx.now - MSEC_HOUR);
	decision_staff(&d, "lin", REPLY_INTERNAL,
	    "#补报 09:00报险,09:10关阀,无人受伤");
	decision_run(&d);
	assert_int_equal(case_after(&d)->after_reports, 0);
	assert_non_null(sent(&d, "after_report", "wu"));
	assert_true(timer_stopped(&d, TIMER_AFTER_REPORT));
	assert_int_equal(event_count(&d, "after_report"), 1);
	decision_done(&d);
}

static void
r25_who_had_their_report_is_owed_no_second_one(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.after_reports = 1;
	decision_event(&d, "skipped", "desk", 3, d.ctx.now - 3 * MSEC_HOUR);
	decision_event(
	    &d, "after_report", "lin", 0, d.ctx.now - 2 * MSEC_HOUR);
	decision_event(&d, "skipped", "lin", 2, d.ctx.now - MSEC_HOUR);
	decision_staff(&d, "lin", REPLY_INTERNAL, "#补报 09:00报险,09:10关阀");
	decision_run(&d);
	assert_non_null(sent(&d, "after_report", "chen"));
	assert_null(sent(&d, "after_report", "wu"));
	decision_done(&d);
}

static void
severity_moves_dues_and_down_from_emergency_takes_l2(void **state)
{
	static const struct {
		const char *who;
		enum severity before, after;
	} table[] = {
		{ "lin", SEVERITY_NORMAL, SEVERITY_MAJOR },
		{ "lin", SEVERITY_EMERGENCY, SEVERITY_EMERGENCY },
		{ "chen", SEVERITY_EMERGENCY, SEVERITY_MAJOR },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.severity = table[i].before;
		decision_staff(&d, table[i].who, REPLY_MATTER, "#级别 重大");
		decision_run(&d);
		assert_int_equal(
		    case_after(&d)->severity, table[i].after);
		/* R12: L2 hears at once of what has become major, by mail and
		 * text; not what they have just ordered themselves. */
		assert_int_equal(sent_count(&d, "new_case"),
		    table[i].before == SEVERITY_NORMAL ? 2 : 0);
		decision_done(&d);
	}
}

static void
r25_an_alarm_that_was_spam_is_owed_no_report(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.after_reports = 1;
	decision_staff(&d, "lin", REPLY_MATTER, "#spam");
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_SPAM);
	assert_true(timer_stopped(&d, TIMER_AFTER_REPORT));
	assert_false(obligation_is_owed(d.ctx.conf, &d.ctx.conf->estates[0],
	    case_after(&d), TIMER_AFTER_REPORT, d.ctx.now));
	/* Should it be none after all, the debt is there. */
	assert_int_equal(case_after(&d)->after_reports, 1);
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r17_assigning_changes_the_handler_and_not_the_first_responder),
		cmocka_unit_test(r19_the_third_change_of_department_goes_to_l3),
		cmocka_unit_test(
		    r19_a_case_that_stands_higher_does_not_go_down_to_l3),
		cmocka_unit_test(r19_after_that_l1_may_not_assign),
		cmocka_unit_test(r18_only_l2_hands_over_and_the_owner_hears),
		cmocka_unit_test(r22_levels_are_not_skipped),
		cmocka_unit_test(r23_an_escalation_tells_the_owner_when),
		cmocka_unit_test(r24_an_emergency_may_skip_and_owes_a_report),
		cmocka_unit_test(
		    r25_an_after_report_reaches_the_skipped_level_and_pays_the_debt),
		cmocka_unit_test(
		    r25_who_had_their_report_is_owed_no_second_one),
		cmocka_unit_test(
		    severity_moves_dues_and_down_from_emergency_takes_l2),
		cmocka_unit_test(r25_an_alarm_that_was_spam_is_owed_no_report),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
