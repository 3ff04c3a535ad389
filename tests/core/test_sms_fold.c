#include "tests/support/cmocka_fence.h"

#include "core/sms_fold.h"
#include "core/sms_text.h"
#include "lib/arena.h"
#include "lib/cleanup.h"

static void
typography_becomes_plain_where_that_makes_the_text_cheaper(void **state)
{
	static const struct {
		const char *given, *folded;
	} cases[] = {
		{ "We’ll come at “9” – sorry…", "We'll come at \"9\" - sorry..." },
		{ "a\xc2\xa0"
		  "b\tc`d",
		    "a b c'd" },
		{ "a\xe2\x80\x8b"
		  "b\xef\xbb\xbf"
		  "c\xc2\xad"
		  "d",
		    "abcd" },
		{ "Ｂｕｉｌｄｉｎｇ　３，ｒｏｏｍ５０１。",
		    "Building 3,room501." },
		{ "½ h • ‹left› 5′ 6″ − 1⁄3", "1/2 h - <left> 5' 6\" - 1/3" },
		{ "｀", "'" },
		{ "～", "~" },
		/* GSM 7 bit has these: nothing is to be done. */
		{ "Ça à 5 € {ok}", "Ça à 5 € {ok}" },
		{ "plain", "plain" },
		{ "", "" },
		/* One character that stays makes the rest stay. */
		{ "We’ll see á", "We’ll see á" },
		{ "您好，“水管”已修好……请放心。", "您好，“水管”已修好……请放心。" },
		{ "“OK” 👍", "“OK” 👍" },
	};
	const struct sms_counting counting = { .max_parts = 4 };
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1 << 16);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_string_equal(
		    sms_fold(&counting, cases[i].given, &arena),
		    cases[i].folded);
}

/* 70 of them are one part, 210 dots two. */
static void
a_text_that_would_grow_stays(void **state)
{
	const struct sms_counting counting = { .max_parts = 4 };
	struct arena arena scoped(arena_done);
	const char *dots = "";

	(void)state;
	arena_init(&arena, 1 << 20);
	for (int i = 0; i < 70; i++)
		dots = arena_printf(&arena, "%s…", dots);
	assert_ptr_equal(sms_fold(&counting, dots, &arena), dots);
}

static void
mainland_china_gains_nothing_by_it(void **state)
{
	const struct sms_counting counting = { .is_mainland = true,
		.max_parts = 4 };
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1 << 16);
	assert_string_equal(sms_fold(&counting, "it’s", &arena), "it’s");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    typography_becomes_plain_where_that_makes_the_text_cheaper),
		cmocka_unit_test(a_text_that_would_grow_stays),
		cmocka_unit_test(mainland_china_gains_nothing_by_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
