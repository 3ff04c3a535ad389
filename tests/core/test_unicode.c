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
		cmocka_unit_test(wrong_bytes_become_the_replacement_character),
		cmocka_unit_test(characters_come_one_at_a_time),
		cmocka_unit_test(a_family_is_one_grapheme),
		cmocka_unit_test(the_writers_language_is_that_of_most_words),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
