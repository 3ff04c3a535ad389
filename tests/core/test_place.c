#include "core/glyphs.h"
#include "core/place.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"

#include <string.h>

static const char *const areas[] = { "中心花园", "东区凉亭", NULL };
static const struct place_hints with_units = {
	.estate_has_units = true,
	.areas = areas,
};

static void
primary_is(const char *text, const struct place_hints *hints, const char *want)
{
	struct arena arena;
	struct place place = { 0 };
	const char *got;

	arena_init(&arena, 1 << 20);
	got = place_find_primary(text, hints, &arena, &place)
		  ? place_print(&place, &arena)
		  : "none";
	if (!text_eq(got, want))
		fail_msg("%s: %s, wanted %s", text, got, want);
	arena_done(&arena);
}

struct row {
	const char *text, *want;
};

static void
all_are(const struct row *rows, const struct place_hints *hints)
{
	for (; rows->text != NULL; rows++)
		primary_is(rows->text, hints, rows->want);
}

static void
a_floor_alone_belongs_to_the_building_named_elsewhere(void **state)
{
	static const struct row rows[] = {
		{ "我们14楼下不去 10号楼", "10-F14" },
		{ "7楼消火栓箱玻璃碎了，2号楼1单元", "2-1-F7" },
		{ "10号楼5楼，还有14楼", "10-F5" },
		{ "3-2-501 漏到4楼", "3-2-501" },
		{ "14楼", "-F14" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(rows, &with_units);
}

static void
every_way_to_write_a_flat_is_read(void **state)
{
	static const struct row rows[] = {
		{ "3-2-501", "3-2-501" },
		{ "3号楼2单元501室漏水", "3-2-501" },
		{ "３－２－５０１ 漏水", "3-2-501" },
		{ "3#2-501", "3-2-501" },
		{ "3#-2-501", "3-2-501" },
		{ "12#2-1103 对讲门铃坏了", "12-2-1103" },
		{ "3#楼2单元501", "3-2-501" },
		{ "3栋2单元501", "3-2-501" },
		{ "3幢-2单元-501室", "3-2-501" },
		{ "三号楼二单元五零一", "3-2-501" },
		{ "十二号楼两单元幺幺零三", "12-2-1103" },
		{ "3楼2单元501", "3-2-501" },
		{ "A座1203", "A-1203" },
		{ "A座2单元1203室", "A-2-1203" },
		{ "Building 3, Unit 2, Room 501", "3-2-501" },
		{ "Bldg. 3 Unit 2 Rm 501", "3-2-501" },
		{ "We are in Block 4, Unit 1, Room 602.", "4-1-602" },
		{ "Flat 501, Unit 2, Building 3", "3-2-501" },
		{ "Block B room 501A please", "B-501A" },
		{ "3座8樓C室", "3-F8-C" },
		{ "3號樓2單元501室", "3-2-501" },
		{ "3号楼2-501", "3-2-501" },
		{ "我是4号楼2单元402的住户，楼上502最近砸墙", "4-2-402" },
		{ "03-02-501", "3-2-501" },
		{ "8号楼1单元201窗外的香樟", "8-1-201" },
		{ "3 - 2 - 501 no water", "3-2-501" },
		{ "5号楼501", "5-501" },
		{ "3楼501漏水", "3-501" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(rows, &with_units);
}

static void
less_than_a_flat_is_read_as_far_as_it_goes(void **state)
{
	static const struct row rows[] = {
		{ "6号楼有人扔酒瓶", "6" },
		{ "1号楼从早上七点到现在整栋没水", "1" },
		{ "三栋电梯坏了", "3" },
		{ "Gas smell in Building 5, floor 12", "5-F12" },
		{ "12th floor of Building 5", "5-F12" },
		{ "5号楼12层有煤气味", "5-F12" },
		{ "5号楼1单元12楼", "5-1-F12" },
		{ "3楼有人吵", "-F3" },
		{ "2单元门禁坏了", "-2" },
		{ "8/F lights off", "-F8" },
		{ "南门进来右手边那排路灯", "南门" },
		{ "中心花园每天傍晚有人遛大狗", "中心花园" },
		{ "东区凉亭漏雨", "东区凉亭" },
		{ "lights out at the south gate", "south gate" },
		{ "3号楼2单元楼道灯不亮", "3-2 楼道" },
		{ "地下车库B2层积水", "地下车库" },
		{ "车位A-123被占", "车位A-123" },
		{ "Tower 2 lobby is dirty", "2 lobby" },
		{ "B1层很臭", "B1层" },
		{ "负一楼漏水", "负一楼" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(rows, &with_units);
}

static void
dates_times_prices_and_phones_are_no_places(void **state)
{
	static const struct row rows[] = {
		{ "2026-11-24 早上8-10点能来修吗? tel 0531-00000000", "none" },
		{ "3-5天内", "none" },
		{ "电话 3-2-501", "none" },
		{ "11-24 17:00", "none" },
		{ "24-11-2026", "none" },
		{ "物业费每月3-2-500元", "none" },
		{ "400-800-1234", "none" },
		{ "T261123-0007 进度", "none" },
		{ "13900139001", "none" },
		{ "交了1200元", "none" },
		{ "2026年11月", "none" },
		{ "501", "none" },
		{ "两栋楼都停电了", "none" },
		{ "桌上一层灰", "none" },
		{ "lights went off in the building a week ago", "none" },
		{ "订单号 3-2-501", "none" },
		{ "3-501", "none" },
		{ "The unit price is 501", "none" },
		{ "2-1 won the match", "none" },
		{ "", "none" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(rows, &with_units);
}

static void
an_estate_without_units_has_pairs(void **state)
{
	static const struct place_hints flat = { 0 };

	(void)state;
	primary_is("3-501 漏水", &flat, "3-501");
	primary_is("3栋501", &flat, "3-501");
	primary_is("8-10点 3-5天", &flat, "none");
	primary_is("2026-11-24", &flat, "none");
}

static void
the_senders_home_makes_a_bare_number_sure(void **state)
{
	static const struct place home = {
		.building = "3", .unit = "2", .room = "501"
	};
	struct place_hints hints = with_units;
	static const struct row rows[] = {
		{ "501 漏水", "3-2-501" },
		{ "502 漏水", "none" },
		{ "我家漏水", "3-2-501" },
		{ "2单元门禁坏了", "3-2" },
		{ "12楼冒烟", "3-F12" },
		{ "楼道灯不亮", "3-2 楼道" },
		{ "3-501 漏水", "3-2-501" },
		{ "南门路灯", "南门" },
		{ "充值 5010 元", "none" },
		/* A building that is named is meant, not the sender's. */
		{ "the corridor light in Building 6 Unit 1", "6-1" },
		{ NULL, NULL },
	};

	(void)state;
	hints.home = &home;
	all_are(rows, &hints);
}

static void
the_place_of_the_matter_comes_first(void **state)
{
	static const struct row rows[] = {
		{ "我是3-2-501的业主，6号楼1单元电梯坏了", "6-1" },
		{ "投诉:6号楼没人打扫", "6" },
		{ "明天10:30号楼前集合", "none" },
		{ "主题: 5号楼\n5号楼2单元电梯", "5-2" },
		{ "我住3-2-501，楼下3-2-401太吵", "3-2-401" },
		{ "我家3-2-501，中心花园路灯不亮", "中心花园" },
		{ "我家3-2-501，楼道灯不亮", "3-2-501" },
		{ "Tenant, 3-2-501. The car park is flooded", "car park" },
		{ NULL, NULL },
	};

	(void)state;
	all_are(rows, &with_units);
}

static void
all_places_are_found_with_their_bytes(void **state)
{
	static const char text[] = "我家３-2-501和6号楼";
	struct place_find finds[4];
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	assert_int_equal(
	    place_find_all(text, &with_units, &arena, finds, 4), 2);
	assert_true(finds[0].is_senders);
	assert_int_equal(finds[0].start, strlen("我家"));
	assert_int_equal(finds[0].end, strlen("我家３-2-501"));
	assert_false(finds[1].is_senders);
	assert_string_equal(finds[1].place.building, "6");
	assert_int_equal(
	    place_find_all(text, &with_units, &arena, finds, 1), 1);
	assert_int_equal(place_find_all("", NULL, &arena, finds, 4), 0);
	arena_done(&arena);
}

static void
what_is_printed_can_be_scanned(void **state)
{
	static const char *const printed[] = { "3-2-501", "3-2", "6", "-2",
		"3-501", "A-1203", "3-F8-C", "5-1-F12", "-F3", "中心花园",
		"3-2 楼道", "B1层", "5 lobby", "south gate", "3-2-501A" };
	struct arena arena;
	struct place place;

	(void)state;
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < ARRAY_COUNT(printed); i++) {
		assert_int_equal(place_scan(printed[i], &arena, &place), 0);
		assert_string_equal(place_print(&place, &arena), printed[i]);
	}
	arena_done(&arena);
}

static void
malformed_places_are_refused(void **state)
{
	static const char *const wrong[] = { "", "3-", "3--501", "3-2-501-7",
		"3-2-1-501", "3-2 ", "-", "3-F8-2", "123456789-1" };
	struct place place = { .building = "kept" };
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
		if (place_scan(wrong[i], &arena, &place) != -1)
			fail_msg("%s was taken", wrong[i]);
	assert_int_equal(place_scan(NULL, &arena, &place), -1);
	assert_string_equal(place.building, "kept");
	arena_done(&arena);
}

static void
people_read_words_and_others_no_room(void **state)
{
	struct place flat = { .building = "3", .unit = "2", .room = "501" };
	struct place area = { .area = "南门" };
	struct place letter = { .building = "A", .floor = "8" };
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	assert_string_equal(
	    place_words(&flat, LANGUAGE_ZH, &arena), "3号楼2单元501室");
	assert_string_equal(
	    place_words(&flat, LANGUAGE_EN, &arena), "Building 3, Unit 2, Room 501");
	assert_string_equal(
	    place_masked(&flat, LANGUAGE_ZH, &arena), "3号楼2单元***");
	assert_string_equal(
	    place_masked(&flat, LANGUAGE_EN, &arena), "Building 3, Unit 2, ***");
	assert_string_equal(place_words(&area, LANGUAGE_ZH, &arena), "南门");
	assert_string_equal(place_words(&letter, LANGUAGE_ZH, &arena), "A座8层");
	assert_string_equal(
	    place_words(&letter, LANGUAGE_EN, &arena), "Building A, Floor 8");
	assert_true(place_is_flat(&flat));
	assert_false(place_is_flat(&letter));
	assert_true(place_eq(&flat, &flat));
	assert_false(place_eq(&flat, &area));
	assert_true(place_agrees(&flat, &(struct place){ 0 }));
	assert_true(place_agrees(&flat, &(struct place){ .building = flat.building }));
	assert_true(place_agrees(&area, &area));
	assert_false(place_agrees(&flat, &(struct place){ .building = "99" }));
	assert_false(place_agrees(&flat, &(struct place){ .room = "9999" }));
	assert_true(place_is_empty(&(struct place){ 0 }));
	arena_done(&arena);
}

static void
characters_are_read_in_every_form(void **state)
{
	static const char others[] =
	    "ＡZ３－‐‑–—―−　兩單園層庫戶棟樓號話車門電漏";
	static const char plain[] = "az3------- 两单园层库户栋楼号话车门电漏";
	const char *other = others, *want = plain;

	(void)state;
	for (uint32_t c; (c = unicode_next(&other)) != 0;)
		assert_int_equal(glyph_plain(c), unicode_next(&want));
	assert_int_equal(*want, '\0');
}

static void
an_estate_s_own_areas_are_found_as_people_write_them(void **state)
{
	static const char *const own[] = { "Ｅ區車庫", "3号花房", "Rose Garden",
		NULL };
	struct arena arena;
	struct place_hints hints = { .estate_has_units = true };

	(void)state;
	arena_init(&arena, 1 << 20);
	hints.words = place_words_make(own, &arena);
	primary_is("e區车库有积水", &hints, "e區车库");
	primary_is("在3号花房旁边", &hints, "3号花房");
	primary_is("the rose garden is dark", &hints, "rose garden");
	primary_is("the rose gardens are dark", &hints, "none");
	primary_is("中心花房", &hints, "none");
	arena_done(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_floor_alone_belongs_to_the_building_named_elsewhere),
		cmocka_unit_test(every_way_to_write_a_flat_is_read),
		cmocka_unit_test(less_than_a_flat_is_read_as_far_as_it_goes),
		cmocka_unit_test(dates_times_prices_and_phones_are_no_places),
		cmocka_unit_test(an_estate_without_units_has_pairs),
		cmocka_unit_test(the_senders_home_makes_a_bare_number_sure),
		cmocka_unit_test(the_place_of_the_matter_comes_first),
		cmocka_unit_test(all_places_are_found_with_their_bytes),
		cmocka_unit_test(what_is_printed_can_be_scanned),
		cmocka_unit_test(malformed_places_are_refused),
		cmocka_unit_test(people_read_words_and_others_no_room),
		cmocka_unit_test(characters_are_read_in_every_form),
		cmocka_unit_test(
		    an_estate_s_own_areas_are_found_as_people_write_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
