/*
 * When to try again.
 */
#include "tests/support/cmocka_fence.h"

#include "core/backoff.h"
#include "lib/cleanup.h"

static void
the_wait_doubles_up_to_its_most(void **state)
{
	static const struct {
		int attempts;
		msec_t middle;
	} table[] = { { 0, 1000 }, { 1, 1000 }, { 2, 2000 }, { 3, 4000 },
		{ 4, 8000 }, { 5, 10000 }, { 6, 10000 }, { 1000, 10000 },
		{ INT32_MAX, 10000 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		for (int64_t seed = -50; seed < 50; seed++) {
			msec_t wait =
			    backoff_delay(1000, 10000, table[i].attempts, seed);

			assert_true(wait >= table[i].middle * 3 / 4);
			assert_true(wait <= table[i].middle * 5 / 4);
		}
}

static void
what_failed_together_does_not_come_back_together(void **state)
{
	msec_t earliest = 0, latest = 0;

	(void)state;
	for (int64_t seed = 1; seed <= 32; seed++) {
		msec_t wait = backoff_delay(60000, 60000, 1, seed);

		earliest = seed == 1 || wait < earliest ? wait : earliest;
		latest = wait > latest ? wait : latest;
		/* The same question has the same answer. */
		assert_int_equal(wait, backoff_delay(60000, 60000, 1, seed));
	}
	assert_true(latest - earliest > 15000);
}

static void
the_most_may_be_less_than_the_first(void **state)
{
	(void)state;
	assert_true(backoff_delay(1000, 100, 1, 7) <= 125);
	assert_true(backoff_delay(0, 100, 5, 7) == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_wait_doubles_up_to_its_most),
		cmocka_unit_test(
		    what_failed_together_does_not_come_back_together),
		cmocka_unit_test(the_most_may_be_less_than_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
