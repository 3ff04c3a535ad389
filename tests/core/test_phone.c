#include "tests/support/cmocka_fence.h"

#include "core/phone.h"
#include "lib/arena.h"
#include "lib/cleanup.h"

static void
numbers_become_e164(void **state)
{
	static const struct {
		const char *raw;
		const char *country;
		const char *number; /* NULL: no full number */
	} cases[] = {
		{ "138 0013 8000", "86", "+8613800138000" },
		{ "0086138-0013-8000", "86", "+8613800138000" },
		{ "8613800138000", "86", "+8613800138000" },
		{ "+8613800138000", "86", "+8613800138000" },
		{ "+86 (138) 0013.8000", "1", "+8613800138000" },
		{ "+86138\xc2\xa0"
		  "00138000",
		    NULL, "+8613800138000" },
		{ "１３８００１３８０００", "86", "+8613800138000" },
		{ "＋８６１３８００１３８０００", "86", "+8613800138000" },
		{ "013800138000", "86", "+8613800138000" },
		{ "010-12345678", "86", "+861012345678" },
		{ "0755 1234567", "86", "+867551234567" },
		{ "07911 123456", "44", "+447911123456" },
		{ "+447911123456", "86", "+447911123456" },
		{ "(415) 555-0100", "1", "+14155550100" },
		{ "1 415 555 0100", "1", "+14155550100" },
		/* Looks like the country, but is a national number. */
		{ "65123456", "65", "+6565123456" },
		/* No full numbers. */
		{ "10086", "86", NULL },
		{ "+8610086", "86", NULL },
		{ "8610086", "86", NULL },
		{ "1069012345678", "86", NULL },
		{ "106901234567", "86", NULL },
		{ "1069012345", "86", NULL }, /* ten digits, but a port */
		{ "01069012345", "86", "+861069012345" },
		{ "１０６９０００１", "86", NULL },
		{ "95588", "86", NULL },
		{ "12345678", "86", NULL },
		{ "13800138000", "", NULL },
		{ "13800138000", NULL, NULL },
		{ "BANK", "86", NULL },
		{ "138001380OO", "86", NULL },
		{ "13800138000;", "86", NULL },
		{ "++8613800138000", "86", NULL },
		{ "86+13800138000", "86", NULL },
		{ "+0138001380", "86", NULL },
		{ "+1234567890123456", "86", NULL },
		{ "1234567890123456789012345678901234567890", "86", NULL },
		{ "", "86", NULL },
		{ "+", "86", NULL },
		{ "  -  ", "86", NULL },
		{ NULL, "86", NULL },
	};
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1 << 16);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *number =
		    phone_e164(cases[i].raw, cases[i].country, &arena);

		if (cases[i].number == NULL && number != NULL)
			fail_msg("case %zu: %s is %s", i, cases[i].raw, number);
		if (cases[i].number == NULL)
			continue;
		if (number == NULL)
			fail_msg("case %zu: %s is nothing", i, cases[i].raw);
		assert_string_equal(number, cases[i].number);
		assert_true(phone_is_e164(number));
		assert_string_equal(
		    phone_e164(number, "86", &arena), number);
	}
}

static void
only_the_full_form_is_e164(void **state)
{
	static const char *const wrong[] = { NULL, "", "+", "13800138000",
		"+013800138000", "+86 13800138000", "+8613800138000 ",
		"+12345", "+1234567890123456", "+8613800abc",
		"+8610086", "+8610690001", "+861380013800", "+86138001380000" };

	(void)state;
	assert_true(phone_is_e164("+8613800138000"));
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
		assert_false(phone_is_e164(wrong[i]));
}

static void
a_sender_that_is_a_name_is_no_number(void **state)
{
	static const char *const names[] = { "BANK", "95588-A", "阳光物业" };
	static const char *const numbers[] = { NULL, "95588", "106900012345",
		"+86 139 0013 9001" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		assert_true(phone_is_name(names[i]));
	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
		assert_false(phone_is_name(numbers[i]));
}

static void
a_number_with_its_country_is_whole_or_none(void **state)
{
	static const char *const whole[] = { "+8613800138001", "+8610690001",
		"+44 20 7946 0000", "10086", "0531-00000000", "BANK" };
	static const char *const parts[] = { "", "+", "+861", "+86 BANK",
		"+0138001380", "+1234567890123456", "+12345678901234567890123" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(whole); i++)
		assert_true(phone_is_whole(whole[i]));
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++)
		assert_false(phone_is_whole(parts[i]));
}

static void
texts_come_from_a_number_or_a_short_name(void **state)
{
	static const char *const good[] = { "+8613800138001", "10690001", "777",
		"Sunshine PM", "a", "A&B_c-1", "10690001234567890123" };
	static const char *const bad[] = { "", "+861", "+abc", "12", "1069 0001",
		"abc def!", "Sunshine Ltd", "阳光物业", "106900012345678901234" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(good); i++)
		if (!phone_is_sender(good[i]))
			fail_msg("%s", good[i]);
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		if (phone_is_sender(bad[i]))
			fail_msg("%s", bad[i]);
}

static void
landlines_take_no_texts(void **state)
{
	static const struct {
		const char *number;
		bool takes;
	} table[] = {
		{ "+8613900139001", true },
		{ "+8653188886666", false },
		{ "+861012345678", false },
		{ "+447911123456", true },
		{ "10086", false },
		{ NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		assert_int_equal(
		    phone_takes_texts(table[i].number), table[i].takes);
}

static void
a_country_code_is_digits(void **state)
{
	static const char *const wrong[] = { "", "+86", "086", "CN", "8 6",
		"8686", "86\n" };
	static const char *const right[] = { "1", "86", "852" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(right); i++)
		assert_true(phone_is_country(right[i]));
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
		assert_false(phone_is_country(wrong[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_become_e164),
		cmocka_unit_test(only_the_full_form_is_e164),
		cmocka_unit_test(a_sender_that_is_a_name_is_no_number),
		cmocka_unit_test(a_number_with_its_country_is_whole_or_none),
		cmocka_unit_test(texts_come_from_a_number_or_a_short_name),
		cmocka_unit_test(landlines_take_no_texts),
		cmocka_unit_test(a_country_code_is_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
