/* What owners answer who were asked how it was: R34, R38, R39, rules.md 5.1,
 * 5.27. */
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "lib/cleanup.h"
#include "tests/support/decision.h"
#include "tests/support/wang.h"

static void
rate(struct decision *d, const char *own)
{
	wang_texts(d, own);
	decision_case(d, CASE_CLOSED);
	d->before.the_case.channel = CHANNEL_SMS;
	d->before.the_case.closed_at = d->ctx.now - MSEC_DAY;
	d->before.the_case.handler = "sun";
	d->before.sender.is_participant = true;
	d->before.match = MATCH_OPEN_PHONE;
	d->before.pending_rating = d->before.the_case.id;
	decision_run(d);
}

static void
r34_a_good_rating_is_kept_and_told(void **state)
{
	struct decision d;

	(void)state;
	rate(&d, "5");
	assert_int_equal(case_after(&d)->rating, 5);
	assert_int_equal(case_after(&d)->state, CASE_CLOSED);
	assert_int_equal(event_count(&d, "rated"), 1);
	assert_non_null(sent(&d, "rated", "lin"));
	decision_done(&d);
}

static void
r38_r39_a_low_rating_with_words_reopens_above_the_handler(void **state)
{
	struct decision d;

	(void)state;
	rate(&d, "2 还是漏水");
	assert_int_equal(case_after(&d)->rating, 2);
	assert_int_equal(case_after(&d)->state, CASE_REOPENED);
	assert_string_equal(case_after(&d)->handler, "chen");
	assert_non_null(sent(&d, "reopened", "+8613900139001"));
	decision_done(&d);
}

static void
s27_a_number_that_is_no_score_is_asked_again_once(void **state)
{
	static const char *const texts[] = { "10分", "6", "0", "3.5" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct decision d;

		rate(&d, texts[i]);
		assert_int_equal(case_after(&d)->state, CASE_CLOSED);
		assert_int_equal(sent_count(&d, "rating_again"), 1);
		assert_int_equal(sent_count(&d, NULL), 1);
		assert_string_equal(
		    event_of(&d, "rating_asked")->reason, "again");
		decision_done(&d);
	}
}

static void
s27_the_second_such_number_is_kept_and_no_more(void **state)
{
	struct decision d;

	(void)state;
	rate(&d, "6");
	decision_event(&d, "rating_asked", "desk", 0, d.ctx.now);
	d.events[0].reason = "again";
	effects_init(&d.out, &d.arena);
	decision_run(&d);
	assert_int_equal(event_count(&d, "followup"), 1);
	assert_int_equal(sent_count(&d, NULL), 0);
	assert_int_equal(case_after(&d)->state, CASE_CLOSED);
	decision_done(&d);
}

static void
r39_a_low_rating_of_an_open_case_is_read_by_who_has_it(void **state)
{
	struct decision d;

	(void)state;
	rate(&d, "5");
	d.before.the_case.state = CASE_REOPENED;
	d.message.own = "2 还是不亮";
	effects_init(&d.out, &d.arena);
	decision_run(&d);
	assert_int_equal(event_count(&d, "rated"), 1);
	assert_int_equal(event_count(&d, "reopened"), 0);
	assert_non_null(strstr(sent(&d, "followup", "sun")->text, "还是不亮"));
	decision_done(&d);
}

static void
s51_a_rating_that_tells_of_danger_is_an_alarm(void **state)
{
	struct decision d;

	(void)state;
	rate(&d, "1 现在电表箱冒烟了");
	assert_int_equal(case_after(&d)->rating, 1);
	assert_int_equal(case_after(&d)->state, CASE_REOPENED);
	assert_int_equal(case_after(&d)->severity, SEVERITY_EMERGENCY);
	assert_string_equal(event_of(&d, "reopened")->reason, "danger");
	assert_int_equal(event_count(&d, "alerted"), 1);
	assert_non_null(strstr(sent(&d, "alert", "chen")->text, "电表箱冒烟"));
	assert_non_null(sent(&d, "ack_emergency", "+8613900139001"));
	assert_non_null(timer_after(&d, TIMER_ALERT));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(r34_a_good_rating_is_kept_and_told),
		cmocka_unit_test(
		    s27_a_number_that_is_no_score_is_asked_again_once),
		cmocka_unit_test(
		    s27_the_second_such_number_is_kept_and_no_more),
		cmocka_unit_test(
		    r39_a_low_rating_of_an_open_case_is_read_by_who_has_it),
		cmocka_unit_test(
		    r38_r39_a_low_rating_with_words_reopens_above_the_handler),
		cmocka_unit_test(s51_a_rating_that_tells_of_danger_is_an_alarm),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
