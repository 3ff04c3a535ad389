/* What staff write, and what the owner hears: rules.md 4.2, 4.3, 5.4, 5.30,
 * R4, R7, R10, R13, R15, R53. */
#include "tests/support/cmocka_fence.h"
#include "tests/support/decision.h"

#include <string.h>

#define OUTCOME "您好,已更换厨房下水弯头并试水,未再漏水。"

static void
r10_take_makes_the_handler_and_stops_the_clock(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(&d, CASE_ACKNOWLEDGED, "sun", "#接单");
	assert_string_equal(case_after(&d)->handler, "sun");
	assert_string_equal(case_after(&d)->first_responder, "lin");
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	assert_int_equal(case_after(&d)->taken_at, d.ctx.now);
	assert_int_equal(event_count(&d, "taken"), 1);
	assert_true(timer_stopped(&d, TIMER_TAKE));
	assert_non_null(sent(&d, "transcript", "sun"));
	decision_done(&d);
}

static void
s30_a_plain_reply_goes_to_the_owner_in_our_words(void **state)
{
	struct decision d;
	const struct outgoing *out;

	(void)state;
	decision_answer(&d, CASE_IN_PROGRESS, "lin", "您好,师傅已在路上。");
	out = sent(&d, "staff_reply", "wang@owner.example");
	assert_non_null(out);
	assert_non_null(strstr(out->text, "师傅已在路上"));
	assert_false(out->is_automatic);
	assert_false(out->is_outcome);
	assert_string_equal(out->in_reply_to, "90.tokentokentoken@desk.example");
	assert_int_equal(case_after(&d)->first_reply_at, d.ctx.now);
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	assert_true(timer_stopped(&d, TIMER_REPLY));
	assert_int_equal(event_count(&d, "replied"), 1);
	assert_true(transcript_has(&d, "w***@owner.example"));
	decision_done(&d);
}

static void
s30_a_plain_reply_to_a_reminder_is_a_note(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(&d, "lin", REPLY_INTERNAL, "明天再去看一次");
	decision_run(&d);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_int_equal(event_count(&d, "noted"), 1);
	decision_done(&d);
}

static void
s30_the_configuration_can_turn_replies_into_notes(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_conf(&d)->plain_reply_is_note = true;
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(&d, "lin", REPLY_MATTER, "师傅已在路上");
	decision_run(&d);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_int_equal(event_count(&d, "noted"), 1);
	decision_done(&d);
}

static void
r4_a_shirking_text_reaches_only_its_author(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(&d, CASE_IN_PROGRESS, "lin", "#回复 您好,这事不归我们管。");
	assert_null(sent(&d, "staff_reply", NULL));
	assert_non_null(sent(&d, "blocked", "lin"));
	assert_int_equal(sent_count(&d, NULL), 1);
	assert_int_equal(event_count(&d, "noted"), 1);
	assert_string_equal(event_of(&d, "refused")->reason, "wording");
	assert_int_equal(case_after(&d)->first_reply_at, 0);
	decision_done(&d);
}

static void
r7_findings_unlock_judgement(void **state)
{
	static const char text[] = "#回复 您好,经检查属于使用不当造成堵塞。";

	(void)state;
	for (int has_findings = 0; has_findings < 2; has_findings++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		if (has_findings)
			decision_event(&d, "finding", "lin", 0, d.ctx.now);
		decision_staff(&d, "lin", REPLY_MATTER, text);
		decision_run(&d);
		assert_int_equal(
		    sent(&d, "staff_reply", NULL) != NULL, has_findings);
		decision_done(&d);
	}
}

static void
r13_resolve_sends_the_outcome_and_does_not_feed_back(void **state)
{
	struct decision d;
	const struct outgoing *out;

	(void)state;
	decision_answer(&d, CASE_IN_PROGRESS, "lin", "#办结 " OUTCOME);
	out = sent(&d, "outcome", "wang@owner.example");
	assert_non_null(out);
	assert_true(out->is_outcome);
	assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
	assert_int_equal(case_after(&d)->outcome_out, out->id);
	assert_string_equal(case_after(&d)->outcome, OUTCOME);
	assert_int_equal(event_count(&d, "resolved"), 1);
	assert_int_equal(event_count(&d, "fed_back"), 0);
	assert_true(timer_stopped(&d, TIMER_OUTCOME));
	assert_true(timer_stopped(&d, TIMER_NEWS));
	decision_done(&d);
}

static void
s4_resolve_without_text_takes_the_plain_text(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(&d, CASE_IN_PROGRESS, "lin", OUTCOME "\n#办结");
	assert_non_null(sent(&d, "outcome", NULL));
	assert_null(sent(&d, "staff_reply", NULL));
	assert_string_equal(case_after(&d)->outcome, OUTCOME);
	decision_done(&d);
}

static void
r15_an_empty_outcome_is_refused(void **state)
{
	static const char *const texts[] = { "#办结 已处理", "#resolve done",
		"#办结 ok" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct decision d;

		decision_answer(&d, CASE_IN_PROGRESS, "lin", texts[i]);
		assert_null(sent(&d, "outcome", NULL));
		assert_int_equal(event_count(&d, "refused"), 1);
		assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
		decision_done(&d);
	}
}

static void
resolving_an_untaken_case_takes_it_first(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(&d, CASE_ACKNOWLEDGED, "sun", "#办结 " OUTCOME);
	assert_int_equal(event_count(&d, "taken"), 1);
	assert_int_equal(event_count(&d, "resolved"), 1);
	assert_string_equal(case_after(&d)->handler, "sun");
	decision_done(&d);
}

static void
r13_without_an_address_the_outcome_is_a_phone_task(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.mail = NULL;
	d.before.the_case.phone = NULL;
	decision_staff(&d, "sun", REPLY_MATTER, "#办结 " OUTCOME);
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
	assert_non_null(sent(&d, "phone_task", "lin"));
	assert_int_equal(event_count(&d, "phone_task"), 1);
	decision_done(&d);
}

static void
r53_a_number_that_opted_out_gets_a_mail_instead(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.channel = CHANNEL_SMS;
	d.before.phone_opted_out = true;
	decision_staff(&d, "lin", REPLY_MATTER, "#办结 " OUTCOME);
	decision_run(&d);
	assert_int_equal(sent(&d, "outcome", NULL)->channel, CHANNEL_MAIL);
	decision_done(&d);
}

static void
r13_feedback_by_phone_is_proof(void **state)
{
	struct decision d;

	(void)state;
	decision_answer(&d, CASE_RESOLVED, "lin",
	    "#反馈 电话 11-23 09:50 业主表示满意");
	assert_int_equal(case_after(&d)->state, CASE_FED_BACK);
	assert_string_equal(event_of(&d, "fed_back")->actor, "lin");
	assert_non_null(timer_after(&d, TIMER_CLOSE));
	decision_done(&d);
}

static void
r13_close_needs_level_feedback_and_a_day(void **state)
{
	static const struct {
		const char *who;
		enum case_state state;
		int hours, owed;
		enum case_state after;
	} table[] = {
		{ "lin", CASE_FED_BACK, 25, 0, CASE_FED_BACK },
		{ "chen", CASE_RESOLVED, 25, 0, CASE_RESOLVED },
		{ "chen", CASE_FED_BACK, 23, 0, CASE_FED_BACK },
		{ "chen", CASE_FED_BACK, 25, 1, CASE_FED_BACK },
		{ "chen", CASE_FED_BACK, 25, 0, CASE_CLOSED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, table[i].state);
		d.before.the_case.fed_back_at =
		    d.ctx.now - table[i].hours * MSEC_HOUR;
		d.before.the_case.after_reports = table[i].owed;
		decision_staff(&d, table[i].who, REPLY_INTERNAL, "#结案");
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, table[i].after);
		assert_int_equal(event_count(&d, "closed"),
		    table[i].after == CASE_CLOSED);
		decision_done(&d);
	}
}

static void
s431_one_error_and_nothing_is_done(void **state)
{
	static const char *const mails[] = {
		"#接单\n#assgin 工程部",
		"#接单\n#上报 L4 赔偿",
		"#办结 " OUTCOME "\n#结案",
		"#接单\n#确认业主",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(mails); i++) {
		struct decision d;

		decision_answer(&d, CASE_ACKNOWLEDGED, "lin", mails[i]);
		assert_int_equal(case_after(&d)->state, CASE_ACKNOWLEDGED);
		assert_null(case_after(&d)->handler);
		assert_int_equal(event_count(&d, "taken"), 0);
		assert_int_equal(event_count(&d, "refused"), 1);
		assert_int_equal(event_count(&d, "noted"), 1);
		assert_non_null(sent(&d, "refused", "lin"));
		assert_int_equal(sent_count(&d, NULL), 1);
		decision_done(&d);
	}
}

static void
r13_a_call_that_reached_nobody_leaves_the_outcome_owed(void **state)
{
	static const enum case_state states[] = { CASE_RESOLVED,
		CASE_IN_PROGRESS };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
		struct decision d;

		decision_answer(&d, states[i], "lin", "#反馈 电话 11-23 09:50 未接通");
		assert_int_equal(case_after(&d)->state, states[i]);
		assert_int_equal(case_after(&d)->first_reply_at, 0);
		assert_int_equal(event_count(&d, "fed_back"), 0);
		assert_string_equal(event_of(&d, "noted")->text, "未接通");
		assert_false(timer_stopped(&d, TIMER_FEEDBACK));
		decision_done(&d);
	}
}

static void
r13_an_outcome_is_owed_until_it_is_fed_back(void **state)
{
	static const struct {
		enum case_state from;
		const char *own;
		bool sets, stops;
	} table[] = {
		{ CASE_IN_PROGRESS, "#办结 " OUTCOME, true, false },
		{ CASE_RESOLVED, "#反馈 电话 11-23 09:50 业主表示满意", false,
		    true },
		{ CASE_RESOLVED, "#重开 还在漏", false, true },
		{ CASE_IN_PROGRESS, "#接单", false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		decision_answer(&d, table[i].from, "lin", table[i].own);
		assert_int_equal(
		    timer_after(&d, TIMER_FEEDBACK) != NULL, table[i].sets);
		assert_int_equal(
		    timer_stopped(&d, TIMER_FEEDBACK), table[i].stops);
		decision_done(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r10_take_makes_the_handler_and_stops_the_clock),
		cmocka_unit_test(
		    s30_a_plain_reply_goes_to_the_owner_in_our_words),
		cmocka_unit_test(s30_a_plain_reply_to_a_reminder_is_a_note),
		cmocka_unit_test(
		    s30_the_configuration_can_turn_replies_into_notes),
		cmocka_unit_test(r4_a_shirking_text_reaches_only_its_author),
		cmocka_unit_test(r7_findings_unlock_judgement),
		cmocka_unit_test(
		    r13_resolve_sends_the_outcome_and_does_not_feed_back),
		cmocka_unit_test(s4_resolve_without_text_takes_the_plain_text),
		cmocka_unit_test(r15_an_empty_outcome_is_refused),
		cmocka_unit_test(resolving_an_untaken_case_takes_it_first),
		cmocka_unit_test(
		    r13_without_an_address_the_outcome_is_a_phone_task),
		cmocka_unit_test(
		    r53_a_number_that_opted_out_gets_a_mail_instead),
		cmocka_unit_test(r13_feedback_by_phone_is_proof),
		cmocka_unit_test(r13_close_needs_level_feedback_and_a_day),
		cmocka_unit_test(s431_one_error_and_nothing_is_done),
		cmocka_unit_test(
		    r13_a_call_that_reached_nobody_leaves_the_outcome_owed),
		cmocka_unit_test(r13_an_outcome_is_owed_until_it_is_fed_back),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
