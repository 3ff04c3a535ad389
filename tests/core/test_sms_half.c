/*
 * Characters that were cut where a long text was cut.
 */
#include <stdio.h>
#include <string.h>

#include "core/sms_half.h"
#include "lib/arena.h"
#include "lib/units.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"

static void
two_halves_are_a_character_and_one_is_none(void **state)
{
	static const struct {
		const char *before;
		unsigned first, second; /* 0: not there */
		const char *after, *joined;
	} cases[] = {
		{ "漏水", 0xD83D, 0xDE00, "请来", "漏水😀请来" },
		{ "", 0xD800, 0xDC00, "", "𐀀" },
		{ "", 0xDBFF, 0xDFFF, "", "\xF4\x8F\xBF\xBF" },
		{ "漏水", 0xD83D, 0, "请来", "漏水\uFFFD请来" },
		{ "漏水", 0, 0xDE00, "请来", "漏水\uFFFD请来" },
		{ "漏水", 0xDE00, 0xD83D, "", "漏水\uFFFD\uFFFD" },
		{ "漏水", 0xD83D, 0xD83D, "", "漏水\uFFFD\uFFFD" },
		/* Their neighbours in the plane are not theirs. */
		{ "\xF4\x8F\x9F\xBF", 0, 0, "😀", "\xF4\x8F\x9F\xBF😀" },
		{ "", 0, 0, "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct arena arena scoped(arena_done);
		char text[100];

		arena_init(&arena, 4096);
		(void)snprintf(text, sizeof(text), "%s%s%s%s", cases[i].before,
		    cases[i].first == 0 ? ""
					: sms_half_mark(cases[i].first, &arena),
		    cases[i].second == 0
			? ""
			: sms_half_mark(cases[i].second, &arena),
		    cases[i].after);
		assert_string_equal(
		    sms_half_join(text, &arena), cases[i].joined);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_halves_are_a_character_and_one_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
