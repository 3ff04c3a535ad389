#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "lib/cleanup.h"
#include "lib/json_escape.h"

/* Each stands behind a "\u". */
static void
what_stands_behind_the_u_is_one_character(void **state)
{
	static const struct {
		const char *text;
		size_t taken;
		uint32_t code;
	} table[] = {
		{ "0041", 4, 'A' },
		{ "6C34 and more", 4, 0x6c34 },
		{ "0000", 4, 0 },
		{ "d83d\\udCa7", 10, 0x1f4a7 },
		{ "dbff\\udfffx", 10, 0x10ffff },
		/* Half of one; what follows is another's. */
		{ "d83d", 4, 0xd83d },
		{ "d83d\\u0041", 4, 0xd83d },
		{ "d83d\\ud83d", 4, 0xd83d },
		{ "d83d\\udca", 4, 0xd83d },
		{ "d83d\\ndca7", 4, 0xd83d },
		{ "d83d/udca7", 4, 0xd83d },
		{ "dca7\\ud83d", 4, 0xdca7 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		uint32_t code = 1;

		assert_int_equal(json_escape_read(table[i].text,
				     strlen(table[i].text), &code),
		    table[i].taken);
		assert_int_equal(code, table[i].code);
	}
}

static void
what_is_no_escape_takes_nothing(void **state)
{
	static const char *const table[] = { "", "004", "00g1", "-041",
		"0x41" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		uint32_t code;

		assert_int_equal(
		    json_escape_read(table[i], strlen(table[i]), &code), 0);
	}
}

static void
half_a_character_is_known(void **state)
{
	(void)state;
	assert_false(json_escape_is_half(0xd7ff));
	assert_true(json_escape_is_half(0xd800));
	assert_true(json_escape_is_half(0xdfff));
	assert_false(json_escape_is_half(0xe000));
	assert_false(json_escape_is_half(0x1f4a7));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_behind_the_u_is_one_character),
		cmocka_unit_test(what_is_no_escape_takes_nothing),
		cmocka_unit_test(half_a_character_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
