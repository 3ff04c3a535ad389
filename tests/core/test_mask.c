#include "core/mask.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"

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
an_address_keeps_only_what_tells_it_apart(void **state)
{
	(void)state;
	assert_string_equal(
	    mask_phone("+8613900138000", &arena), "+86139****8000");
	assert_string_equal(mask_phone("13900138000", &arena), "139****8000");
	assert_string_equal(mask_phone("10690001", &arena), "******01");
	/* Nobody's own. */
	assert_string_equal(mask_phone("10086", &arena), "10086");
	assert_string_equal(mask_phone("BANK", &arena), "BANK");
	assert_string_equal(mask_phone(NULL, &arena), "");
	assert_string_equal(
	    mask_mail("lin@example.com", &arena), "l***@example.com");
	assert_string_equal(mask_mail("@x.example", &arena), "***@x.example");
	assert_string_equal(mask_mail("nonsense", &arena), "***");
	assert_string_equal(mask_name("林晓", &arena), "林**");
	assert_string_equal(mask_name("John Smith", &arena), "J**");
	assert_string_equal(mask_name("", &arena), "");
	assert_string_equal(
	    mask_address("wang@owner.example", &arena), "w***@owner.example");
	assert_string_equal(
	    mask_address("+8613900139001", &arena), "+86139****9001");
}

static void
a_text_loses_its_numbers_and_addresses(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "打13900138000找我", "打139****8000找我" },
		{ "139 0013 8000", "139 **** 8000" },
		{ "电话 13900138000，谢谢", "电话 139****8000，谢谢" },
		{ "call +86 139 0013 8000 now", "call +86 139 **** 8000 now" },
		{ "tel 0531-88886666.", "tel 0531-****6666." },
		{ "写信到 lin@example.com。", "写信到 l**@example.com。" },
		{ "身份证37010219900101123X号", "身份证370**********1123X号" },
		{ "T261123-0007 已受理", "T261123-0007 已受理" },
		{ "3-2-501，2026-11-24 17:00", "3-2-501，2026-11-24 17:00" },
		{ "1200元", "1200元" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const char *got = mask_text(rows[i].text, &arena);

		if (!text_eq(got, rows[i].want))
			fail_msg("%s: %s", rows[i].text, got);
	}
}

static void
whoever_is_named_in_a_text_is_masked(void **state)
{
	static const struct {
		const char *text, *name, *masked;
	} rows[] = {
		{ "我是王芳,电话13900139001,王芳", "王芳",
		    "我是王**,电话139****9001,王**" },
		{ "Mr John Smith called", "John Smith", "Mr J** called" },
		{ "王先生说", "王", "王先生说" },
		{ "没有提到", "王芳", "没有提到" },
		{ "13900139001", NULL, "139****9001" },
		{ "13900139001", "", "139****9001" },
		/* A name that its own mask would contain. */
		{ "a* a*", "a*", "a** a**" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_string_equal(
		    mask_words(rows[i].text, rows[i].name, &arena),
		    rows[i].masked);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_keeps_only_what_tells_it_apart),
		cmocka_unit_test(whoever_is_named_in_a_text_is_masked),
		cmocka_unit_test(a_text_loses_its_numbers_and_addresses),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
