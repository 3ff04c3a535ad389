#include "core/han.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"

#include <string.h>

static void
traditional_characters_are_read_as_simplified(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "" },
		{ "gas leak", "gas leak" },
		{ "煤氣洩漏，電梯門開唔到", "煤气泄漏，电梯门开唔到" },
		{ "煤气泄漏", "煤气泄漏" },
		{ "困喺𨋢🔥", "困喺𨋢🔥" },
		{ "\xE6\xB0", "\xE6\xB0" },
	};
	struct arena arena;
	const uint16_t *table;

	(void)state;
	arena_init(&arena, 1 << 20);
	table = han_table(&arena);
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		char *text = arena_strdup(&arena, rows[i].text);

		han_simplify(table, text);
		assert_string_equal(text, rows[i].want);
		assert_int_equal(strlen(text), strlen(rows[i].text));
	}
	arena_done(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(traditional_characters_are_read_as_simplified),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
