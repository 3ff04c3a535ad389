#include "tests/support/cmocka_fence.h"

#include "core/config.h"
#include "core/told.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

static const char *const areas[] = { "南门", "地下车库", NULL };
static const struct sms_channel gateway = { .country = "86" };
static const struct estate estate = {
	.id = "sunshine", .has_units = true, .areas = areas, .sms = &gateway
};

static void
place_name_and_contact_are_read_in_front_of_the_words(void **state)
{
	static const struct {
		const char *written, *place, *phone, *mail, *name, *text;
	} table[] = {
		{ "3-2-501 13900139001 厨房漏水", "3-2-501", "+8613900139001",
		    NULL, NULL, "厨房漏水" },
		{ "13900139001,3-2-501,厨房漏水\n明天再来电话", "3-2-501",
		    "+8613900139001", NULL, NULL, "厨房漏水\n明天再来电话" },
		{ "3号楼2单元501 王女士 13900139001 漏水", "3-2-501",
		    "+8613900139001", NULL, "王女士", "漏水" },
		{ "5-1-1002 Mr Smith Smith@Owner.Example the lift is stuck",
		    "5-1-1002", NULL, "smith@owner.example", "Mr Smith",
		    "the lift is stuck" },
		/* Twelve digits, and a place all the same. */
		{ "12-2-1103 楼道灯不亮", "12-2-1103", NULL, NULL, NULL,
		    "楼道灯不亮" },
		{ "南门 道闸坏了", "南门", NULL, NULL, NULL, "道闸坏了" },
		{ "南门有积水", "", NULL, NULL, NULL, "南门有积水" },
		/* What could be a name or the matter is not lost. */
		{ "3-2-501 漏水 13900139001 请尽快", "3-2-501",
		    "+8613900139001", NULL, NULL, "漏水 请尽快" },
		/* A number among the words is anybody's. */
		{ "3-2-501 昨天打13900139001没人接", "3-2-501", NULL, NULL,
		    NULL, "昨天打13900139001没人接" },
		{ "13900139001 邻居 13900139002 太吵", "", "+8613900139001",
		    NULL, NULL, "邻居 13900139002 太吵" },
		{ "3-2-501 0531-88886666 没有暖气", "3-2-501",
		    "+8653188886666", NULL, NULL, "没有暖气" },
		{ "3-2-501 13900139001", "3-2-501", "+8613900139001", NULL,
		    NULL, "" },
		{ "王女士", "", NULL, NULL, "王女士", "" },
		{ "", "", NULL, NULL, NULL, "" },
		{ NULL, "", NULL, NULL, NULL, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct arena arena scoped(arena_done);
		struct told told;

		print_message("%s\n", text_or(table[i].written, "(none)"));
		arena_init(&arena, 1 << 20);
		told_read(table[i].written, &estate, &arena, &told);
		assert_string_equal(
		    place_print(&told.place, &arena), table[i].place);
		assert_true(text_eq(told.phone, table[i].phone));
		assert_true(text_eq(told.mail, table[i].mail));
		assert_true(text_eq(told.name, table[i].name));
		assert_string_equal(told.text, table[i].text);
		assert_null(told.wrong);
	}
}

static void
a_number_that_is_none_is_named(void **state)
{
	static const char *const table[][2] = {
		{ "3-2-501 1390013900 漏水", "1390013900" },
		{ "139001390011 漏水", "139001390011" },
		{ "+86 13900139001 漏水", "+86" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct arena arena scoped(arena_done);
		struct told told;

		arena_init(&arena, 1 << 20);
		told_read(table[i][0], &estate, &arena, &told);
		assert_string_equal(told.wrong, table[i][1]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    place_name_and_contact_are_read_in_front_of_the_words),
		cmocka_unit_test(a_number_that_is_none_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
