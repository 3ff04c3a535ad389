/* What staff told the desk about themselves (R18, rules.md 5.40). */
#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "lib/err.h"
#include "store/staff.h"
#include "tests/support/store_fixture.h"

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

static void
leave(struct fixture *fixture, const char *staff, msec_t from, msec_t to)
{
	const struct absence absence = { staff, MORNING + from, MORNING + to };

	assert_int_equal(
	    absence_set(fixture->store, &absence, MORNING, &fixture->err), 0);
}

static struct absences
load(struct fixture *fixture, msec_t now)
{
	struct absences ret;

	assert_int_equal(absences_load(fixture->store, MORNING + now,
			     &fixture->arena, &ret, &fixture->err),
	    0);
	return ret;
}

static void
absences_are_kept_until_they_are_over(void **state)
{
	struct fixture *fixture = *state;
	struct absences absences = load(fixture, 0);

	assert_int_equal(absences.count, 0);
	leave(fixture, "lin", 5 * MSEC_DAY, 9 * MSEC_DAY);
	leave(fixture, "zhou", 2 * MSEC_DAY, 3 * MSEC_DAY);
	absences = load(fixture, 0);
	assert_int_equal(absences.count, 2);
	assert_string_equal(absences.list[0].staff, "zhou");
	assert_string_equal(absences.list[1].staff, "lin");
	assert_int_equal(absences.list[1].from, MORNING + 5 * MSEC_DAY);
	assert_int_equal(absences.list[1].to, MORNING + 9 * MSEC_DAY);
	assert_int_equal(load(fixture, 3 * MSEC_DAY).count, 1);
	assert_int_equal(load(fixture, 9 * MSEC_DAY).count, 0);
}

static void
the_newest_word_about_a_time_counts(void **state)
{
	struct fixture *fixture = *state;
	struct absences absences;

	leave(fixture, "lin", MSEC_DAY, 5 * MSEC_DAY);
	leave(fixture, "lin", 7 * MSEC_DAY, 8 * MSEC_DAY);
	leave(fixture, "zhou", MSEC_DAY, 5 * MSEC_DAY);
	leave(fixture, "lin", MSEC_DAY, 2 * MSEC_DAY);
	absences = load(fixture, 0);
	assert_int_equal(absences.count, 3);
	assert_string_equal(absences.list[0].staff, "lin");
	assert_int_equal(absences.list[0].to, MORNING + 2 * MSEC_DAY);
}

static void
an_absence_that_ends_before_it_begins_is_refused(void **state)
{
	struct fixture *fixture = *state;
	const struct absence absence = { "lin", MORNING, MORNING };

	assert_int_equal(
	    absence_set(fixture->store, &absence, MORNING, &fixture->err), -1);
}

static void
a_handover_is_wanted_at_the_earlier_time_and_set_at_any(void **state)
{
	struct fixture *fixture = *state;
	struct store *store = fixture->store;
	struct err *err = &fixture->err;
	const char *who = NULL;

	assert_int_equal(handover_next(store), 0);
	assert_int_equal(handover_is_set(store, "lin", err), 0);
	assert_int_equal(handover_want(store, "lin", 500, err), 0);
	assert_int_equal(handover_want(store, "lin", 900, err), 0);
	assert_int_equal(handover_next(store), 500);
	assert_int_equal(handover_want(store, "lin", 300, err), 0);
	assert_int_equal(handover_next(store), 300);
	assert_int_equal(handover_set(store, "lin", 700, err), 0);
	assert_int_equal(handover_next(store), 700);
	assert_int_equal(handover_is_set(store, "lin", err), 1);
	assert_int_equal(
	    handover_due(store, 699, &fixture->arena, &who, err), 0);
	assert_int_equal(
	    handover_due(store, 700, &fixture->arena, &who, err), 1);
	assert_string_equal(who, "lin");
	assert_int_equal(handover_stop(store, "lin", err), 0);
	assert_int_equal(handover_next(store), 0);
}

static void
a_pin_comes_back_as_it_was_and_the_last_one_counts(void **state)
{
	struct fixture *fixture = *state;
	struct pin first = { .is_set = true, .salt = { 1 }, .hash = { 2 } };
	struct pin second = { .is_set = true, .salt = { 3 }, .hash = { 4 } };
	struct pin found;

	assert_int_equal(
	    pin_load(fixture->store, "lin", &found, &fixture->err), 0);
	assert_false(found.is_set);
	assert_int_equal(
	    pin_set(fixture->store, "lin", &first, MORNING, &fixture->err), 0);
	assert_int_equal(
	    pin_set(fixture->store, "lin", &second, MORNING, &fixture->err), 0);
	assert_int_equal(
	    pin_load(fixture->store, "lin", &found, &fixture->err), 1);
	assert_true(found.is_set);
	assert_memory_equal(found.salt, second.salt, sizeof(found.salt));
	assert_memory_equal(found.hash, second.hash, sizeof(found.hash));
	assert_int_equal(
	    pin_load(fixture->store, "zhou", &found, &fixture->err), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(absences_are_kept_until_they_are_over),
		TEST(the_newest_word_about_a_time_counts),
		TEST(an_absence_that_ends_before_it_begins_is_refused),
		TEST(a_handover_is_wanted_at_the_earlier_time_and_set_at_any),
		TEST(a_pin_comes_back_as_it_was_and_the_last_one_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
