/*
 * When a far side that failed is tried again, and when that is told.
 */
#include "tests/support/cmocka_fence.h"

#include "daemon/retry.h"
#include "lib/cleanup.h"

static const struct retry_plan plan = {
	.first = MSEC_SECOND,
	.most = 5 * MSEC_MINUTE,
	.conf_first = 30 * MSEC_SECOND,
	.conf_most = 15 * MSEC_MINUTE,
	.told_after = 6,
};

/* Jitter makes 75 to 125 % of it. */
static void
expect_about(msec_t pause, msec_t wanted)
{
	assert_in_range(pause, wanted * 3 / 4, wanted * 5 / 4);
}

static void
an_outage_is_tried_ever_less_often(void **state)
{
	static const msec_t pauses[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300,
		300, 300 };
	struct retry retry = { .plan = &plan };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(pauses); i++)
		expect_about(
		    retry_failed(&retry, false), pauses[i] * MSEC_SECOND);
}

static void
who_wants_to_be_left_in_peace_is_for_a_while(void **state)
{
	static const struct {
		msec_t own, asked, pause;
	} table[] = {
		{ 5, 0, 5 }, { 5, 4, 5 }, { 5, 60, 60 }, { 5, 86400, 900 },
		{ 1000, 86400, 1000 }, /* a quarter more by chance */
	};
	const struct retry retry = { .plan = &plan };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		assert_int_equal(retry_pause(&retry, table[i].own * MSEC_SECOND,
				     table[i].asked * MSEC_SECOND),
		    table[i].pause * MSEC_SECOND);
}

static void
what_only_people_can_mend_is_tried_seldom(void **state)
{
	static const msec_t pauses[] = { 30, 60, 120, 240, 480, 900, 900 };
	struct retry retry = { .plan = &plan };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(pauses); i++)
		expect_about(
		    retry_failed(&retry, true), pauses[i] * MSEC_SECOND);
}

static void
an_outage_is_told_when_it_lasts_and_a_wrong_password_at_once(void **state)
{
	struct retry retry = { .plan = &plan };

	(void)state;
	assert_false(retry_is_told(&retry));
	for (int i = 1; i <= 8; i++) {
		(void)retry_failed(&retry, false);
		assert_int_equal(retry_is_told(&retry), i >= 6);
	}
	retry_worked(&retry);
	assert_false(retry_is_told(&retry));
	(void)retry_failed(&retry, true);
	assert_true(retry_is_told(&retry));
	/* The next failure is of another kind. */
	(void)retry_failed(&retry, false);
	assert_false(retry_is_told(&retry));
}

static void
after_a_success_it_begins_anew(void **state)
{
	struct retry retry = { .plan = &plan };

	(void)state;
	for (int i = 0; i < 9; i++)
		(void)retry_failed(&retry, false);
	retry_worked(&retry);
	expect_about(retry_failed(&retry, false), MSEC_SECOND);
}

static void
a_mail_that_is_refused_ten_times_in_a_row_is_given_up(void **state)
{
	static const struct {
		uint32_t uid;
		int times;
		uint32_t given_up;
	} runs[] = {
		{ 7, 9, 0 },
		{ 0, 1, 0 }, /* it ended otherwise: from the beginning */
		{ 7, 9, 0 },
		{ 8, 9, 0 }, /* another one */
		{ 8, 1, 8 },
		{ 8, 1, 8 },
		{ 0, 1, 0 },
	};
	struct refusal refusal = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(runs); i++) {
		for (int j = 0; j < runs[i].times; j++)
			refusal_add(&refusal, runs[i].uid);
		assert_int_equal(refusal_given_up(&refusal), runs[i].given_up);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_outage_is_tried_ever_less_often),
		cmocka_unit_test(who_wants_to_be_left_in_peace_is_for_a_while),
		cmocka_unit_test(what_only_people_can_mend_is_tried_seldom),
		cmocka_unit_test(
		    an_outage_is_told_when_it_lasts_and_a_wrong_password_at_once),
		cmocka_unit_test(after_a_success_it_begins_anew),
		cmocka_unit_test(
		    a_mail_that_is_refused_ten_times_in_a_row_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
