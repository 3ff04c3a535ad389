/* Whose word counts, by mail and by text: rules.md 4.4, 5.12, 5.31, R9. */
#include "tests/support/cmocka_fence.h"
#include "tests/support/decision.h"

#include <string.h>

#define OUTCOME "您好,已更换厨房下水弯头并试水,未再漏水。"

static void
text_of(struct decision *d, const char *own)
{
	decision_init(d);
	decision_case(d, CASE_ACKNOWLEDGED);
	decision_sms(d, "+8613800138001", own);
	d->before.match = MATCH_NUMBER;
	decision_run(d);
}

static void
s512_without_token_or_pin_it_is_kept_and_l2_is_told(void **state)
{
	static const struct {
		const char *why, *own, *person, *auth;
		enum match_by match;
		bool done;
	} table[] = {
		{ "the number in the subject is no proof", "#接单", NULL,
		    "mx.sunshine.example; dkim=pass", MATCH_NUMBER, false },
		{ "a token of somebody else", "#接单", "zhou",
		    "mx.sunshine.example; dkim=pass", MATCH_TOKEN, false },
		{ "a failing check beats the token", "#接单", "lin",
		    "mx.sunshine.example; dkim=pass; spf=fail", MATCH_TOKEN,
		    false },
		{ "no result from a staff domain", "#接单", "lin",
		    "mx.elsewhere.example; dkim=pass", MATCH_TOKEN, false },
		{ "the PIN is proof", "#接单 2580", NULL,
		    "mx.sunshine.example; dkim=pass", MATCH_NUMBER, true },
		{ "a wrong PIN is none", "#接单 2581", NULL,
		    "mx.sunshine.example; dkim=pass", MATCH_NUMBER, false },
		{ "the own token is proof", "#接单", "lin",
		    "mx.sunshine.example; dkim=pass", MATCH_TOKEN, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].why);
		decision_init(&d);
		decision_case(&d, CASE_ACKNOWLEDGED);
		decision_staff(&d, "lin", REPLY_MATTER, table[i].own);
		d.before.match = table[i].match;
		d.before.answered.person = table[i].person;
		d.message.auth_results[0] = table[i].auth;
		decision_run(&d);
		assert_int_equal(
		    event_count(&d, "taken"), table[i].done ? 1 : 0);
		assert_int_equal(
		    event_count(&d, "refused"), table[i].done ? 0 : 1);
		assert_int_equal(sent(&d, "unverified", "chen") != NULL,
		    !table[i].done);
		decision_done(&d);
	}
}

static void
s512_an_unverified_mail_sends_nothing_to_the_owner(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(&d, "lin", REPLY_MATTER, "您好,赔您一万元。");
	d.message.auth_results[0] = "mx.sunshine.example; dmarc=fail";
	decision_run(&d);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_string_equal(event_of(&d, "refused")->text, d.message.own);
	assert_string_equal(event_of(&d, "refused")->reason, "authentication");
	decision_done(&d);
}

static void
s12_a_forged_new_matter_is_no_case(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_mail(&d, "lin@sunshine.example", "3-2-501漏水");
	d.message.auth_results[0] = "mx.sunshine.example; spf=fail";
	decision_run(&d);
	assert_null(case_after(&d));
	assert_string_equal(bin_of(&d), "unclear");
	assert_non_null(sent(&d, "unverified", "chen"));
	decision_done(&d);
}

static void
r9_who_is_complained_about_finds_no_case(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.kind = KIND_COMPLAINT;
	d.before.the_case.text = "林晓态度恶劣";
	decision_staff(&d, "lin", REPLY_MATTER, "#查看");
	decision_run(&d);
	assert_null(case_after(&d));
	assert_null(strstr(sent(&d, "refused", "lin")->text, "T261123-0003"));
	assert_null(sent(&d, "case_sheet", NULL));
	decision_done(&d);
}

static void
s31_a_department_touches_only_its_own_cases(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_mail(&d, "qian@sunshine.example", "#接单 2580");
	d.before.match = MATCH_NUMBER;
	decision_run(&d);
	assert_int_equal(event_count(&d, "taken"), 0);
	assert_string_equal(bin_of(&d), "unclear");
	decision_done(&d);
}

static void
s44_staff_work_by_text(void **state)
{
	static const struct {
		const char *own, *event;
	} table[] = {
		{ "接单 0003", "taken" },
		{ "take 0003", "taken" },
		{ "备注 0003 已联系业主", "noted" },
		{ "办结 0003 " OUTCOME, "resolved" },
		{ "上报 0003 需要停水", "escalated" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		text_of(&d, table[i].own);
		assert_non_null(event_of(&d, table[i].event));
		assert_non_null(sent(&d, "transcript", "+8613800138001"));
		decision_done(&d);
	}
}

static void
s44_one_answers_the_alert_that_is_meant(void **state)
{
	static const struct {
		const char *own;
		bool has_case, is_alarm;
		size_t alerts;
		const char *said; /* NULL: it is taken */
	} table[] = {
		{ "1", true, true, 1, NULL },
		{ " １ ", true, true, 1, NULL },
		{ "1。", true, true, 1, NULL },
		{ "1 0003", true, true, 0, NULL },
		{ "1. T261123-0003", true, true, 0, NULL },
		{ "1 0003", true, false, 0, "近30分钟没有等您确认的报警" },
		{ "1", false, false, 0, "近30分钟没有等您确认的报警" },
		{ "1", false, false, 2, "请写明是哪一起报警:\"1 0001\"" },
		{ "1 收到", false, false, 0, "近30分钟没有等您确认的报警" },
		{ "1号楼", false, false, 0, "看不懂这条短信" },
		{ "1 2580", true, true, 1, NULL },
		{ "1、接单", true, true, 1, NULL },
		{ "收到", true, true, 1, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *out;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		if (table[i].has_case)
			decision_case(&d, CASE_ACKNOWLEDGED);
		decision_sms(&d, "+8613800138001", table[i].own);
		d.before.match = MATCH_NUMBER;
		if (table[i].is_alarm)
			d.before.the_case.severity = SEVERITY_EMERGENCY;
		d.before.alert_count = table[i].alerts;
		d.before.alerts[0].number = "T261123-0001";
		d.before.alerts[1].number = "T261123-0002";
		decision_run(&d);
		out = sent(&d,
		    table[i].said == NULL ? "transcript" :
		    strstr(table[i].said, "没有等您") != NULL ? "no_alert" :
								"refused",
		    "+8613800138001");
		assert_non_null(out);
		assert_int_equal(
		    event_count(&d, "taken"), table[i].said == NULL);
		assert_true(table[i].said == NULL ||
			    strstr(out->text, table[i].said) != NULL);
		decision_done(&d);
	}
}

static void
s44_of_several_alerts_it_is_asked_which(void **state)
{
	static const struct {
		enum language language;
		const char *said;
	} table[] = {
		{ LANGUAGE_ZH,
		    "请写明是哪一起报警:\"1 0001\" 3号楼1单元101室; "
		    "\"1 0002\" 3号楼1单元102室" },
		{ LANGUAGE_EN,
		    "Please say which alert: \"1 0001\" " },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		struct staff lin;

		decision_init(&d);
		decision_sms(&d, "+8613800138001", "1");
		lin = *d.before.sender.staff;
		lin.language = table[i].language;
		d.before.sender.staff = &lin;
		d.before.alert_count = 2;
		d.before.alerts[0] = (struct case_brief){
			.number = "T261123-0001",
			.place = { .building = "3", .unit = "1", .room = "101" },
		};
		d.before.alerts[1] = (struct case_brief){
			.number = "T261123-0002",
			.place = { .building = "3", .unit = "1", .room = "102" },
		};
		decision_run(&d);
		assert_non_null(strstr(
		    sent(&d, "refused", "+8613800138001")->text,
		    table[i].said));
		decision_done(&d);
	}
}

static void
s12_a_pin_is_kept_nowhere_and_told_to_nobody(void **state)
{
	static const struct {
		const char *what, *own, *auth;
	} rows[] = {
		{ "done", "#接单 2580", NULL },
		{ "refused", "#上报 L4 这事很急 2580", NULL },
		{ "not believed", "#接单 2580", "mx.sunshine.example; dkim=fail" },
		{ "a note", "#备注 已联系 2580\n还要再看", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct decision d;

		print_message("%s\n", rows[i].what);
		decision_init(&d);
		decision_case(&d, CASE_ACKNOWLEDGED);
		decision_staff(&d, "lin", REPLY_MATTER, rows[i].own);
		if (rows[i].auth != NULL)
			d.message.auth_results[0] = rows[i].auth;
		d.before.match = MATCH_NUMBER;
		decision_run(&d);
		assert_true(d.out.count > 1);
		for (size_t k = 0; k < d.out.count; k++) {
			const struct effect *effect = &d.out.list[k];
			const char *text = effect->kind == EFFECT_EVENT
					       ? effect->event.text
				       : effect->kind == EFFECT_SEND
					       ? effect->send.text
					       : NULL;

			assert_true(text == NULL ||
				    strstr(text, "2580") == NULL);
		}
		decision_done(&d);
	}
}

static void
s12_by_text_closing_takes_the_pin(void **state)
{
	static const struct {
		const char *own;
		enum case_state after;
	} table[] = {
		{ "结案 0003", CASE_FED_BACK },
		{ "结案 0003 2580", CASE_CLOSED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_FED_BACK);
		d.before.the_case.fed_back_at = d.ctx.now - 2 * MSEC_DAY;
		decision_sms(&d, "+8613800138003", table[i].own);
		d.before.match = MATCH_NUMBER;
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, table[i].after);
		decision_done(&d);
	}
}

static void
a_text_that_names_no_case_is_refused_with_an_example(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_sms(&d, "+8613800138001", "接单 0099");
	decision_run(&d);
	assert_non_null(sent(&d, "refused", "+8613800138001"));
	assert_string_equal(bin_of(&d), "unclear");
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    s512_without_token_or_pin_it_is_kept_and_l2_is_told),
		cmocka_unit_test(
		    s512_an_unverified_mail_sends_nothing_to_the_owner),
		cmocka_unit_test(s12_a_forged_new_matter_is_no_case),
		cmocka_unit_test(r9_who_is_complained_about_finds_no_case),
		cmocka_unit_test(s31_a_department_touches_only_its_own_cases),
		cmocka_unit_test(s44_staff_work_by_text),
		cmocka_unit_test(s44_one_answers_the_alert_that_is_meant),
		cmocka_unit_test(s44_of_several_alerts_it_is_asked_which),
		cmocka_unit_test(s12_a_pin_is_kept_nowhere_and_told_to_nobody),
		cmocka_unit_test(s12_by_text_closing_takes_the_pin),
		cmocka_unit_test(
		    a_text_that_names_no_case_is_refused_with_an_example),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
