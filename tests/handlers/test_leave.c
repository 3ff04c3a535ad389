/* Who is away, who stands in, and who takes over: R16, R18, R24, rules.md
 * 5.40. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

static struct absence away[2];

/* `staff' is on leave from the morning of the 23rd to that day. */
static void
on_leave(struct decision *d, const char *staff, const char *until)
{
	struct absence *absence = &away[d->before.absences.count++];

	*absence = (struct absence){ staff,
		decision_time("2026-11-23T00:00:00+08:00"),
		decision_time(until) };
	d->before.absences.list = away;
}

static const struct effect *
leave_of(const struct decision *d)
{
	return effect_of(d, EFFECT_LEAVE);
}

static void
s40_leave_is_kept_and_told_above(void **state)
{
	static const struct {
		const char *staff, *own, *from, *to, *above;
		bool is_long;
	} table[] = {
		{ "lin", "#请假 11-24 11-26 2580", "2026-11-24T00:00:00+08:00",
		    "2026-11-27T00:00:00+08:00", "chen", true },
		{ "lin", "#leave 11-24 2580", "2026-11-24T00:00:00+08:00",
		    "2026-11-25T00:00:00+08:00", "chen", false },
		/* Over a week-end: one working day, and no more. */
		{ "chen", "#请假 11-27 11-29 2580", "2026-11-27T00:00:00+08:00",
		    "2026-11-30T00:00:00+08:00", "wu", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct staff *staff;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		staff = config_staff(d.ctx.conf, table[i].staff);
		decision_mail(&d, staff->mail, table[i].own);
		decision_run(&d);
		assert_non_null(leave_of(&d));
		assert_string_equal(
		    leave_of(&d)->leave.absence.staff, table[i].staff);
		assert_int_equal(leave_of(&d)->leave.absence.from,
		    decision_time(table[i].from));
		assert_int_equal(leave_of(&d)->leave.absence.to,
		    decision_time(table[i].to));
		assert_int_equal(leave_of(&d)->leave.is_long, table[i].is_long);
		assert_non_null(sent(&d, "transcript", table[i].staff));
		assert_non_null(sent(&d, "absence", table[i].above));
		assert_string_equal(bin_of(&d), "handled");
		decision_done(&d);
	}
}

static void
r46_a_leave_that_leaves_nobody_on_duty_is_told_at_once(void **state)
{
	static const struct {
		const char *staff, *own;
		bool is_gap;
	} table[] = {
		{ "lin", "#请假 11-24 11-26 2580", false },
		/* The evening of this very day. */
		{ "zhou", "#请假 11-23 11-24 2580", true },
		/* Farther ahead than the look at the roster: told then. */
		{ "zhou", "#请假 12-24 12-25 2580", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *out;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		decision_mail(&d,
		    config_staff(d.ctx.conf, table[i].staff)->mail,
		    table[i].own);
		decision_run(&d);
		out = sent(&d, "roster_gap", "chen@sunshine.example");
		assert_int_equal(out != NULL, table[i].is_gap);
		if (out != NULL)
			assert_non_null(strstr(out->text,
			    "11月23日17:30 - 11月24日08:30"));
		decision_done(&d);
	}
}

static void
s12_leave_takes_a_token_or_a_pin_and_stands_alone(void **state)
{
	static const struct {
		const char *own, *says;
	} table[] = {
		{ "#请假 11-24 11-26", "PIN" },
		{ "#请假 11-24 11-26 2580\n#帮助", "单独" },
		{ "您好 2580\n#请假 11-24 11-26", "单独" },
		{ "#请假 2580", "请假" },
		{ "#请假 11-26 11-24 2580", "请假" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		decision_mail(&d, "lin@sunshine.example", table[i].own);
		decision_run(&d);
		assert_null(leave_of(&d));
		assert_null(sent(&d, "absence", NULL));
		assert_non_null(
		    strstr(sent(&d, "refused", "lin")->text, table[i].says));
		decision_done(&d);
	}
}

static void
s40_leave_in_a_reply_touches_no_case(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_staff(&d, "lin", REPLY_MATTER, "#请假 11-24 11-26");
	decision_run(&d);
	assert_non_null(leave_of(&d));
	assert_null(case_after(&d));
	assert_null(sent(&d, NULL, "wang@owner.example"));
	decision_done(&d);
}

static void
s44_leave_by_text(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_sms(&d, "+8613800138001", "请假 11-24 11-26");
	decision_run(&d);
	assert_non_null(leave_of(&d));
	assert_non_null(sent(&d, "transcript", "+8613800138001"));
	decision_done(&d);
}

static void
r18_who_is_away_gets_no_new_case(void **state)
{
	static const struct {
		bool zhou_too;
		const char *first_responder;
	} table[] = { { false, "zhou" }, { true, "chen" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_owner(&d);
		on_leave(&d, "lin", "2026-11-25T00:00:00+08:00");
		if (table[i].zhou_too)
			on_leave(&d, "zhou", "2026-11-25T00:00:00+08:00");
		decision_mail(&d, "wang@owner.example", "您好,厨房水管漏水。");
		decision_run(&d);
		assert_string_equal(case_after(&d)->first_responder,
		    table[i].first_responder);
		assert_null(sent(&d, NULL, "lin"));
		decision_done(&d);
	}
}

static void
r24_an_alarm_calls_who_is_on_duty_instead(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_owner(&d);
	on_leave(&d, "lin", "2026-11-25T00:00:00+08:00");
	decision_mail(&d, "wang@owner.example", "厨房有很浓的燃气味!");
	decision_run(&d);
	assert_non_null(sent(&d, "alert", "+8613800138002"));
	assert_null(sent(&d, "alert", "+8613800138001"));
	decision_done(&d);
}

static void
r17_while_the_first_responder_is_away_somebody_hears_for_them(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	decision_owner(&d);
	on_leave(&d, "lin", "2026-11-25T00:00:00+08:00");
	decision_mail(&d, "wang@owner.example", "请问什么时候来修?");
	d.before.match = MATCH_TOKEN;
	decision_run(&d);
	assert_non_null(sent(&d, "followup", "lin"));
	assert_non_null(sent(&d, "followup", "zhou"));
	assert_string_equal(case_after(&d)->first_responder, "lin");
	decision_done(&d);
}

static void
r26_an_escalation_passes_over_a_level_that_is_away(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	on_leave(&d, "chen", "2026-11-25T00:00:00+08:00");
	decision_staff(&d, "lin", REPLY_MATTER, "#上报 需要停水");
	decision_run(&d);
	assert_non_null(sent(&d, "escalated", "wu"));
	assert_null(sent(&d, "escalated", "chen"));
	decision_done(&d);
}

static void
r18_nothing_is_handed_to_who_is_not_there(void **state)
{
	static const struct {
		const char *until;
		bool is_done;
	} table[] = {
		{ "2026-11-27T00:00:00+08:00", false },
		/* Back tomorrow morning. */
		{ "2026-11-24T08:00:00+08:00", true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		on_leave(&d, "zhou", table[i].until);
		decision_staff(&d, "chen", REPLY_MATTER, "#交接 周敏 轮岗");
		decision_run(&d);
		assert_int_equal(
		    event_count(&d, "handed_over"), table[i].is_done);
		if (!table[i].is_done)
			assert_non_null(strstr(
			    sent(&d, "refused", "chen")->text, "周敏"));
		decision_done(&d);
	}
}

static void
r18_a_handover_tells_both_and_the_owner_their_new_contact(void **state)
{
	struct decision d;
	const struct outgoing *out;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.handler = "lin";
	on_leave(&d, "lin", "2026-11-27T00:00:00+08:00");
	/* Told a minute ago that it goes on: the new contact is news. */
	decision_event(&d, "owner_told_reply_time", "desk", 0,
	    d.ctx.now - MSEC_MINUTE);
	decision_staff(&d, "chen", REPLY_MATTER, "#交接 周敏 林晓休假");
	decision_run(&d);
	assert_string_equal(case_after(&d)->first_responder, "zhou");
	/* Who is away does not work on it. */
	assert_string_equal(case_after(&d)->handler, "zhou");
	assert_int_equal(
	    sent(&d, "handed_over", "zhou")->reply_kind, REPLY_MATTER);
	assert_int_equal(
	    sent(&d, "handed_over", "lin")->reply_kind, REPLY_INTERNAL);
	out = sent(&d, "new_contact", "wang@owner.example");
	assert_non_null(out);
	assert_non_null(strstr(out->text, "客服周女士"));
	assert_null(strstr(out->text, "休假"));
	decision_done(&d);
}

static void
r18_an_owner_without_address_is_phoned_by_the_new_contact(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.mail = d.before.the_case.phone = NULL;
	decision_staff(&d, "chen", REPLY_MATTER, "#交接 周敏 轮岗");
	decision_run(&d);
	assert_string_equal(event_of(&d, "phone_task")->reason, "new_contact");
	assert_non_null(sent(&d, "phone_task", "zhou"));
	decision_done(&d);
}

static void
r18_an_ended_case_is_not_handed_over(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_CLOSED);
	decision_staff(&d, "chen", REPLY_MATTER, "#交接 周敏 轮岗");
	decision_run(&d);
	assert_null(event_of(&d, "handed_over"));
	assert_non_null(sent(&d, "refused", "chen"));
	decision_done(&d);
}

static void
assigning_to_who_is_on_leave_says_so(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	on_leave(&d, "li", "2026-11-27T00:00:00+08:00");
	decision_staff(&d, "lin", REPLY_MATTER, "#转派 李明 请看一下");
	decision_run(&d);
	assert_string_equal(case_after(&d)->handler, "li");
	assert_non_null(strstr(sent(&d, "transcript", "lin")->text, "休假"));
	decision_done(&d);
}

static void
r21_a_department_whose_head_is_away_is_asked_all_the_same(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	on_leave(&d, "sun", "2026-11-27T00:00:00+08:00");
	decision_staff(&d, "lin", REPLY_MATTER, "#请示 工程部 总阀在哪里?");
	decision_run(&d);
	assert_non_null(sent(&d, "question", "li"));
	assert_null(sent(&d, "question", "sun"));
	decision_done(&d);
}

static void
r18_the_supervisor_gets_the_list_of_cases(void **state)
{
	static const struct case_brief cases[] = {
		{ .id = 3, .number = "T261120-0003", .category = "plumbing",
		    .state = CASE_IN_PROGRESS, .place = { .building = "3" } },
		{ .id = 4, .number = "T261121-0001", .category = "noise",
		    .state = CASE_ASSIGNED },
	};
	static const struct {
		const char *staff, *name;
	} table[] = { { "zhou", "周敏" }, { "gone", "gone" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *out;

		decision_init(&d);
		d.in = (struct input){ .kind = INPUT_HANDOVER,
			.estate = "sunshine",
			.received_at = d.ctx.now,
			.staff = table[i].staff };
		d.before.staff_cases = cases;
		d.before.staff_case_count = ARRAY_COUNT(cases);
		decision_run(&d);
		out = sent(&d, "handover_list", "chen");
		assert_non_null(out);
		assert_non_null(strstr(out->subject, table[i].name));
		assert_non_null(strstr(out->text, "T261120-0003"));
		assert_non_null(strstr(out->text, "T261121-0001"));
		assert_int_equal(d.out.count, 1);
		decision_done(&d);
	}
}

static void
who_has_left_is_no_colleague_any_more(void **state)
{
	struct decision d;
	struct config conf;
	struct staff staff[16];

	(void)state;
	decision_init(&d);
	conf = *d.ctx.conf;
	assert_true(conf.staff_count <= ARRAY_COUNT(staff));
	memcpy(staff, conf.staff, conf.staff_count * sizeof(*staff));
	staff[0].left = true; /* lin */
	conf.staff = staff;
	assert_string_equal(staff[0].id, "lin");
	assert_null(config_staff_by_mail(&conf, "lin@sunshine.example"));
	assert_null(config_staff_by_phone(&conf, "+8613800138001"));
	d.ctx.conf = &conf;
	decision_case(&d, CASE_IN_PROGRESS);
	decision_owner(&d);
	decision_mail(&d, "wang@owner.example", "请问什么时候来修?");
	d.before.match = MATCH_TOKEN;
	decision_run(&d);
	assert_null(sent(&d, NULL, "lin"));
	assert_non_null(sent(&d, "followup", "zhou"));
	decision_done(&d);
}

static void
r19_what_comes_back_while_the_first_responder_is_away_has_somebody(
    void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_ASSIGNED);
	on_leave(&d, "lin", "2026-11-25T00:00:00+08:00");
	decision_staff(&d, "sun", REPLY_MATTER, "#退回 不属于工程部");
	decision_run(&d);
	assert_string_equal(case_after(&d)->handler, "zhou");
	assert_string_equal(case_after(&d)->first_responder, "lin");
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s40_leave_is_kept_and_told_above),
		cmocka_unit_test(
		    r46_a_leave_that_leaves_nobody_on_duty_is_told_at_once),
		cmocka_unit_test(
		    s12_leave_takes_a_token_or_a_pin_and_stands_alone),
		cmocka_unit_test(s40_leave_in_a_reply_touches_no_case),
		cmocka_unit_test(s44_leave_by_text),
		cmocka_unit_test(r18_who_is_away_gets_no_new_case),
		cmocka_unit_test(r24_an_alarm_calls_who_is_on_duty_instead),
		cmocka_unit_test(
		    r17_while_the_first_responder_is_away_somebody_hears_for_them),
		cmocka_unit_test(
		    r26_an_escalation_passes_over_a_level_that_is_away),
		cmocka_unit_test(r18_nothing_is_handed_to_who_is_not_there),
		cmocka_unit_test(
		    r18_a_handover_tells_both_and_the_owner_their_new_contact),
		cmocka_unit_test(
		    r18_an_owner_without_address_is_phoned_by_the_new_contact),
		cmocka_unit_test(r18_an_ended_case_is_not_handed_over),
		cmocka_unit_test(assigning_to_who_is_on_leave_says_so),
		cmocka_unit_test(
		    r21_a_department_whose_head_is_away_is_asked_all_the_same),
		cmocka_unit_test(r18_the_supervisor_gets_the_list_of_cases),
		cmocka_unit_test(who_has_left_is_no_colleague_any_more),
		cmocka_unit_test(
		    r19_what_comes_back_while_the_first_responder_is_away_has_somebody),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
