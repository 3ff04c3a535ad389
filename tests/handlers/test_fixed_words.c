/* Words with a fixed meaning, and what has none: R42, R53, rules.md 4.4, 5.19.
 */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/cleanup.h"
#include "tests/support/decision.h"
#include "tests/support/wang.h"

static void
r53_opting_out_is_confirmed_once(void **state)
{
	for (int was_out = 0; was_out < 2; was_out++) {
		struct decision d;

		(void)state;
		wang_texts(&d, "TD");
		d.before.sender.is_opted_out = was_out;
		decision_run(&d);
		assert_int_equal(d.out.list[0].kind, EFFECT_OPT);
		assert_true(d.out.list[0].opt.is_out);
		assert_string_equal(
		    d.out.list[0].opt.address, "+8613900139001");
		assert_int_equal(sent_count(&d, "optout"), was_out ? 0 : 1);
		assert_string_equal(bin_of(&d), "handled");
		decision_done(&d);
	}
}

static void
r53_the_cases_of_all_estates_say_it(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "TD");
	d.before.open_case_count = 1;
	d.before.open_cases[0] = (struct case_brief){ .id = 3 };
	d.before.open_anywhere_count = 2;
	d.before.open_anywhere[0] = (struct case_brief){ .id = 4 };
	d.before.open_anywhere[1] = d.before.open_cases[0];
	decision_run(&d);
	assert_int_equal(event_count(&d, "opted_out"), 2);
	decision_done(&d);
}

static void
r53_after_an_opt_out_no_prompt_is_sent(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "5");
	d.before.sender.is_opted_out = true;
	decision_run(&d);
	assert_string_equal(bin_of(&d), "unclear");
	assert_int_equal(sent_count(&d, NULL), 0);
	decision_done(&d);
}

static void
what_is_no_number_gets_no_text(void **state)
{
	static const char *const senders[] = { "10086", "BANK", "" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(senders); i++) {
		struct decision d;

		decision_init(&d);
		decision_sms(&d, senders[i], "1");
		decision_run(&d);
		assert_int_equal(sent_count(&d, NULL), 0);
		decision_done(&d);
	}
}

static void
r42_a_number_that_is_not_theirs_and_one_that_is_not_look_the_same(
    void **state)
{
	struct decision missing, foreign;

	(void)state;
	wang_texts(&missing, "进度 T261123-9999");
	decision_run(&missing);
	wang_texts(&foreign, "进度 T261123-0003");
	foreign.before.named_case_refused = true;
	decision_run(&foreign);
	assert_string_equal(sent(&missing, "status_none", NULL)->text,
	    sent(&foreign, "status_none", NULL)->text);
	assert_string_equal(sent(&missing, "status_none", NULL)->to,
	    sent(&foreign, "status_none", NULL)->to);
	assert_int_equal(sent(&foreign, "status_none", NULL)->case_id, 0);
	assert_int_equal(missing.out.count, foreign.out.count);
	decision_done(&missing);
	decision_done(&foreign);
}

static void
r42_who_names_no_case_is_told_of_the_one_that_was_answered(void **state)
{
	static const struct {
		case_id id;
		const char *template_name, *says;
	} table[] = {
		{ 3, "status", "T261123-0003" },
		{ 0, "status_none", "没有办理中的事项" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		wang_texts(&d, "进度");
		d.before.answered_case = (struct case_brief){ .id = table[i].id,
			.number = "T261123-0003",
			.state = CASE_FED_BACK };
		decision_run(&d);
		assert_non_null(
		    strstr(sent(&d, table[i].template_name, NULL)->text,
			table[i].says));
		assert_int_equal(sent_count(&d, NULL), 1);
		decision_done(&d);
	}
}

static void
r42_the_own_case_is_told(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "进度 T261123-0003");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.match = MATCH_NUMBER;
	d.before.sender.is_participant = true;
	decision_run(&d);
	assert_non_null(strstr(sent(&d, "status", NULL)->text, "T261123-0003"));
	assert_int_equal(sent_count(&d, NULL), 1);
	decision_done(&d);
}

static void
r42_the_own_case_is_told_by_mail_too(void **state)
{
	struct decision d;

	(void)state;
	wang_answers(&d, CASE_IN_PROGRESS,
	    "您好!\n请问 T261123-0003 处理到哪一步了？谢谢！");
	d.before.sender.is_participant = true;
	decision_run(&d);
	assert_non_null(strstr(
	    sent(&d, "status", "wang@owner.example")->text, "T261123-0003"));
	assert_int_equal(sent_count(&d, NULL), 1);
	assert_string_equal(bin_of(&d), "handled");
	assert_int_equal(event_count(&d, "followup"), 0);
	decision_done(&d);
}

static void
r42_a_token_that_was_passed_on_tells_no_state(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "进度 T261123-0003");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.match = MATCH_TOKEN;
	decision_run(&d);
	assert_null(sent(&d, "status", NULL));
	assert_non_null(sent(&d, "status_none", NULL));
	decision_done(&d);
}

static void
r42_the_sixth_question_in_an_hour_is_not_answered(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "进度 T261123-9999");
	d.before.sender.status_queries_hour = 5;
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_string_equal(bin_of(&d), "handled");
	decision_done(&d);
}

static void
s44_a_call_back_is_asked_of_the_duty_agent_within_half_an_hour(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "回电");
	decision_run(&d);
	assert_non_null(
	    strstr(sent(&d, "phone_task", "lin")->text, "+8613900139001"));
	assert_non_null(strstr(sent(&d, "phone_task", "lin")->text, "回电"));
	assert_non_null(strstr(
	    sent(&d, "callback", "+8613900139001")->text, "10:30"));
	decision_done(&d);
}

static void
s44_withdrawing_is_confirmed_first(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "撤回 T261123-0003");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.match = MATCH_NUMBER;
	d.before.sender.is_participant = true;
	decision_run(&d);
	assert_non_null(sent(&d, "withdraw_ask", "+8613900139001"));
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	decision_done(&d);

	wang_texts(&d, "是");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.match = MATCH_OPEN_PHONE;
	d.before.sender.is_participant = true;
	decision_event(
	    &d, "withdraw_asked", "owner", 0, d.ctx.now - MSEC_HOUR);
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_WITHDRAWN);
	assert_non_null(sent(&d, "withdrawn", NULL));
	assert_null(sent(&d, "followup", NULL));
	assert_non_null(
	    strstr(sent(&d, "notice", "lin")->text, "业主已撤回"));
	assert_true(timer_stopped(&d, TIMER_REPLY));
	decision_done(&d);
}

static void
an_unclear_text_gets_one_prompt_within_the_brakes(void **state)
{
	for (int braked = 0; braked < 2; braked++) {
		struct decision d;

		(void)state;
		wang_texts(&d, "?");
		d.before.sender.automatic.in_10min = braked ? 5 : 0;
		decision_run(&d);
		assert_string_equal(bin_of(&d), "unclear");
		assert_int_equal(sent_count(&d, NULL), braked ? 0 : 1);
		decision_done(&d);
	}
}

/* The answer to who writes about no case is stopped by caps too; the first stop
 * of a day is told, whatever was told of other caps. */
static void
caps_stop_an_answer_and_tell_it_once(void **state)
{
	static const struct {
		int64_t texts;
		size_t prompts, told_supervisor, told_admin;
		int all;
		enum cap told;
	} table[] = {
		{ 4999, 1, 0, 0, 19, CAP_NONE },
		{ 0, 0, 1, 0, 20, CAP_NONE },
		{ 0, 0, 0, 0, 20, CAP_NUMBER },
		{ 5000, 0, 1, 1, 0, CAP_NUMBER },
		{ 5000, 0, 0, 0, 0, CAP_TEXTS },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		wang_texts(&d, "?");
		d.before.sender.texts.all = table[i].all;
		d.before.spent.texts = table[i].texts;
		d.before.cap_is_told[table[i].told] = true;
		decision_run(&d);
		assert_int_equal(sent_count(&d, "unclear"), table[i].prompts);
		assert_int_equal(
		    sent_count(&d, "sms_cap"), table[i].told_supervisor);
		assert_int_equal(
		    sent_count(&d, "sms_cap_admin"), table[i].told_admin);
		decision_done(&d);
	}
}

static void
spam_is_never_answered(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_mail(&d, "sales@shop.example",
	    "代开各行业发票,点数优惠,先验后付,联系微信。");
	decision_run(&d);
	assert_string_equal(bin_of(&d), "spam");
	assert_int_equal(d.out.count, 1);
	decision_done(&d);
}

static void
s44_a_call_back_about_a_case_is_asked_of_its_first_responder(void **state)
{
	struct decision d;

	(void)state;
	wang_texts(&d, "回电");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.first_responder = "zhou";
	d.before.sender.is_participant = true;
	d.before.match = MATCH_OPEN_PHONE;
	decision_run(&d);
	assert_non_null(sent(&d, "phone_task", "zhou"));
	assert_string_equal(event_of(&d, "phone_task")->reason, "callback");
	assert_int_equal(sent_count(&d, "callback"), 1);
	assert_null(bin_of(&d));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(r53_opting_out_is_confirmed_once),
		cmocka_unit_test(r53_the_cases_of_all_estates_say_it),
		cmocka_unit_test(r53_after_an_opt_out_no_prompt_is_sent),
		cmocka_unit_test(what_is_no_number_gets_no_text),
		cmocka_unit_test(
		    r42_a_number_that_is_not_theirs_and_one_that_is_not_look_the_same),
		cmocka_unit_test(
		    r42_who_names_no_case_is_told_of_the_one_that_was_answered),
		cmocka_unit_test(r42_the_own_case_is_told),
		cmocka_unit_test(r42_the_own_case_is_told_by_mail_too),
		cmocka_unit_test(r42_a_token_that_was_passed_on_tells_no_state),
		cmocka_unit_test(
		    r42_the_sixth_question_in_an_hour_is_not_answered),
		cmocka_unit_test(
		    s44_a_call_back_is_asked_of_the_duty_agent_within_half_an_hour),
		cmocka_unit_test(s44_withdrawing_is_confirmed_first),
		cmocka_unit_test(
		    an_unclear_text_gets_one_prompt_within_the_brakes),
		cmocka_unit_test(caps_stop_an_answer_and_tell_it_once),
		cmocka_unit_test(spam_is_never_answered),
		cmocka_unit_test(
		    s44_a_call_back_about_a_case_is_asked_of_its_first_responder),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
