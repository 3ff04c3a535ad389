#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "core/pin.h"
#include "lib/cleanup.h"

static const struct config conf = { .token_key = { 1, 2, 3 } };
static const struct config other = { .token_key = { 1, 2, 4 } };
static const struct staff lin = { .id = "lin", .pin = "2580" };
static const struct staff zhou = { .id = "zhou", .pin = "2580" };
static const struct staff none = { .id = "none" };

static void
the_pin_of_the_settings_holds_until_one_is_set(void **state)
{
	static const struct pin unset = { 0 };

	(void)state;
	assert_true(pin_fits(&conf, &lin, NULL, "2580"));
	assert_true(pin_fits(&conf, &lin, &unset, "2580"));
	assert_false(pin_fits(&conf, &lin, NULL, "2581"));
	assert_false(pin_fits(&conf, &lin, NULL, ""));
	assert_false(pin_fits(&conf, &none, NULL, ""));
	assert_false(pin_fits(&conf, &none, NULL, NULL));
}

static void
a_pin_that_was_set_is_the_only_one(void **state)
{
	struct pin pin;

	(void)state;
	pin_make(&conf, "lin", "654321", 7, &pin);
	assert_true(pin.is_set);
	assert_true(pin_fits(&conf, &lin, &pin, "654321"));
	assert_false(pin_fits(&conf, &lin, &pin, "2580"));
	assert_false(pin_fits(&conf, &lin, &pin, "65432"));
	/* Of nobody else, and of no other desk. */
	assert_false(pin_fits(&conf, &zhou, &pin, "654321"));
	assert_false(pin_fits(&other, &lin, &pin, "654321"));
}

static void
the_same_pin_looks_different_each_time(void **state)
{
	struct pin one, two, three;

	(void)state;
	pin_make(&conf, "lin", "654321", 7, &one);
	pin_make(&conf, "lin", "654321", 8, &two);
	pin_make(&conf, "zhou", "654321", 7, &three);
	assert_int_not_equal(memcmp(one.salt, two.salt, PIN_SALT_BYTES), 0);
	assert_int_not_equal(memcmp(one.salt, three.salt, PIN_SALT_BYTES), 0);
	assert_int_not_equal(memcmp(one.hash, two.hash, PIN_HASH_BYTES), 0);
}

static void
five_wrong_ones_within_half_an_hour_lock_for_an_hour(void **state)
{
	static const struct {
		const char *what;
		int64_t minutes[6]; /* newest first */
		size_t count;
		int64_t now;
		bool is_locked;
	} rows[] = {
		{ "none", { 0 }, 0, 10, false },
		{ "four", { 9, 8, 7, 6 }, 4, 10, false },
		{ "five", { 40, 30, 20, 15, 10 }, 5, 40, true },
		{ "five, too slowly", { 41, 30, 20, 15, 10 }, 5, 41, false },
		{ "until the hour is over", { 40, 30, 20, 15, 10 }, 5, 99,
		    true },
		{ "the hour is over", { 40, 30, 20, 15, 10 }, 5, 100, false },
		{ "one more since then", { 130, 40, 30, 20, 15, 10 }, 6, 131,
		    false },
		{ "another before them", { 40, 39, 38, 37, 36, 1 }, 6, 60,
		    true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		int64_t at[6];

		print_message("%s\n", rows[i].what);
		for (size_t k = 0; k < rows[i].count; k++)
			at[k] = rows[i].minutes[k] * MSEC_MINUTE;
		assert_true(pin_is_locked(at, rows[i].count,
				rows[i].now * MSEC_MINUTE) ==
			    rows[i].is_locked);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    five_wrong_ones_within_half_an_hour_lock_for_an_hour),
		cmocka_unit_test(the_pin_of_the_settings_holds_until_one_is_set),
		cmocka_unit_test(a_pin_that_was_set_is_the_only_one),
		cmocka_unit_test(the_same_pin_looks_different_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
