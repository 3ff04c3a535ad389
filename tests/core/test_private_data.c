#include "core/case.h"
#include "core/config.h"
#include "core/private_data.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"

static struct staff staff[] = { { .id = "lin",
    .name = "林晓",
    .title = "客服林女士",
    .mail = "lin@sunshine.example",
    .phone = "+8613800138001" } };
static struct mailbox mailboxes[] = { { .address = "desk@sunshine.example" } };
static const struct config conf = {
	.staff = staff,
	.staff_count = 1,
	.mailboxes = mailboxes,
	.mailbox_count = 1,
};
static const struct estate estate = { .duty_phone = "13600136000" };
static const struct case_file file = {
	.mail = "wang@owner.example",
	.phone = "+8613900139001",
	.owner_name = "王芳",
	.place = { .building = "3", .unit = "2", .room = "501" },
};

/* "601号业主! 黄丽!": what was found, `!' where it blocks. */
static const char *
found(const char *text, bool for_everybody, struct arena *arena)
{
	const struct private_known known = {
		.conf = &conf, .estate = &estate, .file = &file
	};
	struct private_find list[4];
	size_t count = private_data_find(unicode_nfkc(text, true, arena),
	    for_everybody ? NULL : &known, arena, list, ARRAY_COUNT(list));
	const char *ret = "";

	for (size_t i = 0; i < count; i++)
		ret = arena_printf(arena, "%s%s%s%s", ret, i == 0 ? "" : "|",
		    list[i].words, list[i].blocks ? "!" : "");
	return ret;
}

struct row {
	const char *text, *want;
};

static void
check(const struct row *rows, size_t count, bool for_everybody)
{
	struct arena arena scoped(arena_done);

	arena_init(&arena, 64 * 1024);
	for (size_t i = 0; i < count; i++) {
		const char *got = found(rows[i].text, for_everybody, &arena);

		if (!text_eq(got, rows[i].want))
			fail_msg("%s: %s", rows[i].text, got);
	}
}

static void
what_is_of_others_blocks(void **state)
{
	static const struct row rows[] = {
		{ "请致电13900139002", "13900139002!" },
		{ "请致电+86 139 0013 9002", "86 139 0013 9002!" },
		{ "3-2-502 139-0013-9002", "139-0013-9002!" },
		{ "１３９００１３９００２", "13900139002!" },
		{ "008613900139002。", "008613900139002!" },
		{ "身份证37010219900101123X", "37010219900101123x!" },
		{ "他的邮箱是liu@owner.example.", "liu@owner.example!" },
		{ "投诉人是3-2-502的刘先生", "刘先生!" },
		{ "业主刘洋说是您家漏水", "刘洋!" },
		{ "您楼上601号业主黄丽家漏水", "601号业主!|黄丽!" },
		{ "3-2-502住户反映", "502住户!" },
		{ "楼下401邻居投诉", "401邻居!" },
	};

	(void)state;
	check(rows, ARRAY_COUNT(rows), false);
}

static void
what_is_theirs_or_ours_does_not(void **state)
{
	static const struct row rows[] = {
		{ "急事请拨136-0013-6000", "" },
		{ "我们会拨打13900139001", "" },
		{ "将发往wang@owner.example或写给DESK@sunshine.example", "" },
		{ "请写给lin@sunshine.example", "" },
		{ "请业主联系客服林女士", "" },
		{ "业主王女士，您好", "" },
		{ "业主王芳反映的水管已修", "" },
		{ "3-2-501业主您好", "" },
		{ "2026业主大会，业主委员会和业主们", "" },
		{ "全楼120住户，300户业主", "" },
		{ "13-1-1001 0531-00000000，编号T261123-0007", "" },
		{ "11月24日12:00前，费用13800元", "" },
		{ "a@ @b", "" },
		{ "", "" },
	};

	(void)state;
	check(rows, ARRAY_COUNT(rows), false);
}

static void
a_colleagues_own_number_is_only_told(void **state)
{
	static const struct row rows[] = {
		{ "林晓 13800138001", "13800138001" },
	};

	(void)state;
	check(rows, ARRAY_COUNT(rows), false);
}

static void
a_text_for_everybody_holds_no_number(void **state)
{
	static const struct row rows[] = {
		{ "请致电138 0013 8001", "138 0013 8001!" },
		{ "请写给desk@sunshine.example", "" },
	};

	(void)state;
	check(rows, ARRAY_COUNT(rows), true);
}

static void
no_more_is_found_than_there_is_room_for(void **state)
{
	static const struct row rows[] = {
		{ "13900139002,13900139003,13900139004,13900139005,"
		  "13900139006",
		    "13900139002!|13900139003!|13900139004!|13900139005!" },
	};

	(void)state;
	check(rows, ARRAY_COUNT(rows), false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_of_others_blocks),
		cmocka_unit_test(what_is_theirs_or_ours_does_not),
		cmocka_unit_test(a_colleagues_own_number_is_only_told),
		cmocka_unit_test(a_text_for_everybody_holds_no_number),
		cmocka_unit_test(no_more_is_found_than_there_is_room_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
