/*
 * Small questions about strings.
 */
#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "lib/text.h"

static void
nothing_is_the_same_as_an_empty_text(void **state)
{
	(void)state;
	assert_true(text_is_empty(NULL) && text_is_empty(""));
	assert_false(text_is_empty(" "));
	assert_true(text_eq(NULL, "") && text_eq(NULL, NULL));
	assert_true(text_eq_nocase("AbC", "aBc"));
	assert_false(text_eq("AbC", "aBc"));
	assert_true(text_starts("abc", "ab") && text_starts(NULL, ""));
	assert_false(text_starts("a", "ab") || text_starts(NULL, "a"));
	assert_true(text_starts_nocase("Re: x", "rE:"));
	assert_true(text_ends("abc", "bc") && text_ends("abc", ""));
	assert_false(text_ends("c", "bc") || text_ends(NULL, "c"));
	assert_string_equal(text_or(NULL, "x"), "x");
	assert_string_equal(text_or("", "x"), "");
}

static void
only_whole_numbers_in_bounds_are_numbers(void **state)
{
	static const char *const wrong[] = { "", " 1", "1 ", "1x", "0x1", "11",
		"-6", "99999999999999999999", "-", "1.0", "\n1" };
	int64_t value = 77;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
		assert_int_equal(text_to_int(wrong[i], -5, 10, &value), -1);
		assert_int_equal(value, 77);
	}
	assert_int_equal(text_to_int(NULL, 0, 1, &value), -1);
	assert_int_equal(text_to_int("-5", -5, 10, &value), 0);
	assert_int_equal(value, -5);
	assert_int_equal(text_to_int("010", -5, 10, &value), 0);
	assert_int_equal(value, 10);
}

static void
letters_are_lowered_and_ends_cut(void **state)
{
	static const struct {
		const char *given, *trimmed;
	} table[] = {
		{ "", "" },
		{ " \t\r\n ", "" },
		{ "  a b\n", "a b" },
		{ "x", "x" },
	};
	char text[32];

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		memcpy(text, table[i].given, strlen(table[i].given) + 1);
		assert_string_equal(text_trim(text), table[i].trimmed);
	}
	memcpy(text, "AbC-电Z", sizeof("AbC-电Z"));
	assert_string_equal(text_lower(text), "abc-电z");
}

static void
a_hexadecimal_digit_has_a_value(void **state)
{
	static const char others[] = "/:@G`g \x10\x7f\xe1";

	(void)state;
	for (int i = 0; i < 16; i++) {
		assert_int_equal(text_hex_value("0123456789abcdef"[i]), i);
		assert_int_equal(text_hex_value("0123456789ABCDEF"[i]), i);
	}
	for (size_t i = 0; i < sizeof(others); i++)
		assert_int_equal(text_hex_value(others[i]), -1);
}

static void
the_distance_of_words_stops_at_its_limit(void **state)
{
	static const struct {
		const char *a, *b;
		size_t limit, distance;
	} table[] = {
		{ "port", "port", 3, 0 },
		{ "prot", "port", 3, 2 },
		{ "kitten", "sitting", 5, 3 },
		{ "kitten", "sitting", 2, 3 },
		{ "", "abc", 9, 3 },
		{ "abc", "", 9, 3 },
		{ "", "", 9, 0 },
	};
	char longer[100];

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		assert_int_equal(text_distance(table[i].a, table[i].b,
				     table[i].limit),
		    table[i].distance);
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(text_distance(longer, longer, 4), 5);
	longer[63] = '\0';
	assert_int_equal(text_distance(longer, longer, 4), 0);
}

static void
a_number_is_written_in_decimal(void **state)
{
	static const struct {
		int64_t value;
		const char *text;
	} rows[] = {
		{ 0, "0" },
		{ 7, "7" },
		{ -10, "-10" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		char text[TEXT_INT];

		text_from_int(rows[i].value, text);
		assert_string_equal(text, rows[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_the_same_as_an_empty_text),
		cmocka_unit_test(only_whole_numbers_in_bounds_are_numbers),
		cmocka_unit_test(letters_are_lowered_and_ends_cut),
		cmocka_unit_test(a_hexadecimal_digit_has_a_value),
		cmocka_unit_test(the_distance_of_words_stops_at_its_limit),
		cmocka_unit_test(a_number_is_written_in_decimal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
