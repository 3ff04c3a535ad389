/* What happens when nobody writes: R14, R23-R27, R34, rules.md 5.16, 5.17,
 * 5.22. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

static void
ring(struct decision *d, enum timer_kind kind, int step, const char *at)
{
	d->ctx.now = decision_time(at);
	decision_timer(d, kind, step);
	decision_run(d);
}

static void
open_case(struct decision *d)
{
	decision_init(d);
	decision_case(d, CASE_IN_PROGRESS);
	d->before.the_case.handler = "sun";
	d->before.the_case.taken_at =
	    decision_time("2026-11-23T09:10:00+08:00");
}

static void
r26_at_three_quarters_handler_and_first_responder_are_reminded(void **state)
{
	struct decision d;

	(void)state;
	open_case(&d);
	ring(&d, TIMER_REPLY, 0, "2026-11-24T10:00:00+08:00");
	assert_non_null(sent(&d, "reminder", "lin"));
	assert_non_null(sent(&d, "reminder", "sun"));
	assert_int_equal(event_count(&d, "reminded"), 1);
	assert_string_equal(event_of(&d, "reminded")->reason, "reply");
	assert_int_equal(sent_count(&d, NULL), 2);
	assert_int_equal(timer_after(&d, TIMER_REPLY)->step, 1);
	assert_int_equal(
	    timer_after(&d, TIMER_REPLY)->due, d.before.the_case.reply_due);
	decision_done(&d);
}

static void
r26_the_ladder_is_walked_step_by_step(void **state)
{
	static const struct {
		int step, level;
		const char *at, *holder, *next;
	} table[] = {
		{ 1, 2, "2026-11-24T17:30:00+08:00", "chen",
		    "2026-11-25T17:30:00+08:00" },
		{ 2, 3, "2026-11-25T17:30:00+08:00", "wu",
		    "2026-11-26T17:30:00+08:00" },
		{ 3, 4, "2026-11-26T17:30:00+08:00", "zheng",
		    "2026-12-01T17:30:00+08:00" },
		{ 4, 5, "2026-12-01T17:30:00+08:00", "he", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		open_case(&d);
		d.before.the_case.level = table[i].level - 1;
		for (int level = 2; level < table[i].level; level++)
			decision_event(&d, "escalated", "desk", level,
			    d.ctx.now);
		ring(&d, TIMER_REPLY, table[i].step, table[i].at);
		assert_int_equal(event_count(&d, "escalated"), 1);
		assert_int_equal(
		    event_of(&d, "escalated")->level, table[i].level);
		assert_int_equal(case_after(&d)->level, table[i].level);
		assert_non_null(sent(&d, "escalated", table[i].holder));
		assert_non_null(sent(&d, "overdue", "lin"));
		assert_non_null(sent(&d, "overdue", "sun"));
		assert_non_null(sent(&d, "reply_time", "wang@owner.example"));
		assert_string_equal(case_after(&d)->first_responder, "lin");
		if (table[i].next == NULL)
			assert_null(timer_after(&d, TIMER_REPLY));
		else
			assert_int_equal(timer_after(&d, TIMER_REPLY)->due,
			    decision_time(table[i].next));
		decision_done(&d);
	}
}

static void
s16_a_level_in_charge_is_only_reminded(void **state)
{
	struct decision d;

	(void)state;
	open_case(&d);
	d.before.the_case.level = 2;
	decision_event(&d, "escalated", "desk", 2, d.ctx.now);
	ring(&d, TIMER_OUTCOME, 1, "2026-11-25T17:30:00+08:00");
	assert_int_equal(event_count(&d, "escalated"), 0);
	assert_int_equal(event_of(&d, "reminded")->level, 2);
	assert_non_null(sent(&d, "overdue", "chen"));
	/* Their time has passed all the same (R23). */
	assert_non_null(sent(&d, "reply_time", "wang@owner.example"));
	assert_non_null(timer_after(&d, TIMER_OUTCOME));
	decision_done(&d);
}

static void
two_timers_of_one_moment_ask_for_one_call(void **state)
{
	static const struct {
		const char *asked_at, *reason;
		bool asks;
	} table[] = {
		{ "2026-11-23T10:30:00+08:00", "agitated", false },
		{ "2026-11-23T10:30:00+08:00", "no_answer", true },
		{ "2026-11-23T10:29:00+08:00", "agitated", true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		open_case(&d);
		decision_event(&d, "phone_task", "desk", 0,
		    decision_time(table[i].asked_at));
		d.events[0].reason = table[i].reason;
		ring(&d, TIMER_CALL, 0, "2026-11-23T10:30:00+08:00");
		assert_int_equal(
		    event_count(&d, "phone_task"), table[i].asks);
		decision_done(&d);
	}
}

static void
r23_two_dues_in_one_minute_are_one_message(void **state)
{
	struct decision d;

	(void)state;
	open_case(&d);
	decision_event(&d, "owner_told_reply_time", "desk", 0,
	    decision_time("2026-11-25T17:30:00+08:00"));
	ring(&d, TIMER_OUTCOME, 1, "2026-11-25T17:30:00+08:00");
	assert_int_equal(event_count(&d, "escalated"), 1);
	assert_null(sent(&d, "reply_time", NULL));
	assert_null(sent(&d, "phone_task", NULL));
	decision_done(&d);
}

static void
s16_reopening_starts_the_ladder_anew(void **state)
{
	struct decision d;

	(void)state;
	open_case(&d);
	decision_event(&d, "escalated", "desk", 2, d.ctx.now);
	decision_event(&d, "reopened", "owner", 0, d.ctx.now);
	ring(&d, TIMER_OUTCOME, 1, "2026-11-25T17:30:00+08:00");
	assert_int_equal(event_of(&d, "escalated")->level, 2);
	decision_done(&d);
}

static void
s16_taking_goes_to_l2_and_no_further_and_the_owner_is_not_told(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_ACKNOWLEDGED);
	ring(&d, TIMER_TAKE, 1, "2026-11-23T09:30:00+08:00");
	assert_int_equal(event_of(&d, "escalated")->level, 2);
	assert_null(sent(&d, "reply_time", NULL));
	assert_null(timer_after(&d, TIMER_TAKE));
	/* Nobody has it: the head of the department is reminded. */
	assert_non_null(sent(&d, "overdue", "sun"));
	decision_done(&d);
}

static void
a_timer_whose_reason_is_gone_does_nothing(void **state)
{
	static const struct {
		enum timer_kind kind;
		enum case_state state;
	} table[] = {
		{ TIMER_TAKE, CASE_IN_PROGRESS },
		{ TIMER_DISPATCH, CASE_IN_PROGRESS },
		{ TIMER_REPLY, CASE_RESOLVED },
		{ TIMER_OUTCOME, CASE_CLOSED },
		{ TIMER_PROMISE, CASE_IN_PROGRESS },
		{ TIMER_NEWS, CASE_FED_BACK },
		{ TIMER_ALERT, CASE_IN_PROGRESS },
		{ TIMER_CALL, CASE_RESOLVED },
		{ TIMER_CLARIFY, CASE_IN_PROGRESS },
		{ TIMER_RATING, CASE_IN_PROGRESS },
		{ TIMER_CLOSE, CASE_IN_PROGRESS },
		{ TIMER_AFTER_REPORT, CASE_IN_PROGRESS },
		{ TIMER_ESCALATION, CASE_IN_PROGRESS },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		open_case(&d);
		d.before.the_case.state = table[i].state;
		d.before.the_case.level = 4;
		ring(&d, table[i].kind, 1, "2026-11-24T10:00:00+08:00");
		assert_int_equal(sent_count(&d, NULL), 0);
		assert_null(case_after(&d));
		assert_true(timer_stopped(&d, table[i].kind));
		decision_done(&d);
	}
}

static void
a_timer_of_a_case_that_is_gone_is_cancelled(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_timer(&d, TIMER_REPLY, 1);
	decision_run(&d);
	assert_true(timer_stopped(&d, TIMER_REPLY));
	assert_int_equal(d.out.count, 1);
	decision_done(&d);
}

static void
r14_staff_are_asked_for_news_before_the_owner_is_told(void **state)
{
	struct decision d;

	(void)state;
	open_case(&d);
	d.before.the_case.first_reply_at = d.ctx.now;
	ring(&d, TIMER_NEWS, 0, "2026-11-26T10:00:00+08:00");
	assert_non_null(sent(&d, "reminder", "sun"));
	assert_null(sent(&d, "news", NULL));
	assert_int_equal(
	    timer_after(&d, TIMER_NEWS)->due, d.before.the_case.news_due);
	decision_done(&d);
}

static void
r14_at_the_due_the_owner_hears_the_truth_and_the_next_time(void **state)
{
	struct decision d;

	(void)state;
	open_case(&d);
	d.before.the_case.first_reply_at = d.ctx.now;
	ring(&d, TIMER_NEWS, 1, "2026-11-26T17:31:00+08:00");
	assert_non_null(sent(&d, "news", "wang@owner.example"));
	assert_non_null(
	    strstr(sent(&d, "news", NULL)->text, "12月1日17:30"));
	assert_int_equal(timer_after(&d, TIMER_NEWS)->step, 0);
	assert_int_equal(event_count(&d, "news"), 1);
	decision_done(&d);
}

static void
r14_who_cannot_be_written_to_is_telephoned(void **state)
{
	struct decision d;

	(void)state;
	open_case(&d);
	d.before.the_case.first_reply_at = d.ctx.now;
	d.before.the_case.mail = d.before.the_case.phone = NULL;
	ring(&d, TIMER_NEWS, 1, "2026-11-26T17:31:00+08:00");
	assert_non_null(sent(&d, "phone_task", "lin"));
	assert_string_equal(event_of(&d, "phone_task")->reason, "news");
	assert_int_equal(event_count(&d, "news"), 0);
	/* And again, until the case is done. */
	assert_int_equal(timer_after(&d, TIMER_NEWS)->step, 0);
	assert_true(case_after(&d)->news_due > d.ctx.now);
	decision_done(&d);
}

static void
r24_untaken_alarms_ring_again_wider_and_reach_l5(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_ACKNOWLEDGED);
	d.before.the_case.severity = SEVERITY_EMERGENCY;
	ring(&d, TIMER_ALERT, 1, "2026-11-23T10:05:00+08:00");
	assert_non_null(sent(&d, "alert", "zhou"));
	assert_non_null(sent(&d, "alert", "li"));
	assert_non_null(sent(&d, "alert", "zheng"));
	assert_null(sent(&d, "alert", "wu"));
	assert_null(sent(&d, "alert", "he"));
	assert_int_equal(timer_after(&d, TIMER_ALERT)->due,
	    decision_time("2026-11-23T10:15:00+08:00"));
	decision_done(&d);

	decision_init(&d);
	decision_case(&d, CASE_ACKNOWLEDGED);
	d.before.the_case.severity = SEVERITY_EMERGENCY;
	ring(&d, TIMER_ALERT, 2, "2026-11-23T10:15:00+08:00");
	assert_int_equal(sent_count(&d, "alert"), 2);
	assert_non_null(sent(&d, "alert", "he"));
	/* Nobody has answered: it goes round. */
	assert_int_equal(timer_after(&d, TIMER_ALERT)->step, 1);
	assert_int_equal(
	    timer_after(&d, TIMER_ALERT)->due, d.ctx.now + 10 * MSEC_MINUTE);
	decision_done(&d);
}

static void
r27_an_untaken_escalation_is_reminded(void **state)
{
	struct decision d;

	(void)state;
	open_case(&d);
	d.before.the_case.level = 2;
	ring(&d, TIMER_ESCALATION, 2, "2026-11-24T14:00:00+08:00");
	assert_non_null(sent(&d, "reminder", "chen"));
	assert_int_equal(event_of(&d, "reminded")->level, 2);
	decision_done(&d);
}

static void
s22_a_rating_is_asked_for_after_feeding_back_and_never_twice(void **state)
{
	static const struct {
		enum case_state state;
		enum kind kind;
		int rating;
		bool asked;
	} table[] = {
		{ CASE_FED_BACK, KIND_COMPLAINT, 0, true },
		{ CASE_CLOSED, KIND_REQUEST, 0, true },
		{ CASE_CLOSED, KIND_REQUEST, 4, false },
		{ CASE_CLOSED, KIND_PRAISE, 0, false },
		{ CASE_RESOLVED, KIND_REQUEST, 0, false },
		{ CASE_REOPENED, KIND_REQUEST, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		open_case(&d);
		d.before.the_case.state = table[i].state;
		d.before.the_case.kind = table[i].kind;
		d.before.the_case.rating = table[i].rating;
		if (table[i].kind == KIND_COMPLAINT)
			d.before.the_case.visit = VISIT_ASK;
		ring(&d, TIMER_RATING, 0, "2026-11-25T10:00:00+08:00");
		assert_int_equal(
		    sent(&d, "rating_request", NULL) != NULL, table[i].asked);
		decision_done(&d);
	}
}

static void
r34_what_was_reopened_after_its_rating_is_rated_anew(void **state)
{
	for (int again = 0; again < 2; again++) {
		struct decision d;

		(void)state;
		open_case(&d);
		d.before.the_case.state = CASE_FED_BACK;
		d.before.the_case.rating = 1;
		decision_event(&d, "rated", "owner", 0, d.ctx.now);
		decision_event(&d, "reopened", "owner", 0, d.ctx.now);
		if (again)
			decision_event(&d, "rated", "owner", 0, d.ctx.now);
		ring(&d, TIMER_RATING, 0, "2026-11-25T10:00:00+08:00");
		assert_int_equal(
		    sent_count(&d, "rating_request"), again ? 0 : 1);
		decision_done(&d);
	}
}

static void
r13_a_case_closes_by_itself_only_when_fed_back_and_no_report_is_owed(
    void **state)
{
	static const struct {
		enum case_state before;
		int owed;
		bool closed;
	} table[] = {
		{ CASE_FED_BACK, 0, true },
		{ CASE_FED_BACK, 1, false },
		{ CASE_RESOLVED, 0, false },
		{ CASE_IN_PROGRESS, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		open_case(&d);
		d.before.the_case.state = table[i].before;
		d.before.the_case.after_reports = table[i].owed;
		ring(&d, TIMER_CLOSE, 0, "2026-11-25T10:00:00+08:00");
		assert_int_equal(event_count(&d, "closed"), table[i].closed);
		assert_int_equal(timer_after(&d, TIMER_CLOSE) != NULL,
		    table[i].owed > 0);
		decision_done(&d);
	}
}

static void
r25_an_owed_report_is_asked_for_until_it_comes(void **state)
{
	static const struct {
		int step;
		const char *at, *next;
		bool chen_hears;
	} table[] = {
		{ 0, "2026-11-24T14:07:30+08:00", "2026-11-24T17:30:00+08:00",
		    false },
		{ 1, "2026-11-24T17:30:00+08:00", "2026-11-25T17:30:00+08:00",
		    true },
		{ 1, "2026-11-25T17:30:00+08:00", "2026-11-26T17:30:00+08:00",
		    true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *request;

		open_case(&d);
		d.before.the_case.after_reports = 1;
		decision_event(&d, "skipped", "desk", 3,
		    decision_time("2026-11-23T10:00:00+08:00"));
		ring(&d, TIMER_AFTER_REPORT, table[i].step, table[i].at);
		request = sent(&d, "after_report_due", "lin");
		assert_non_null(request);
		/* The due stays what it was. */
		assert_non_null(strstr(request->subject, "11月24日17:30"));
		assert_int_equal(sent(&d, "after_report_due", "chen") != NULL,
		    table[i].chen_hears);
		assert_int_equal(timer_after(&d, TIMER_AFTER_REPORT)->due,
		    decision_time(table[i].next));
		assert_int_equal(timer_after(&d, TIMER_AFTER_REPORT)->step, 1);
		decision_done(&d);
	}
}

static void
r25_spam_is_asked_for_no_report(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_SPAM);
	d.before.the_case.after_reports = 1;
	ring(&d, TIMER_AFTER_REPORT, 1, "2026-11-24T17:30:00+08:00");
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_null(timer_after(&d, TIMER_AFTER_REPORT));
	decision_done(&d);
}

static void
r5_r6_silence_ends_in_a_telephone_call(void **state)
{
	static const enum timer_kind kinds[] = { TIMER_CALL, TIMER_CLARIFY };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		struct decision d;

		open_case(&d);
		d.before.the_case.place = (struct place){ 0 };
		ring(&d, kinds[i], 0, "2026-11-24T10:00:00+08:00");
		assert_non_null(sent(&d, "phone_task", "lin"));
		assert_int_equal(event_count(&d, "phone_task"), 1);
		decision_done(&d);
	}
}

static void
r5_the_task_names_the_time_that_the_owner_was_told(void **state)
{
	struct decision d;

	(void)state;
	open_case(&d);
	d.before.the_case.agitated = true;
	decision_event(&d, "call_task", "desk", 0,
	    decision_time("2026-11-23T10:00:00+08:00"));
	ring(&d, TIMER_CALL, 0, "2026-11-23T11:30:00+08:00");
	assert_non_null(strstr(
	    sent(&d, "phone_task", "lin")->subject, "11月23日12:00"));
	decision_done(&d);
}

static void
r13_an_outcome_that_nobody_heard_comes_back_each_working_day(void **state)
{
	static const bool chen_hears[] = { false, true };

	(void)state;
	for (int step = 0; step < 2; step++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_RESOLVED);
		d.before.the_case.outcome = "已换弯头，试水正常";
		ring(&d, TIMER_FEEDBACK, step, "2026-11-24T17:30:00+08:00");
		assert_non_null(sent(&d, "phone_task", "lin"));
		assert_int_equal(
		    sent(&d, "reminder", "chen") != NULL, chen_hears[step]);
		assert_null(sent(&d, NULL, "wang@owner.example"));
		assert_int_equal(
		    timer_after(&d, TIMER_FEEDBACK)->step, step + 1);
		assert_int_equal(timer_after(&d, TIMER_FEEDBACK)->due,
		    decision_time("2026-11-25T17:30:00+08:00"));
		decision_done(&d);
	}
}

static void
r13_an_outcome_that_was_heard_rings_no_more(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_FED_BACK);
	ring(&d, TIMER_FEEDBACK, 0, "2026-11-24T17:30:00+08:00");
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_null(timer_after(&d, TIMER_FEEDBACK));
	decision_done(&d);
}

static void
s19_brakes_count_what_the_owner_has_had_from_timers_too(void **state)
{
	static const struct {
		struct automatic mail, phone;
		bool is_told;
	} table[] = {
		{ { 0 }, { 0 }, true },
		{ { 5, 5, 5 }, { 0 }, false },
		{ { 0, 10, 10 }, { 0 }, false },
		{ { 0, 0, 24 }, { 0 }, false },
		/* Another address has brakes of its own. */
		{ { 0 }, { 5, 10, 24 }, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		open_case(&d);
		d.before.automatic[CHANNEL_MAIL] = table[i].mail;
		d.before.automatic[CHANNEL_SMS] = table[i].phone;
		d.before.the_case.news_due =
		    decision_time("2026-11-24T10:00:00+08:00");
		ring(&d, TIMER_NEWS, 1, "2026-11-24T10:00:00+08:00");
		assert_int_equal(
		    sent(&d, "news", "wang@owner.example") != NULL,
		    table[i].is_told);
		assert_int_equal(
		    event_count(&d, "braked"), table[i].is_told ? 0 : 1);
		/* It goes on in the same rhythm. */
		assert_non_null(timer_after(&d, TIMER_NEWS));
		decision_done(&d);
	}
}

static void
r14_the_ladder_speaks_once_also_above_l2(void **state)
{
	struct decision d;

	(void)state;
	open_case(&d);
	d.before.the_case.level = 3;
	d.before.the_case.news_due = d.before.the_case.reply_due;
	ring(&d, TIMER_NEWS, 1, "2026-11-24T17:30:00+08:00");
	assert_null(sent(&d, "news", NULL));
	assert_non_null(timer_after(&d, TIMER_NEWS));
	decision_done(&d);
}

static void
r24_the_alarm_ends_where_the_ladder_begins(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_ACKNOWLEDGED);
	d.before.the_case.severity = SEVERITY_EMERGENCY;
	d.before.the_case.reply_due = d.ctx.now + 9 * MSEC_MINUTE;
	decision_timer(&d, TIMER_ALERT, 2);
	decision_run(&d);
	assert_non_null(sent(&d, "alert", "he"));
	assert_true(timer_stopped(&d, TIMER_ALERT));
	decision_done(&d);
}

static void
r5_nobody_upset_talks_to_a_machine_only(void **state)
{
	static const struct {
		bool agitated;
		const char *second, *actor;
		bool is_task;
	} table[] = {
		{ true, "owner_told_reply_time", "desk", true },
		{ false, "owner_told_reply_time", "desk", false },
		/* One message only, or somebody did something since. */
		{ true, "reminded", "desk", false },
		{ true, "noted", "lin", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.agitated = table[i].agitated;
		d.before.the_case.first_reply_at = d.ctx.now - MSEC_DAY;
		decision_event(
		    &d, "acknowledged", "desk", 0, d.ctx.now - MSEC_DAY);
		decision_event(&d, table[i].second, table[i].actor, 0,
		    d.ctx.now - MSEC_HOUR);
		d.ctx.now = decision_time("2026-11-24T10:00:00+08:00");
		d.before.the_case.news_due = d.ctx.now;
		decision_timer(&d, TIMER_NEWS, 1);
		decision_run(&d);
		assert_non_null(sent(&d, "news", "wang@owner.example"));
		assert_int_equal(
		    event_count(&d, "phone_task"), table[i].is_task);
		assert_int_equal(
		    sent(&d, "phone_task", "lin") != NULL, table[i].is_task);
		decision_done(&d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r26_at_three_quarters_handler_and_first_responder_are_reminded),
		cmocka_unit_test(r26_the_ladder_is_walked_step_by_step),
		cmocka_unit_test(s16_a_level_in_charge_is_only_reminded),
		cmocka_unit_test(r23_two_dues_in_one_minute_are_one_message),
		cmocka_unit_test(s16_reopening_starts_the_ladder_anew),
		cmocka_unit_test(
		    s16_taking_goes_to_l2_and_no_further_and_the_owner_is_not_told),
		cmocka_unit_test(two_timers_of_one_moment_ask_for_one_call),
		cmocka_unit_test(a_timer_whose_reason_is_gone_does_nothing),
		cmocka_unit_test(a_timer_of_a_case_that_is_gone_is_cancelled),
		cmocka_unit_test(
		    r14_staff_are_asked_for_news_before_the_owner_is_told),
		cmocka_unit_test(
		    r14_at_the_due_the_owner_hears_the_truth_and_the_next_time),
		cmocka_unit_test(r14_who_cannot_be_written_to_is_telephoned),
		cmocka_unit_test(
		    r24_untaken_alarms_ring_again_wider_and_reach_l5),
		cmocka_unit_test(r27_an_untaken_escalation_is_reminded),
		cmocka_unit_test(
		    s22_a_rating_is_asked_for_after_feeding_back_and_never_twice),
		cmocka_unit_test(
		    r34_what_was_reopened_after_its_rating_is_rated_anew),
		cmocka_unit_test(
		    r13_a_case_closes_by_itself_only_when_fed_back_and_no_report_is_owed),
		cmocka_unit_test(
		    r25_an_owed_report_is_asked_for_until_it_comes),
		cmocka_unit_test(r25_spam_is_asked_for_no_report),
		cmocka_unit_test(r5_r6_silence_ends_in_a_telephone_call),
		cmocka_unit_test(
		    r5_the_task_names_the_time_that_the_owner_was_told),
		cmocka_unit_test(
		    r13_an_outcome_that_nobody_heard_comes_back_each_working_day),
		cmocka_unit_test(r13_an_outcome_that_was_heard_rings_no_more),
		cmocka_unit_test(
		    s19_brakes_count_what_the_owner_has_had_from_timers_too),
		cmocka_unit_test(r14_the_ladder_speaks_once_also_above_l2),
		cmocka_unit_test(r24_the_alarm_ends_where_the_ladder_begins),
		cmocka_unit_test(r5_nobody_upset_talks_to_a_machine_only),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
