/*
 * Staff who are owners too: where they work, and in another estate.
 */
#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "store/cases.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

#define LIN	  "+8613800138001"
#define SUN_PHONE "+8613800138011"

static void
lin_works_in(struct stage *stage, const char *estate)
{
	for (size_t i = 0; i < stage->conf->staff_count; i++)
		if (strcmp(stage->conf->staff[i].id, "lin") == 0)
			stage->conf->staff[i].estate = estate;
}

static void
lin_lives_in(struct stage *stage, const char *room)
{
	char sql[300];

	(void)snprintf(sql, sizeof(sql),
	    "INSERT INTO owners (estate, name, building, unit, room, phone, "
	    "language, is_tenant, is_elderly, is_confirmed, created_at) "
	    "VALUES ('sunshine', '林晓', '3', '2', '%s', '" LIN
	    "', 'zh-CN', 0, 0, 1, 0)",
	    room);
	stage_sql(stage, sql);
}

static struct case_file
first_case(struct stage *stage)
{
	struct case_file file = { 0 };

	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(
	    case_load(stage->fixture->store, 1, &stage->fixture->arena, &file,
		&stage->fixture->err),
	    1);
	return file;
}

static void
expect_case_of_lins_home(struct stage *stage)
{
	struct case_file file = first_case(stage);

	assert_string_equal(file.phone, LIN);
	assert_string_equal(file.owner_name, "林晓");
	assert_string_equal(file.place.room, "701");
}

static void
who_works_in_another_estate_is_an_owner_where_they_live(void **state)
{
	struct stage *stage = *state;

	lin_works_in(stage, "riverside");
	lin_lives_in(stage, "701");
	stage_say(stage, "k1", LIN, "我家漏水了");
	expect_case_of_lins_home(stage);
	assert_int_equal(stage_sent_to(stage, LIN), 1);
}

static void
who_works_everywhere_is_staff_here_too(void **state)
{
	struct stage *stage = *state;

	lin_works_in(stage, NULL);
	stage_say(stage, "k1", LIN, "接单");
	assert_int_equal(stage_cases(stage), 0);
}

static void
staff_in_danger_at_home_are_gone_to(void **state)
{
	struct stage *stage = *state;

	lin_lives_in(stage, "701");
	stage_say(stage, "k1", LIN, "有煤气味，快来人");
	expect_case_of_lins_home(stage);
	assert_int_equal(stage_sent_to(stage, SUN_PHONE), 1);
}

static void
what_staff_see_elsewhere_is_not_of_their_home(void **state)
{
	struct stage *stage = *state;
	struct case_file file;

	lin_lives_in(stage, "701");
	stage_say(stage, "k1", LIN, "3-2-501着火了");
	file = first_case(stage);
	assert_string_equal(file.place.room, "501");
	assert_string_equal(file.phone, LIN);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_works_in_another_estate_is_an_owner_where_they_live),
		TEST(who_works_everywhere_is_staff_here_too),
		TEST(staff_in_danger_at_home_are_gone_to),
		TEST(what_staff_see_elsewhere_is_not_of_their_home),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
