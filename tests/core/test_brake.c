#include "tests/support/cmocka_fence.h"

#include "core/brake.h"
#include "lib/cleanup.h"

static void
s519_brakes_hold_at_each_of_three_bounds(void **state)
{
	static const struct rules rules = { .brake_10min = 5,
		.brake_hour = 10,
		.brake_day = 24,
		.status_per_hour = 5 };
	static const struct {
		struct automatic had;
		bool may;
	} rows[] = {
		{ { 0, 0, 0 }, true },
		{ { 4, 9, 23 }, true },
		{ { 5, 5, 5 }, false },
		{ { 0, 10, 10 }, false },
		{ { 0, 0, 24 }, false },
		/* The store could not say: the next commit will. */
		{ { -1, -1, -1 }, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_int_equal(
		    brake_allows(&rules, &rows[i].had), rows[i].may);
	assert_true(brake_allows_status(&rules, 4));
	assert_false(brake_allows_status(&rules, 5));
}

static void
a_cap_is_the_first_that_is_reached(void **state)
{
	static const struct rules rules = { .sms_number_day = 20,
		.sms_case_day = 12 };
	static const struct rules no_rules = { 0 };
	static const struct sms_channel channel = {
		.day_texts = 100, .part_price = 50000, .day_cost = 10000000
	};
	static const struct sms_channel no_caps = { .part_price = 50000 };
	static const struct {
		const struct rules *rules;
		const struct sms_channel *channel;
		struct sms_had had;
		struct sms_spent spent;
		enum cap cap;
		bool is_staff;
	} rows[] = {
		{ &rules, &channel, { 19, 11 }, { 99, 199 }, CAP_NONE, false },
		{ &rules, &channel, { 20, 12 }, { 0, 0 }, CAP_NUMBER, false },
		{ &rules, &channel, { 12, 12 }, { 0, 0 }, CAP_CASE, false },
		{ &rules, &channel, { 20, 12 }, { 0, 0 }, CAP_NONE, true },
		{ &rules, &channel, { 0, 0 }, { 100, 100 }, CAP_TEXTS, false },
		{ &rules, &channel, { 0, 0 }, { 100, 100 }, CAP_TEXTS, true },
		{ &rules, &channel, { 0, 0 }, { 99, 200 }, CAP_COST, false },
		{ &no_rules, &no_caps, { 999, 999 }, { 99999, 99999 },
		    CAP_NONE, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_int_equal(
		    cap_reached(rows[i].rules, rows[i].channel,
			rows[i].is_staff ? NULL : &rows[i].had, &rows[i].spent),
		    rows[i].cap);
	for (int cap = 0; cap < CAP_COUNT; cap++) {
		assert_non_null(cap_name((enum cap)cap));
		assert_int_equal(cap_is_of_channel((enum cap)cap),
		    cap == CAP_TEXTS || cap == CAP_COST);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s519_brakes_hold_at_each_of_three_bounds),
		cmocka_unit_test(a_cap_is_the_first_that_is_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
