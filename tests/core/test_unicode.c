#include "core/unicode.h"
#include "lib/arena.h"
#include "tests/support/cmocka_fence.h"

#include <string.h>

static struct arena arena;

static int
start(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void
width_and_ligatures_become_plain(void **state)
{
	(void)state;
	assert_string_equal(
	    unicode_nfkc("３－２：①ﬁ", false, &arena), "3-2:1fi");
	assert_string_equal(unicode_nfkc("#接单", false, &arena), "#接单");
	assert_string_equal(
	    unicode_nfkc("\xEF\xBB\xBF＃\xE2\x80\x8B接单", false, &arena),
	    "#接单");
	assert_string_equal(unicode_nfkc("GAS Leak", true, &arena), "gas leak");
	assert_string_equal(unicode_nfkc("GAS", false, &arena), "GAS");
	assert_string_equal(unicode_nfkc("a\nb", true, &arena), "a\nb");
	assert_string_equal(unicode_nfkc(NULL, true, &arena), "");
}

/* What is taken the short way must be what the careful way makes of it, which
 * is taken for a character with something uncommon behind it. */
static void
the_short_way_to_nfkc_ends_where_the_careful_one_does(void **state)
{
	static const char tail[] = "\xC2\xBD", mapped[] = "1\xE2\x81\x84" "2";

	(void)state;
	for (uint32_t c = 1; c < 0x10000; c++) {
		char text[8] = { (char)c };
		size_t len = 1;

		if (c >= 0xD800 && c < 0xE000)
			continue;
		if (c >= 0x800) {
			text[0] = (char)(0xE0 | c >> 12);
			text[1] = (char)(0x80 | (c >> 6 & 0x3F));
			text[2] = (char)(0x80 | (c & 0x3F));
			len = 3;
		} else if (c >= 0x80) {
			text[0] = (char)(0xC0 | c >> 6);
			text[1] = (char)(0x80 | (c & 0x3F));
			len = 2;
		}
		for (int fold = 0; fold < 2; fold++) {
			const char *alone, *together;
			size_t end;

			arena_reset(&arena);
			text[len] = '\0';
			alone = unicode_nfkc(text, fold, &arena);
			memcpy(text + len, tail, sizeof(tail));
			together = unicode_nfkc(text, fold, &arena);
			end = strlen(together) - strlen(mapped);
			assert_string_equal(together + end, mapped);
			if (strlen(alone) != end ||
			    memcmp(alone, together, end) != 0)
				fail_msg("U+%04X: %s, %s", c, alone, together);
		}
	}
}

static void
characters_join_across_common_ones(void **state)
{
	static const struct {
		const char *text, *nfkc;
	} rows[] = {
		{ "e\xCC\x81x", "\xC3\xA9x" },
		{ "漏e\xE2\x80\x8B\xCC\x81水", "漏\xC3\xA9水" },
		{ "Ｅ\xCC\x81", "\xC3\x89" },
		{ "漏\xCC\x81水", "漏\xCC\x81水" },
		{ "가\xE1\x86\xA8。", "각。" },
		{ "\xEF\xB7\xBA", "صلى الله عليه وسلم" },
		{ "a\xEF\xB7\xBA水\xEF\xB7\xBA好",
		    "aصلى الله عليه وسلم水صلى الله عليه وسلم好" },
		{ "\xCC\x81", "\xCC\x81" },
		{ "\xE2\x80\x8B", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_string_equal(
		    unicode_nfkc(rows[i].text, false, &arena), rows[i].nfkc);
}

static void
wrong_bytes_become_the_replacement_character(void **state)
{
	(void)state;
	assert_string_equal(unicode_valid("a\xFF"
					  "b",
				3, &arena),
	    "a\xEF\xBF\xBD"
	    "b");
	assert_string_equal(unicode_valid("a\0b", 3, &arena), "a\xEF\xBF\xBD"
							      "b");
	assert_string_equal(
	    unicode_valid("\xE4\xB8", 2, &arena), "\xEF\xBF\xBD\xEF\xBF\xBD");
	assert_string_equal(unicode_valid("好", 3, &arena), "好");
	assert_string_equal(unicode_valid("", 0, &arena), "");
	assert_string_equal(
	    unicode_nfkc("a\xC3(", false, &arena), "a\xEF\xBF\xBD(");
}

static void
characters_come_one_at_a_time(void **state)
{
	const char *text = "a好\xFF";

	(void)state;
	assert_int_equal(unicode_next(&text), 'a');
	assert_int_equal(unicode_next(&text), 0x597D);
	assert_int_equal(unicode_next(&text), 0xFFFD);
	assert_int_equal(unicode_next(&text), 0);
	assert_int_equal(unicode_next(&text), 0);
}

static void
a_family_is_one_grapheme(void **state)
{
	static const char family[] = "👩‍👩‍👧!";

	(void)state;
	assert_int_equal(unicode_grapheme(family), strlen(family) - 1);
	assert_int_equal(unicode_grapheme("e\xCC\x81x"), 3);
	assert_int_equal(unicode_grapheme("好的"), 3);
	assert_int_equal(unicode_grapheme(""), 0);
}

static void
the_writers_language_is_that_of_most_words(void **state)
{
	(void)state;
	assert_true(unicode_is_chinese("3-2-501 漏水了"));
	assert_true(unicode_is_chinese("整户跳闸 no power since 7am, pls help"
				       " 谢谢各位"));
	assert_false(unicode_is_chinese("Water at 3号楼 since this morning"));
	assert_false(unicode_is_chinese("12345"));
	assert_false(unicode_is_chinese(NULL));
	assert_true(unicode_is_han(0x6C34));
	assert_false(unicode_is_han('a'));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(width_and_ligatures_become_plain),
		cmocka_unit_test(
		    the_short_way_to_nfkc_ends_where_the_careful_one_does),
		cmocka_unit_test(characters_join_across_common_ones),
		cmocka_unit_test(wrong_bytes_become_the_replacement_character),
		cmocka_unit_test(characters_come_one_at_a_time),
		cmocka_unit_test(a_family_is_one_grapheme),
		cmocka_unit_test(the_writers_language_is_that_of_most_words),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
