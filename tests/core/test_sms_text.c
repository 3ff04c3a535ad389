#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "core/sms_text.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"

struct piece {
	size_t times;
	const char *text;
};

static const char *
build(struct arena *arena, const struct piece *pieces)
{
	struct buf buf scoped(buf_done);

	buf_init(&buf, 100000);
	for (; pieces->times > 0; pieces++) {
		for (size_t i = 0; i < pieces->times; i++)
			buf_puts(&buf, pieces->text);
	}
	return arena_strdup(arena, buf_text(&buf));
}

#define FAMILY "👨‍👩‍👧‍👦"

/* Elsewhere than in mainland China. */
static struct sms_counting
parts(unsigned max)
{
	return (struct sms_counting){ .max_parts = max };
}

static void
sizes_are_those_of_the_standard(void **state)
{
	static const struct {
		struct piece pieces[4];
		bool is_gsm7;
		size_t units;
		size_t parts;
	} cases[] = {
		{ { { 160, "a" } }, true, 160, 1 },
		{ { { 161, "a" } }, true, 161, 2 },
		{ { { 306, "a" } }, true, 306, 2 },
		{ { { 307, "a" } }, true, 307, 3 },
		{ { { 80, "€" } }, true, 160, 1 },
		{ { { 81, "€" } }, true, 162, 2 },
		/* Escapes are not cut: 76 of them fill 152 of 153. */
		{ { { 153, "€" } }, true, 306, 3 },
		{ { { 152, "a" }, { 1, "€" }, { 20, "b" } }, true, 174, 2 },
		{ { { 70, "中" } }, false, 70, 1 },
		{ { { 71, "中" } }, false, 71, 2 },
		{ { { 134, "中" } }, false, 134, 2 },
		{ { { 135, "中" } }, false, 135, 3 },
		{ { { 35, "😀" } }, false, 70, 1 },
		{ { { 36, "😀" } }, false, 72, 2 },
		{ { { 66, "中" }, { 1, "😀" }, { 20, "文" } }, false, 88, 2 },
		/* 67 units would hold 33 and a half of them. */
		{ { { 67, "😀" } }, false, 134, 3 },
		{ { { 7, FAMILY } }, false, 77, 2 },
		/* Six families are 66 units, twelve 132, so the 13th is alone. */
		{ { { 13, FAMILY } }, false, 143, 3 },
		{ { { 1, "ç" } }, false, 1, 1 },
		{ { { 1, "Ç" } }, true, 1, 1 },
		{ { { 1, "\t" } }, false, 1, 1 },
		{ { { 1, "`" } }, false, 1, 1 },
		{ { { 1, "“" } }, false, 1, 1 },
		{ { { 1, "…" } }, false, 1, 1 },
		{ { { 1, "\xc2\xa0" } }, false, 1, 1 },
		{ { { 1, "\f" } }, true, 2, 1 },
		{ { { 1, "ΔΦΓΛΩΠΨΣΘΞ" } }, true, 10, 1 },
		{ { { 1, "^{}\\[~]|" } }, true, 16, 1 },
		{ { { 1, "@£$¥èéùìòØøÅåÆæßÉ!\"#¤%&'_" } }, true, 25, 1 },
		{ { { 1, "" } }, true, 0, 1 },
	};
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *text = build(&arena, cases[i].pieces);
		const struct sms_counting counting = parts(255);
		struct sms_size size = sms_text_size(&counting, text);

		if (size.is_gsm7 != cases[i].is_gsm7 ||
		    size.units != cases[i].units ||
		    size.parts != cases[i].parts)
			fail_msg("case %zu: gsm7 %d units %zu parts %zu", i,
			    size.is_gsm7, size.units, size.parts);
	}
}

static void
a_grapheme_longer_than_a_part_is_cut_between_characters(void **state)
{
	struct arena arena scoped(arena_done);
	const struct piece zalgo[] = { { 1, "中" }, { 200, "\xcc\x81" }, { 0 } };

	(void)state;
	arena_init(&arena, 1 << 20);
	const struct sms_counting counting = parts(255);

	assert_int_equal(
	    sms_text_size(&counting, build(&arena, zalgo)).parts, 3);
}

static void
a_text_that_fits_stays_as_it_is(void **state)
{
	struct arena arena scoped(arena_done);
	const struct piece full[] = { { 70, "中" }, { 0 } };

	(void)state;
	arena_init(&arena, 1 << 20);
	const struct sms_counting counting = parts(1);

	assert_string_equal(
	    sms_text_fit(&counting, build(&arena, full), &arena),
	    build(&arena, full));
	assert_string_equal(sms_text_fit(&counting, "", &arena), "");
}

static void
a_text_too_long_is_cut_and_says_so(void **state)
{
	static const struct {
		struct piece given[4];
		unsigned parts;
		struct piece kept[4];
	} cases[] = {
		{ { { 71, "中" } }, 1, { { 69, "中" }, { 1, "…" } } },
		{ { { 161, "a" } }, 1, { { 157, "a" }, { 1, "..." } } },
		{ { { 200, "中" } }, 2, { { 133, "中" }, { 1, "…" } } },
		{ { { 307, "a" } }, 2, { { 303, "a" }, { 1, "..." } } },
		/* A family is kept whole: 6 * 11 + 1. */
		{ { { 9, FAMILY } }, 1, { { 6, FAMILY }, { 1, "…" } } },
		/* What needs UCS-2 is cut off, so the rest has more room. */
		{ { { 150, "a" }, { 60, "中" } }, 1,
		    { { 150, "a" }, { 1, "..." } } },
		{ { { 75, "a" }, { 1, "中" }, { 200, "b" } }, 2,
		    { { 75, "a" }, { 1, "中" }, { 57, "b" }, { 1, "…" } } },
	};
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *given = build(&arena, cases[i].given);
		struct piece kept[5] = { 0 };
		const struct sms_counting counting = parts(cases[i].parts);
		const char *fitted = sms_text_fit(&counting, given, &arena);

		memcpy(kept, cases[i].kept, sizeof(cases[i].kept));
		assert_string_equal(fitted, build(&arena, kept));
		assert_int_equal(
		    sms_text_size(&counting, fitted).parts, cases[i].parts);
		assert_true(sms_text_fits(&counting, fitted));
		assert_false(sms_text_fits(&counting, given));
	}
}

/* sms.md C: every character is one, the signature included. */
static void
mainland_china_counts_characters(void **state)
{
	static const struct {
		struct piece pieces[3];
		const char *signature;
		bool is_gsm7;
		size_t units, parts;
	} cases[] = {
		{ { { 70, "a" } }, NULL, true, 70, 1 },
		{ { { 71, "a" } }, NULL, true, 71, 2 },
		{ { { 70, "€" } }, NULL, true, 70, 1 },
		{ { { 134, "中" } }, NULL, false, 134, 2 },
		{ { { 135, "1" } }, NULL, true, 135, 3 },
		{ { { 64, "中" } }, "阳光物业", false, 70, 1 },
		{ { { 65, "中" } }, "阳光物业", false, 71, 2 },
		/* The brackets are no GSM 7 bit. */
		{ { { 65, "a" } }, "阳光物业", false, 71, 2 },
		/* A part carries UTF-16. */
		{ { { 35, "😀" } }, NULL, false, 70, 1 },
		{ { { 36, "😀" } }, NULL, false, 72, 2 },
	};
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct sms_counting counting = {
			.is_mainland = true,
			.signature = cases[i].signature,
			.max_parts = 10,
		};
		struct sms_size size = sms_text_size(
		    &counting, build(&arena, cases[i].pieces));

		if (size.is_gsm7 != cases[i].is_gsm7 ||
		    size.units != cases[i].units ||
		    size.parts != cases[i].parts)
			fail_msg("case %zu: gsm7 %d units %zu parts %zu", i,
			    size.is_gsm7, size.units, size.parts);
	}
}

static void
a_signature_that_the_gateway_adds_counts_everywhere(void **state)
{
	const struct sms_counting counting = { .signature = "Sunshine",
		.max_parts = 1 };

	(void)state;
	assert_int_equal(sms_text_size(&counting, "").units, 10);
	assert_false(sms_text_size(&counting, "a").is_gsm7);
}

static void
five_hundred_characters_are_the_most_in_mainland_china(void **state)
{
	const struct piece most[] = { { 494, "中" }, { 0 } };
	const struct piece over[] = { { 495, "中" }, { 0 } };
	const struct piece cut[] = { { 493, "中" }, { 1, "…" }, { 0 } };
	struct sms_counting counting = { .is_mainland = true,
		.signature = "阳光物业",
		.max_parts = 10 };
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1 << 20);
	assert_true(sms_text_fits(&counting, build(&arena, most)));
	assert_false(sms_text_fits(&counting, build(&arena, over)));
	assert_string_equal(
	    sms_text_fit(&counting, build(&arena, over), &arena),
	    build(&arena, cut));
	counting.max_parts = 7;
	assert_false(sms_text_fits(&counting, build(&arena, most)));
	counting = (struct sms_counting){ .max_parts = 10 };
	assert_true(sms_text_fits(&counting, build(&arena, over)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_those_of_the_standard),
		cmocka_unit_test(
		    a_grapheme_longer_than_a_part_is_cut_between_characters),
		cmocka_unit_test(a_text_that_fits_stays_as_it_is),
		cmocka_unit_test(a_text_too_long_is_cut_and_says_so),
		cmocka_unit_test(mainland_china_counts_characters),
		cmocka_unit_test(
		    a_signature_that_the_gateway_adds_counts_everywhere),
		cmocka_unit_test(
		    five_hundred_characters_are_the_most_in_mainland_china),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
