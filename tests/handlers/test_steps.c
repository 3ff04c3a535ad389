/* Prohibited behaviour: R47, rules.md 5.27. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

#define STEPS "#告知 上门告知装修户\n#劝阻 当场劝阻\n#已报告 已电话报街道办\n"

static void
violation(struct decision *d)
{
	decision_init(d);
	decision_case(d, CASE_IN_PROGRESS);
	d->before.the_case.kind = KIND_COMPLAINT;
	d->before.the_case.category = "violation";
	d->before.the_case.department = "order";
	d->before.the_case.text = "楼上在拆承重墙。";
}

static void
r47_each_step_is_recorded_with_its_words_and_the_owner_sees_none(void **state)
{
	static const struct {
		const char *own, *event, *text;
	} table[] = {
		{ "#告知 上门告知", "informed", "上门告知" },
		{ "#informed told at the door", "informed", "told at the door" },
		{ "#劝阻 当场劝阻\n对方答应停工", "dissuaded",
		    "当场劝阻\n对方答应停工" },
		{ "#已报告 报街道办", "reported", "报街道办" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		violation(&d);
		decision_staff(&d, "zhao", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_string_equal(
		    event_of(&d, table[i].event)->text, table[i].text);
		assert_null(sent(&d, NULL, "wang@owner.example"));
		assert_true(timer_stopped(&d, TIMER_TAKE));
		decision_done(&d);
	}
}

static void
r47_an_outcome_claims_only_what_was_recorded(void **state)
{
	static const struct {
		const char *own, *missing; /* NULL: resolved */
	} table[] = {
		{ "#办结 您好,违建已制止,现场已恢复。", "#告知 #劝阻 #已报告" },
		{ "#告知 上门\n#办结 您好,违建已上报街道办。",
		    "#劝阻 #已报告" },
		{ STEPS "#办结 您好,违建已制止,已上报街道办。", NULL },
		/* Nothing is claimed: it was no violation. */
		{ "#办结 您好,经现场核实,该户施工手续齐全。", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		bool is_resolved = table[i].missing == NULL;

		print_message("%s\n", table[i].own);
		violation(&d);
		decision_staff(&d, "zhao", REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_int_equal(
		    event_count(&d, "resolved"), is_resolved ? 1 : 0);
		if (!is_resolved)
			assert_non_null(strstr(sent(&d, "refused", "zhao")->text,
			    table[i].missing));
		decision_done(&d);
	}
}

static void
r47_steps_of_earlier_days_count(void **state)
{
	static const char *const steps[] = { "informed", "dissuaded",
		"reported" };
	struct decision d;

	(void)state;
	violation(&d);
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++)
		decision_event(&d, steps[i], "zhao", 0, d.ctx.now - MSEC_HOUR);
	decision_staff(&d, "zhao", REPLY_MATTER, "#办结 您好,违建已制止。");
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
	decision_done(&d);
}

static void
r47_other_matters_need_no_steps(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(
	    &d, "lin", REPLY_MATTER, "#办结 您好,漏水已上报自来水公司并修复。");
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_RESOLVED);
	decision_done(&d);
}

static void
r47_who_meets_the_offender_does_not_learn_who_reported(void **state)
{
	static const struct {
		const char *staff;
		bool sees;
	} table[] = { { "lin", true }, { "chen", true }, { "zhao", false } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *sheet;

		violation(&d);
		d.before.the_case.handler = "zhao";
		decision_staff(&d, table[i].staff, REPLY_MATTER, "#查看");
		decision_run(&d);
		sheet = sent(&d, "case_sheet", table[i].staff);
		assert_int_equal(
		    strstr(sheet->text, "王芳") != NULL, table[i].sees);
		assert_int_equal(
		    strstr(sheet->text, "13900139001") != NULL, table[i].sees);
		decision_done(&d);
	}
}

static void
r47_a_closed_case_takes_no_more_steps(void **state)
{
	struct decision d;

	(void)state;
	violation(&d);
	d.before.the_case.state = CASE_CLOSED;
	decision_staff(&d, "zhao", REPLY_MATTER, "#告知 上门告知");
	decision_run(&d);
	assert_null(event_of(&d, "informed"));
	assert_non_null(sent(&d, "refused", "zhao"));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r47_each_step_is_recorded_with_its_words_and_the_owner_sees_none),
		cmocka_unit_test(r47_an_outcome_claims_only_what_was_recorded),
		cmocka_unit_test(r47_steps_of_earlier_days_count),
		cmocka_unit_test(r47_other_matters_need_no_steps),
		cmocka_unit_test(
		    r47_who_meets_the_offender_does_not_learn_who_reported),
		cmocka_unit_test(r47_a_closed_case_takes_no_more_steps),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
