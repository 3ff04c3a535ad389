#include "tests/support/cmocka_fence.h"

#include "core/language.h"
#include "core/phrase.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/units.h"

static void
places_are_filled_by_their_numbers(void **state)
{
	static const struct {
		const char *row, *first, *second;
		const char *said;
	} table[] = {
		{ "nothing to fill", "a", "b", "nothing to fill" },
		{ "to {}.", "a", "b", "to a." },
		{ "{1} of {2}", "a", "b", "a of b" },
		{ "of {2} {1}", "a", "b", "of b a" },
		{ "{1}, {1}", "a", "b", "a, a" },
		{ "{3}{9}|", "a", "b", "|" },
		{ "[{}]", NULL, "b", "[]" },
		{ "{0} {x} {", "a", "b", "{0} {x} {" },
		{ "%s {1} %n", "{2}", "b", "%s {2} %n" },
	};
	struct arena arena scoped(arena_done) = { 0 };

	(void)state;
	arena_init(&arena, 64 * 1024);
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const char *const row[LANGUAGE_COUNT] = { table[i].row,
			"not this one" };
		const char *const args[] = { table[i].first, table[i].second };

		assert_string_equal(
		    phrase(LANGUAGE_ZH, row, args, ARRAY_COUNT(args), &arena),
		    table[i].said);
	}
}

static void
numbers_are_filled_in_the_order_of_the_language(void **state)
{
	static const char *const row[LANGUAGE_COUNT] = { "{2}分之{1}",
		"{1} of {2}" };
	static const int numbers[] = { 3, -5 };
	struct arena arena scoped(arena_done) = { 0 };

	(void)state;
	arena_init(&arena, 64 * 1024);
	assert_string_equal(
	    phrase_count(LANGUAGE_ZH, row, numbers, 2, &arena), "-5分之3");
	assert_string_equal(
	    phrase_count(LANGUAGE_EN, row, numbers, 2, &arena), "3 of -5");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_filled_by_their_numbers),
		cmocka_unit_test(numbers_are_filled_in_the_order_of_the_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
