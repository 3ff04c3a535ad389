/* The return visit that a case owes: R34, R38, R39. */
#include "tests/support/cmocka_fence.h"

#include "core/calendar.h"
#include "lib/text.h"
#include "tests/support/decision.h"

/* A complaint of wang whose outcome has reached them; handled by sun. */
static void
fed_back(struct decision *d, enum visit visit)
{
	decision_init(d);
	decision_case(d, CASE_FED_BACK);
	d->before.the_case.kind = KIND_COMPLAINT;
	d->before.the_case.handler = "sun";
	d->before.the_case.visit = visit;
	d->before.the_case.fed_back_at = d->ctx.now - 3 * MSEC_DAY;
	d->before.the_case.outcome = "您好,已清扫干净。";
}

static void
visited(struct decision *d, const char *staff, const char *own)
{
	decision_staff(d, staff, REPLY_INTERNAL, own);
	decision_run(d);
}

static void
r34_the_first_responder_calls_the_silent_and_somebody_else_after_danger(
    void **state)
{
	static const struct {
		enum visit visit;
		const char *handler, *caller;
		int step;
		bool is_pressed;
	} table[] = {
		{ VISIT_ASK, "sun", "lin@sunshine.example", 0, false },
		{ VISIT_ASK, "lin", "lin@sunshine.example", 0, false },
		{ VISIT_ASK, "sun", "lin@sunshine.example", 1, true },
		{ VISIT_CALL, "sun", "lin@sunshine.example", 0, false },
		{ VISIT_CALL, "lin", "chen@sunshine.example", 0, false },
		{ VISIT_ANSWERED, "sun", NULL, 0, false },
		{ VISIT_NONE, "sun", NULL, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		fed_back(&d, table[i].visit);
		d.before.the_case.handler = table[i].handler;
		decision_timer(&d, TIMER_VISIT, table[i].step);
		decision_run(&d);
		assert_int_equal(
		    sent_count(&d, "visit_task"), table[i].caller != NULL);
		assert_int_equal(
		    sent_count(&d, "reminder"), table[i].is_pressed);
		if (table[i].caller != NULL) {
			assert_string_equal(
			    sent(&d, "visit_task", NULL)->to, table[i].caller);
			/* Owed until it is done. */
			assert_int_equal(timer_after(&d, TIMER_VISIT)->due,
			    decision_time("2026-11-24T08:30:00+08:00"));
		}
		decision_done(&d);
	}
}

static void
r34_a_call_that_nobody_makes_is_told_above_once_and_asked_for_no_more(
    void **state)
{
	struct decision d;

	(void)state;
	fed_back(&d, VISIT_ASK);
	decision_timer(&d, TIMER_VISIT, 3);
	decision_run(&d);
	assert_int_equal(sent_count(&d, NULL), 1);
	assert_non_null(sent(&d, "overdue", "wu"));
	assert_non_null(event_of(&d, "visit_overdue"));
	assert_int_equal(case_after(&d)->visit, VISIT_ASK);
	assert_int_equal(case_after(&d)->visit_overdue_at, d.ctx.now);
	assert_null(timer_after(&d, TIMER_VISIT));
	decision_done(&d);
}

static void
r34_whoever_calls_after_all_ends_it_or_begins_anew(void **state)
{
	static const struct {
		const char *own;
		enum visit after;
		bool is_asked_again;
	} table[] = {
		{ "#回访 5 业主很满意", VISIT_ANSWERED, false },
		{ "#回访 未接通", VISIT_ASK, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		fed_back(&d, VISIT_ASK);
		d.before.the_case.visit_overdue_at = 1;
		visited(&d, "lin", table[i].own);
		assert_int_equal(case_after(&d)->visit, table[i].after);
		assert_int_equal(case_after(&d)->visit_overdue_at, 0);
		assert_int_equal(timer_after(&d, TIMER_VISIT) != NULL,
		    table[i].is_asked_again);
		decision_done(&d);
	}
}

static void
r34_what_the_owner_says_on_the_phone_is_kept_and_lets_the_case_close(
    void **state)
{
	static const struct {
		const char *own;
		int rating;
	} table[] = {
		{ "#回访 5 业主很满意", 5 },
		{ "#visit 4 she is content", 4 },
		{ "#回访 昨天15:00 业主说可以", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		fed_back(&d, VISIT_ASK);
		visited(&d, "lin", table[i].own);
		assert_int_equal(case_after(&d)->visit, VISIT_ANSWERED);
		assert_int_equal(case_after(&d)->rating, table[i].rating);
		assert_non_null(event_of(&d, "visited"));
		assert_int_equal(event_count(&d, "rated"), table[i].rating > 0);
		assert_true(timer_stopped(&d, TIMER_VISIT));
		assert_true(timer_stopped(&d, TIMER_RATING));
		assert_non_null(timer_after(&d, TIMER_CLOSE));
		decision_done(&d);
	}
}

static void
r34_two_calls_in_vain_on_different_days_are_enough(void **state)
{
	static const struct {
		const char *tried; /* the first one, or NULL */
		const char *own;
		enum visit after;
	} table[] = {
		{ NULL, "#回访 未接通", VISIT_ASK },
		{ "2026-11-23T08:40:00+08:00", "#回访 未接通", VISIT_ASK },
		{ "2026-11-20T17:00:00+08:00", "#visit no answer",
		    VISIT_UNREACHED },
		/* The second one is told today and was the same day. */
		{ "2026-11-20T17:00:00+08:00", "#回访 11-20 16:00 没人接",
		    VISIT_ASK },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		fed_back(&d, VISIT_ASK);
		if (table[i].tried != NULL)
			d.before.the_case.visit_tried_at =
			    decision_time(table[i].tried);
		visited(&d, "lin", table[i].own);
		assert_int_equal(case_after(&d)->visit, table[i].after);
		assert_non_null(event_of(&d, "not_reached"));
		assert_null(event_of(&d, "visited"));
		if (table[i].after == VISIT_ASK)
			assert_int_equal(timer_after(&d, TIMER_VISIT)->due,
			    decision_time("2026-11-24T08:30:00+08:00"));
		else
			assert_non_null(timer_after(&d, TIMER_CLOSE));
		decision_done(&d);
	}
}

static void
r34_a_call_in_vain_that_nobody_asked_for_changes_nothing(void **state)
{
	struct decision d;

	(void)state;
	fed_back(&d, VISIT_NONE);
	visited(&d, "lin", "#回访 未接通");
	assert_int_equal(case_after(&d)->visit, VISIT_NONE);
	assert_int_equal(case_after(&d)->visit_tried_at, 0);
	assert_null(timer_after(&d, TIMER_VISIT));
	decision_done(&d);
}

static void
r39_a_low_score_on_the_phone_opens_it_again_above(void **state)
{
	static const char *const table[] = { "#回访 2 业主说没扫干净",
		"#回访 业主说没修好" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		fed_back(&d, VISIT_ASK);
		visited(&d, "lin", table[i]);
		assert_int_equal(case_after(&d)->state, CASE_REOPENED);
		assert_int_equal(case_after(&d)->level, 2);
		assert_string_equal(case_after(&d)->handler, "chen");
		assert_int_equal(case_after(&d)->visit, VISIT_NONE);
		/* R23: whoever has it now, and by when. */
		assert_non_null(sent(&d, "reopened", "wang@owner.example"));
		decision_done(&d);
	}
}

static void
r34_who_may_record_a_return_visit_and_when(void **state)
{
	static const struct {
		enum case_state at;
		enum visit visit;
		const char *staff;
		bool may;
	} table[] = {
		{ CASE_FED_BACK, VISIT_ASK, "sun", true },
		{ CASE_CLOSED, VISIT_NONE, "lin", true },
		{ CASE_FED_BACK, VISIT_CALL, "lin", true },
		{ CASE_FED_BACK, VISIT_CALL, "sun", false },
		{ CASE_RESOLVED, VISIT_NONE, "lin", false },
		{ CASE_IN_PROGRESS, VISIT_NONE, "lin", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		fed_back(&d, table[i].visit);
		d.before.the_case.state = table[i].at;
		visited(&d, table[i].staff, "#回访 5 业主满意");
		assert_int_equal(event_count(&d, "refused"), !table[i].may);
		assert_int_equal(event_count(&d, "visited"), table[i].may);
		decision_done(&d);
	}
}

static void
r34_a_case_that_owes_a_return_visit_does_not_close(void **state)
{
	struct decision d;

	(void)state;
	fed_back(&d, VISIT_ASK);
	decision_timer(&d, TIMER_CLOSE, 0);
	decision_run(&d);
	assert_null(event_of(&d, "closed"));
	decision_done(&d);

	fed_back(&d, VISIT_CALL);
	visited(&d, "chen", "#结案");
	assert_non_null(event_of(&d, "refused"));
	assert_null(event_of(&d, "closed"));
	decision_done(&d);
}

static void
r53_who_wants_no_surveys_gets_none(void **state)
{
	static const struct {
		bool no_mail, no_texts;
		const char *to;
	} table[] = {
		{ false, false, "wang@owner.example" },
		{ true, false, "+8613900139001" },
		{ false, true, "wang@owner.example" },
		{ true, true, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		const struct outgoing *out;

		fed_back(&d, VISIT_ASK);
		d.before.the_case.phone = "+8613900139001";
		d.before.mail_opted_out = table[i].no_mail;
		d.before.phone_opted_out = table[i].no_texts;
		/* That they texted in this matter is no wish for surveys. */
		decision_event(&d, "sms_allowed", "owner", 0, d.ctx.now);
		decision_timer(&d, TIMER_RATING, 0);
		decision_run(&d);
		out = sent(&d, "rating_request", NULL);
		if (table[i].to == NULL)
			assert_null(out);
		else
			assert_string_equal(out->to, table[i].to);
		decision_done(&d);
	}
}

static void
a_rating_that_a_cap_stops_is_asked_for_on_three_more_days(void **state)
{
	static const struct {
		const char *mail;
		int step;
		bool goes, waits;
	} table[] = {
		{ NULL, 0, false, true },
		{ NULL, 2, false, true },
		{ NULL, 3, false, false },
		{ "wang@owner.example", 0, true, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		fed_back(&d, VISIT_ASK);
		d.before.the_case.channel = CHANNEL_SMS;
		d.before.the_case.phone = "+8613900139001";
		d.before.the_case.mail = table[i].mail;
		d.before.texts.all = 20;
		decision_timer(&d, TIMER_RATING, table[i].step);
		decision_run(&d);
		assert_int_equal(
		    sent_count(&d, "rating_request"), table[i].goes);
		assert_int_equal(
		    timer_after(&d, TIMER_RATING) != NULL, table[i].waits);
		if (table[i].waits)
			assert_int_equal(timer_after(&d, TIMER_RATING)->due,
			    d.ctx.now + MSEC_DAY);
		assert_int_equal(
		    sent_count(&d, "sms_cap"), table[i].goes ? 0 : 1);
		decision_done(&d);
	}
}

static void
r34_whoever_leaves_fed_back_owes_no_visit_for_it(void **state)
{
	struct decision d;

	(void)state;
	fed_back(&d, VISIT_ASK);
	visited(&d, "lin", "#重开 业主来电说又坏了");
	assert_int_equal(case_after(&d)->visit, VISIT_NONE);
	assert_true(timer_stopped(&d, TIMER_VISIT));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r34_the_first_responder_calls_the_silent_and_somebody_else_after_danger),
		cmocka_unit_test(
		    r34_a_call_that_nobody_makes_is_told_above_once_and_asked_for_no_more),
		cmocka_unit_test(
		    r34_whoever_calls_after_all_ends_it_or_begins_anew),
		cmocka_unit_test(
		    r34_what_the_owner_says_on_the_phone_is_kept_and_lets_the_case_close),
		cmocka_unit_test(
		    r34_two_calls_in_vain_on_different_days_are_enough),
		cmocka_unit_test(
		    r34_a_call_in_vain_that_nobody_asked_for_changes_nothing),
		cmocka_unit_test(
		    r39_a_low_score_on_the_phone_opens_it_again_above),
		cmocka_unit_test(r34_who_may_record_a_return_visit_and_when),
		cmocka_unit_test(
		    r34_a_case_that_owes_a_return_visit_does_not_close),
		cmocka_unit_test(r53_who_wants_no_surveys_gets_none),
		cmocka_unit_test(
		    a_rating_that_a_cap_stops_is_asked_for_on_three_more_days),
		cmocka_unit_test(
		    r34_whoever_leaves_fed_back_owes_no_visit_for_it),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
