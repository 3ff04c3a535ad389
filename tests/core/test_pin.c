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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pin_of_the_settings_holds_until_one_is_set),
		cmocka_unit_test(a_pin_that_was_set_is_the_only_one),
		cmocka_unit_test(the_same_pin_looks_different_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
