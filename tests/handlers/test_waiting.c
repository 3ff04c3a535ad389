/* While the owner is waited for the outcome's clock stands still: R6. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/text.h"
#include "tests/support/decision.h"

/* A place was asked for on Monday at nine, and is waited for since. */
static void
waiting(struct decision *d, const char *now)
{
	decision_init(d);
	decision_case(d, CASE_WAITING_OWNER);
	d->before.the_case.place = (struct place){ 0 };
	decision_event(d, "clarify_asked", "desk", 0,
	    decision_time("2026-11-23T09:00:00+08:00"));
	d->events[0].state = CASE_NEW;
	decision_event(d, "waiting_owner", "desk", 0,
	    decision_time("2026-11-23T09:00:00+08:00"));
	d->events[1].state = CASE_WAITING_OWNER;
	decision_event(d, "reminded", "desk", 0,
	    decision_time("2026-11-23T10:00:00+08:00"));
	d->events[2].state = CASE_WAITING_OWNER;
	d->ctx.now = decision_time(now);
}

static void
r6_the_question_that_went_out_is_waited_for(void **state)
{
	static const struct {
		const char *template_name;
		enum case_state before, after;
	} table[] = {
		{ "ack_clarify", CASE_NEW, CASE_WAITING_OWNER },
		{ "ack", CASE_NEW, CASE_ACKNOWLEDGED },
		/* Somebody was faster than the mail server. */
		{ "ack_clarify", CASE_IN_PROGRESS, CASE_IN_PROGRESS },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;
		bool waits = table[i].after == CASE_WAITING_OWNER;

		decision_init(&d);
		decision_case(&d, table[i].before);
		d.before.the_case.place = (struct place){ 0 };
		d.before.answered = (struct outgoing){ .id = 42,
			.case_id = 3,
			.channel = CHANNEL_MAIL,
			.role = ROLE_OWNER,
			.template_name = table[i].template_name,
			.sender = "relay" };
		decision_report(&d, OUT_ACCEPTED);
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, table[i].after);
		assert_int_equal(timer_stopped(&d, TIMER_OUTCOME), waits);
		/* The response clock never pauses. */
		assert_false(timer_stopped(&d, TIMER_REPLY));
		assert_false(timer_stopped(&d, TIMER_TAKE));
		decision_done(&d);
	}
}

static void
r6_the_answer_moves_the_outcome_by_as_long_as_it_was_waited_for(void **state)
{
	static const struct {
		const char *now, *handler;
		enum severity severity;
		enum case_state after;
		const char *outcome_due; /* of 2026-11-25 17:30 */
	} table[] = {
		{ "2026-11-23T15:00:00+08:00", NULL, SEVERITY_NORMAL,
		    CASE_ACKNOWLEDGED, "2026-11-25T17:30:00+08:00" },
		{ "2026-11-24T18:00:00+08:00", NULL, SEVERITY_NORMAL,
		    CASE_ACKNOWLEDGED, "2026-11-26T17:30:00+08:00" },
		/* A week-end is no time of work. */
		{ "2026-11-30T08:00:00+08:00", "lin", SEVERITY_NORMAL,
		    CASE_IN_PROGRESS, "2026-12-01T17:30:00+08:00" },
		{ "2026-11-24T09:00:00+08:00", NULL, SEVERITY_EMERGENCY,
		    CASE_ACKNOWLEDGED, "2026-11-26T17:30:00+08:00" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		print_message("%s\n", table[i].now);
		waiting(&d, table[i].now);
		decision_owner(&d);
		d.before.the_case.handler = table[i].handler;
		d.before.the_case.severity = table[i].severity;
		decision_mail(&d, "wang@owner.example", "3-2-501卫生间。");
		d.before.match = MATCH_TOKEN;
		decision_run(&d);
		assert_int_equal(case_after(&d)->state, table[i].after);
		assert_int_equal(case_after(&d)->outcome_due,
		    decision_time(table[i].outcome_due));
		assert_non_null(timer_after(&d, TIMER_OUTCOME));
		assert_true(timer_stopped(&d, TIMER_CLARIFY));
		assert_int_equal(event_count(&d, "followup"), 1);
		/* What was promised as the time of the answer stands. */
		assert_int_equal(case_after(&d)->reply_due,
		    decision_time("2026-11-24T17:30:00+08:00"));
		decision_done(&d);
	}
}

static void
r6_whoever_takes_it_ends_the_waiting(void **state)
{
	struct decision d;

	(void)state;
	waiting(&d, "2026-11-24T18:00:00+08:00");
	decision_staff(&d, "lin", REPLY_MATTER, "#接单");
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
	assert_int_equal(case_after(&d)->outcome_due,
	    decision_time("2026-11-26T17:30:00+08:00"));
	assert_non_null(timer_after(&d, TIMER_OUTCOME));
	decision_done(&d);
}

static void
r6_without_an_answer_somebody_phones_and_the_clock_runs_again(void **state)
{
	struct decision d;

	(void)state;
	waiting(&d, "2026-11-26T17:30:00+08:00");
	decision_timer(&d, TIMER_CLARIFY, 0);
	decision_run(&d);
	assert_string_equal(event_of(&d, "phone_task")->reason, "no_answer");
	assert_int_equal(case_after(&d)->state, CASE_ACKNOWLEDGED);
	assert_int_equal(event_count(&d, "not_answered"), 1);
	assert_non_null(timer_after(&d, TIMER_OUTCOME));
	decision_done(&d);
}

static void
r6_only_the_outcome_stands_still(void **state)
{
	static const struct {
		enum timer_kind kind;
		bool rings;
	} table[] = { { TIMER_OUTCOME, false }, { TIMER_REPLY, true },
		{ TIMER_TAKE, true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct decision d;

		waiting(&d, "2026-11-25T17:30:00+08:00");
		decision_timer(&d, table[i].kind, 1);
		decision_run(&d);
		assert_int_equal(
		    event_count(&d, "escalated"), table[i].rings);
		decision_done(&d);
	}
}

static void
r24_danger_is_not_waited_for(void **state)
{
	struct decision d;

	(void)state;
	waiting(&d, "2026-11-23T11:00:00+08:00");
	decision_staff(&d, "lin", REPLY_MATTER, "#紧急 有燃气味");
	decision_run(&d);
	assert_int_equal(case_after(&d)->state, CASE_ACKNOWLEDGED);
	assert_non_null(timer_after(&d, TIMER_OUTCOME));
	assert_non_null(sent(&d, "alert", "chen"));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(r6_the_question_that_went_out_is_waited_for),
		cmocka_unit_test(
		    r6_the_answer_moves_the_outcome_by_as_long_as_it_was_waited_for),
		cmocka_unit_test(r6_whoever_takes_it_ends_the_waiting),
		cmocka_unit_test(
		    r6_without_an_answer_somebody_phones_and_the_clock_runs_again),
		cmocka_unit_test(r6_only_the_outcome_stands_still),
		cmocka_unit_test(r24_danger_is_not_waited_for),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
