/*
 * What is old enough is forgotten (R43): all that tells of people, and
 * nothing that the figures and the chain need.
 */
#include "core/config.h"
#include "desk/query.h"
#include "lib/json.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WANG  "wang@owner.example"
#define HUANG "+8613900139003"

/* How many rows a SELECT count(*) counts. */
static int
rows(const struct stage *stage, const char *sql)
{
	sqlite3_stmt *list = NULL;
	sqlite3 *db = NULL;
	int ret;

	assert_int_equal(sqlite3_open(stage->fixture->path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(db, sql, -1, &list, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(list), SQLITE_ROW);
	ret = sqlite3_column_int(list, 0);
	(void)sqlite3_finalize(list);
	(void)sqlite3_close(db);
	return ret;
}

/* A case that its owner takes back, one that stays open, and a spam. */
static void
fill(struct stage *stage)
{
	stage_say(stage, "t1", HUANG, "3-2-601 电梯坏了");
	stage_say(stage, "t2", HUANG, "撤回 T261123-0001");
	stage_say(stage, "t3", HUANG, "是");
	assert_int_equal(rows(stage, "SELECT count(*) FROM cases WHERE state = "
				     "'withdrawn' AND closed_at IS NOT NULL"),
	    1);
	stage_mail(
	    stage, 7, 1, stage_letter(WANG, "a", "3-2-501灯不亮"), false);
	stage_mail(stage, 7, 2,
	    stage_letter("x@shop.example", "b", "恭喜您中奖,澳门赌场上线"),
	    false);
	stage_turns(stage);
	assert_int_equal(rows(stage, "SELECT count(*) FROM case_people"), 2);
}

static void
pass(struct stage *stage, int days)
{
	stage_turns_at(stage, stage->now + days * MSEC_DAY);
	/* Steps have a second between them. */
	for (int i = 0; i < 20; i++)
		stage_turns_at(stage, stage->now + MSEC_SECOND);
}

static void
assert_chain_holds(struct stage *stage)
{
	json_t *request = json_object();
	json_t *answer;

	json_put_text(request, "verb", "verify");
	answer = query_answer(
	    stage->fixture->store, stage->conf, request, stage->now);
	assert_int_equal(json_array_size(json_object_get(answer, "faults")), 0);
	json_decref(answer);
	json_decref(request);
}

static void
three_years_after_its_end_a_case_tells_of_nobody(void **state)
{
	static const char *const gone[] = {
		"SELECT count(*) FROM case_people WHERE case_id = 1",
		"SELECT count(*) FROM event_texts JOIN events ON "
		"events.id = event WHERE case_id = 1",
		"SELECT count(*) FROM inbox_raw JOIN inbox ON inbox.id = inbox "
		"WHERE case_id = 1",
		"SELECT count(*) FROM outbox_texts JOIN outbox ON "
		"outbox.id = out WHERE case_id = 1",
		"SELECT count(*) FROM outbox WHERE case_id = 1 AND "
		"recipient <> ''",
		"SELECT count(*) FROM inbox WHERE case_id = 1 AND "
		"sender IS NOT NULL",
		/* And spam of that day. */
		"SELECT count(*) FROM inbox_raw JOIN inbox ON inbox.id = inbox "
		"WHERE state = 'binned'",
	};
	struct stage *stage = *state;

	fill(stage);
	pass(stage, 3 * 365 - 1);
	assert_int_equal(rows(stage, "SELECT count(*) FROM case_people"), 2);
	assert_int_equal(
	    rows(stage, "SELECT count(*) FROM events WHERE name = 'erased'"),
	    0);
	pass(stage, 2);
	for (size_t i = 0; i < ARRAY_COUNT(gone); i++)
		if (rows(stage, gone[i]) != 0)
			fail_msg("there is some: %s", gone[i]);
	/* Its row, its story, and the one that is open. */
	assert_int_equal(rows(stage, "SELECT count(*) FROM cases"), 2);
	assert_int_equal(
	    rows(stage, "SELECT count(*) FROM events WHERE case_id = 1 AND "
			"name = 'erased' AND actor = 'desk' AND "
			"state = 'withdrawn'"),
	    1);
	assert_int_equal(
	    rows(stage, "SELECT count(*) FROM case_people WHERE case_id = 2"),
	    1);
	assert_chain_holds(stage);
}

static void
with_0_days_nothing_is_forgotten(void **state)
{
	struct stage *stage = *state;

	fill(stage);
	stage_stop(stage);
	stage->conf->rules.retention_days = 0;
	stage_start(stage);
	pass(stage, 10 * 365);
	assert_int_equal(rows(stage, "SELECT count(*) FROM case_people"), 2);
}

static void
a_step_that_fails_stops_nobody(void **state)
{
	struct stage *stage = *state;

	fill(stage);
	stage_sql(stage, "CREATE TRIGGER broken BEFORE DELETE ON case_people "
			 "BEGIN SELECT RAISE(ABORT, 'broken'); END");
	pass(stage, 3 * 365 + 1);
	assert_non_null(strstr(buf_text(&stage->log), "error erased"));
	/* Undone as a whole, the event with it. */
	assert_int_equal(
	    rows(stage, "SELECT count(*) FROM events WHERE name = 'erased'"),
	    0);
	assert_int_equal(
	    rows(stage, "SELECT count(*) FROM event_texts JOIN events ON "
			"events.id = event WHERE case_id = 1") > 0,
	    1);
	stage_mail(
	    stage, 7, 3, stage_letter(WANG, "c", "3-2-501门坏了"), false);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 3);
	stage_sql(stage, "DROP TRIGGER broken");
	pass(stage, 1);
	assert_int_equal(
	    rows(stage, "SELECT count(*) FROM case_people WHERE case_id = 1"),
	    0);
	assert_chain_holds(stage);
}

/* For tests/program/cli.t: a case that has ended, with a mail beside its
 * texts. */
static void
fill_one_case(struct stage *stage)
{
	fill(stage);
	stage_sql(stage, "UPDATE inbox SET case_id = 1 WHERE case_id = 2");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(int argc, char **argv)
{
	if (argc == 3 && text_eq(argv[1], "--fill"))
		return stage_save(argv[2], fill_one_case);

	const struct CMUnitTest tests[] = {
		TEST(three_years_after_its_end_a_case_tells_of_nobody),
		TEST(with_0_days_nothing_is_forgotten),
		TEST(a_step_that_fails_stops_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
