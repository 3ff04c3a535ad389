/* Questions to colleagues: R21, R23, rules.md 5.13. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

#define QUESTION "这根管子归谁修?"

static void
ask(struct decision *d, const char *staff, const char *own)
{
	decision_init(d);
	decision_case(d, CASE_IN_PROGRESS);
	decision_staff(d, staff, REPLY_MATTER, own);
	decision_run(d);
}

/* A case in which lin asked sun at nine. */
static void
asked_at_nine(struct decision *d)
{
	decision_init(d);
	decision_case(d, CASE_IN_PROGRESS);
	decision_event(d, "asked", "lin", 0,
	    decision_time("2026-11-23T09:00:00+08:00"));
	d->events[0].reason = "sun";
	d->events[0].text = QUESTION;
}

static void
r21_asking_reaches_the_asked_and_tells_the_owner_once_when(void **state)
{
	static const struct {
		const char *own, *asked;
	} table[] = {
		{ "#请示 工程部 " QUESTION, "sun" },
		{ "#ask engineering " QUESTION, "sun" },
		{ "#咨询 李明 " QUESTION, "li" },
		{ "#请示 L3 " QUESTION, "wu" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *out;

		print_message("%s\n", table[i].own);
		ask(&d, "lin", table[i].own);
		out = sent(&d, "question", table[i].asked);
		assert_non_null(out);
		assert_int_equal(out->reply_kind, REPLY_ASK);
		assert_non_null(strstr(out->text, QUESTION));
		/* 4 bh from 10:00. */
		assert_non_null(strstr(out->text, "11月23日15:30"));
		assert_string_equal(
		    event_of(&d, "asked")->reason, table[i].asked);
		assert_int_equal(event_of(&d, "asked")->out, out->id);
		assert_int_equal(sent_count(&d, "reply_time"), 1);
		out = sent(&d, "reply_time", "wang@owner.example");
		assert_non_null(strstr(out->text, "抱歉"));
		assert_non_null(strstr(out->text, "11月24日17:30"));
		assert_null(strstr(out->text, "管子"));
		assert_int_equal(event_count(&d, "owner_told_reply_time"), 1);
		assert_int_equal(timer_after(&d, TIMER_ASK)->due,
		    decision_time("2026-11-23T14:30:00+08:00"));
		assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
		assert_string_equal(case_after(&d)->first_responder, "lin");
		decision_done(&d);
	}
}

static void
r21_two_questions_tell_the_owner_once(void **state)
{
	struct decision d;

	(void)state;
	ask(&d, "lin",
	    "#请示 工程部 " QUESTION "\n#请示 秩序部 谁有钥匙?\n#上报 需要停水");
	assert_non_null(sent(&d, "question", "sun"));
	assert_non_null(sent(&d, "question", "zhao"));
	assert_int_equal(event_count(&d, "asked"), 2);
	assert_int_equal(event_count(&d, "escalated"), 1);
	assert_int_equal(sent_count(&d, "reply_time"), 1);
	assert_int_equal(event_count(&d, "phone_task"), 0);
	decision_done(&d);
}

static void
r21_without_a_way_to_the_owner_it_is_a_phone_task(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.mail = d.before.the_case.phone = NULL;
	decision_staff(&d, "lin", REPLY_MATTER, "#请示 工程部 " QUESTION);
	decision_run(&d);
	assert_non_null(sent(&d, "question", "sun"));
	assert_string_equal(event_of(&d, "phone_task")->reason, "reply_time");
	decision_done(&d);
}

static void
asking_what_cannot_be_asked_is_refused(void **state)
{
	static const struct {
		const char *staff, *own, *says;
		enum case_state state;
	} table[] = {
		{ "lin", "#请示 林晓 " QUESTION, "自己", CASE_IN_PROGRESS },
		{ "chen", "#请示 L2 " QUESTION, "自己", CASE_IN_PROGRESS },
		{ "lin", "#请示 火星部 " QUESTION, "火星部", CASE_IN_PROGRESS },
		{ "lin", "#请示 工程部", "请示", CASE_IN_PROGRESS },
		{ "lin", "#请示 工程部 " QUESTION, "已反馈", CASE_FED_BACK },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].own);
		decision_init(&d);
		decision_case(&d, table[i].state);
		decision_staff(&d, table[i].staff, REPLY_MATTER, table[i].own);
		decision_run(&d);
		assert_non_null(strstr(
		    sent(&d, "refused", table[i].staff)->text, table[i].says));
		assert_null(sent(&d, "question", NULL));
		assert_null(sent(&d, "reply_time", NULL));
		decision_done(&d);
	}
}

static void
r9_who_is_complained_about_is_not_asked(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.kind = KIND_COMPLAINT;
	d.before.the_case.text = "孙强态度恶劣";
	decision_staff(&d, "lin", REPLY_MATTER, "#请示 工程部 怎么回事?");
	decision_run(&d);
	assert_null(sent(&d, NULL, "sun"));
	assert_non_null(sent(&d, "refused", "lin"));
	decision_done(&d);
}

static void
s13_the_answer_goes_to_the_first_responder_and_not_to_the_owner(void **state)
{
	struct decision d;
	const struct outgoing *out;

	(void)state;
	asked_at_nine(&d);
	d.events[0].actor = "chen"; /* who asked need not be responsible */
	decision_staff(&d, "sun", REPLY_ASK, "归自来水公司,已联系。");
	decision_run(&d);
	out = sent(&d, "answer", "lin");
	assert_non_null(out);
	assert_int_equal(out->reply_kind, REPLY_MATTER);
	assert_non_null(strstr(out->text, "归自来水公司"));
	assert_non_null(sent(&d, "answer", "chen"));
	assert_null(sent(&d, NULL, "wang@owner.example"));
	assert_string_equal(event_of(&d, "answered")->actor, "sun");
	assert_true(timer_stopped(&d, TIMER_ASK));
	assert_non_null(strstr(sent(&d, "transcript", "sun")->text, "林晓"));
	decision_done(&d);
}

static void
an_answer_leaves_the_other_questions_waiting(void **state)
{
	struct decision d;

	(void)state;
	asked_at_nine(&d);
	decision_event(&d, "asked", "lin", 0,
	    decision_time("2026-11-23T09:30:00+08:00"));
	d.events[1].reason = "zhao";
	decision_staff(&d, "sun", REPLY_ASK, "归自来水公司。");
	decision_run(&d);
	assert_int_equal(timer_after(&d, TIMER_ASK)->due,
	    decision_time("2026-11-23T14:00:00+08:00"));
	decision_done(&d);
}

static void
s31_who_was_asked_answers_and_does_no_more(void **state)
{
	static const struct {
		const char *own;
		bool is_done;
	} table[] = {
		{ "#备注 师傅下午去看", true },
		{ "#接单", false },
		{ "#办结 您好,已更换弯头并试水。", false },
		{ "#查看", false },
		{ "#转派 工程部", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		decision_staff(&d, "zhao", REPLY_ASK, table[i].own);
		decision_run(&d);
		assert_int_equal(
		    sent(&d, "transcript", "zhao") != NULL, table[i].is_done);
		assert_int_equal(
		    sent(&d, "refused", "zhao") == NULL, table[i].is_done);
		assert_null(sent(&d, NULL, "wang@owner.example"));
		decision_done(&d);
	}
}

static void
r21_the_asked_are_reminded_and_at_the_due_their_supervisor_hears(void **state)
{
	static const struct {
		const char *now, *next;
		bool is_overdue;
	} table[] = {
		{ "2026-11-23T13:30:00+08:00", "2026-11-23T14:30:00+08:00",
		    false },
		{ "2026-11-23T14:30:00+08:00", "2026-11-24T17:30:00+08:00",
		    true },
		/* The desk was down over it: told at once, and goes on. */
		{ "2026-11-25T09:00:00+08:00", "2026-11-26T17:30:00+08:00",
		    true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *out;

		asked_at_nine(&d);
		d.ctx.now = decision_time(table[i].now);
		decision_timer(&d, TIMER_ASK, 0);
		decision_run(&d);
		out = sent(&d, "question", "sun");
		assert_non_null(out);
		assert_int_equal(out->reply_kind, REPLY_ASK);
		assert_non_null(strstr(out->text, QUESTION));
		assert_int_equal(
		    sent(&d, "overdue", "chen") != NULL, table[i].is_overdue);
		assert_int_equal(
		    sent(&d, "overdue", "lin") != NULL, table[i].is_overdue);
		assert_string_equal(event_of(&d, "reminded")->reason, "ask");
		/* A question moves no level: the case's own dues do. */
		assert_int_equal(event_count(&d, "escalated"), 0);
		assert_null(sent(&d, NULL, "wang@owner.example"));
		assert_int_equal(timer_after(&d, TIMER_ASK)->due,
		    decision_time(table[i].next));
		decision_done(&d);
	}
}

static void
an_answered_question_rings_no_more(void **state)
{
	static const char *const ends[] = { "answered", "resolved", "reopened" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
		struct decision d;

		asked_at_nine(&d);
		decision_event(&d, ends[i], "sun", 0,
		    decision_time("2026-11-23T09:30:00+08:00"));
		d.ctx.now = decision_time("2026-11-23T14:30:00+08:00");
		decision_timer(&d, TIMER_ASK, 0);
		decision_run(&d);
		assert_int_equal(sent_count(&d, NULL), 0);
		assert_true(timer_stopped(&d, TIMER_ASK));
		decision_done(&d);
	}
}

static void
an_emergency_is_asked_by_text_too_and_does_not_wait_for_office_hours(
    void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	d.ctx.now = decision_time("2026-11-23T20:00:00+08:00");
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.severity = SEVERITY_EMERGENCY;
	decision_staff(&d, "lin", REPLY_MATTER, "#请示 工程部 总阀在哪里?");
	decision_run(&d);
	assert_non_null(sent(&d, "question", "+8613800138011"));
	assert_int_equal(timer_after(&d, TIMER_ASK)->due,
	    decision_time("2026-11-23T21:30:00+08:00"));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r21_asking_reaches_the_asked_and_tells_the_owner_once_when),
		cmocka_unit_test(r21_two_questions_tell_the_owner_once),
		cmocka_unit_test(
		    r21_without_a_way_to_the_owner_it_is_a_phone_task),
		cmocka_unit_test(asking_what_cannot_be_asked_is_refused),
		cmocka_unit_test(r9_who_is_complained_about_is_not_asked),
		cmocka_unit_test(
		    s13_the_answer_goes_to_the_first_responder_and_not_to_the_owner),
		cmocka_unit_test(an_answer_leaves_the_other_questions_waiting),
		cmocka_unit_test(s31_who_was_asked_answers_and_does_no_more),
		cmocka_unit_test(
		    r21_the_asked_are_reminded_and_at_the_due_their_supervisor_hears),
		cmocka_unit_test(an_answered_question_rings_no_more),
		cmocka_unit_test(
		    an_emergency_is_asked_by_text_too_and_does_not_wait_for_office_hours),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
