/*
 * A transaction that fails loses nothing and sends nothing twice.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "desk/raw.h"
#include "store/cases.h"
#include "store/outbox.h"
#include "tests/support/stage.h"

#define WANG  "wang@owner.example"
#define HUANG "+8613900139003"

static void
a_start_with_a_full_disk_recovers_them_later(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };

	stage->reader = STAGE_WAITS;
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_mail(stage, 7, 2, stage_letter(WANG, "b", "灯不亮"), false);
	stage_turns(stage);
	stage_stop(stage);
	stage->reader = STAGE_READS;
	stage_start(stage);
	stage_disk(stage, true);
	/* Handing it to a reader writes nothing, deciding it does. */
	assert_int_equal(desk_turn(stage->desk, stage->now, &err), 1);
	stage_turn_fails(stage);
	stage_turn_fails(stage);
	stage_disk(stage, false);
	stage_turns(stage);
	assert_int_equal(inbox_waiting_count(stage->fixture->store), 0);
	assert_true(stage_cases(stage) >= 1);
	assert_non_null(stage_last(stage, WANG));
}

static void
a_start_that_fails_half_way_recovers_the_rest_later(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };

	stage->reader = STAGE_WAITS;
	for (uint32_t i = 1; i <= 3; i++) {
		char id[] = "a";

		id[0] = (char)('a' + i);
		stage_mail(stage, 7, i, stage_letter(WANG, id, id), false);
	}
	stage_turns(stage);
	stage_stop(stage);
	stage_sql(stage,
	    "CREATE TRIGGER broken BEFORE UPDATE OF reads ON inbox "
	    "WHEN NEW.id = 2 BEGIN SELECT RAISE(ABORT, 'broken'); END");
	stage->reader = STAGE_READS;
	stage_start(stage);
	assert_int_equal(desk_turn(stage->desk, stage->now, &err), 1);
	assert_int_equal(desk_turn(stage->desk, stage->now, &err), -1);
	stage_sql(stage, "DROP TRIGGER broken");
	stage_turns(stage);
	assert_int_equal(inbox_waiting_count(stage->fixture->store), 0);
	/* Each once: the three of the first run, and these. */
	assert_int_equal(stage->reads, 6);
}

static void
a_full_disk_loses_no_mail_and_no_push(void **state)
{
	struct stage *stage = *state;

	stage_disk(stage, true);
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_text(stage, "k1");
	stage_turn_fails(stage);
	stage_turn_fails(stage);
	/* The gateway is to say it again, the mail waits here. */
	expect_log(stage, "answer 503; ");
	stage_disk(stage, false);
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
	assert_true(log_has(stage, "settle desk 7:1; "));
	assert_int_equal(stage_cases(stage), 2);
	assert_int_equal(inbox_waiting_count(stage->fixture->store), 0);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
	assert_int_equal(stage_sent_to(stage, HUANG), 1);
}

/* Whether its gateway still waits for the answer or has hung up. */
static void
pushes_do_not_pile_up_on_a_full_disk(void **state)
{
	struct stage *stage = *state;

	stage_disk(stage, true);
	for (int i = 0; i < 3; i++) {
		stage_text(stage, "k1");
		stage_turn_fails(stage);
		assert_int_equal(stage->status, 503);
		stage_text(stage, "k2");
		desk_push_gone(stage->desk, stage);
		stage_turn_fails(stage);
		assert_int_equal(stage->status, 0);
	}
	stage_disk(stage, false);
	stage_turns(stage);
	/* None was left. */
	assert_int_equal(stage_cases(stage), 0);
}

static void
a_full_disk_at_the_commit_of_a_decision_loses_nothing(void **state)
{
	struct stage *stage = *state;

	stage->reader = STAGE_WAITS;
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	stage_disk(stage, true);
	stage_read_all(stage);
	stage_turn_fails(stage);
	assert_int_equal(stage->sent_count, 0);
	stage_disk(stage, false);
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 1);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
}

static void
a_full_disk_sends_nothing_twice(void **state)
{
	struct stage *stage = *state;

	stage->lanes[STAGE_RELAY].by_hand = true;
	stage_mail(stage, 7, 1, stage_letter(WANG, "a", "电梯坏了"), false);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
	stage_disk(stage, true);
	stage_answer(
	    stage, stage_last(stage, WANG), (struct receipt){ .code = 250 });
	stage_turn_fails(stage);
	stage_turn_fails(stage);
	stage_disk(stage, false);
	stage_turns(stage);
	assert_int_equal(stage_sent_to(stage, WANG), 1);
	assert_int_equal(
	    stage_status(stage, stage_last(stage, WANG)->out).state,
	    OUT_ACCEPTED);
}

static void
what_waits_on_a_full_disk_makes_the_fetchers_rest(void **state)
{
	struct stage *stage = *state;
	const size_t len = 3 * MIB;
	/* So many of them may wait when the fetchers go on. */
	const size_t few = LIMIT_WAITING_LOW_BYTES / len;
	char *raw = malloc(len + 1);

	assert_non_null(raw);
	memset(raw, 'x', len);
	raw[len] = '\0';
	stage->reader = STAGE_WAITS;
	for (uint32_t i = 1; i <= 9; i++) {
		raw[0] = (char)('a' + i);
		stage_mail(stage, 7, i, raw, false);
	}
	stage_disk(stage, true);
	stage_turn_fails(stage);
	expect_log(stage, "hold; ");
	stage_turn_fails(stage);
	expect_log(stage, "");
	stage_disk(stage, false);
	stage_turns(stage);
	assert_true(log_has(stage, "settle desk 7:1,2,3,4,5,6,7,8,9; "));
	assert_false(log_has(stage, "go on; "));
	/* Only below the low water. */
	for (size_t i = 0; i < 8 - few; i++)
		desk_read_failed(stage->desk, stage->jobs[i].job, "died");
	stage_turns(stage);
	assert_false(log_has(stage, "go on; "));
	desk_read_failed(stage->desk, stage->jobs[8 - few].job, "died");
	stage_turns(stage);
	assert_true(log_has(stage, "go on; "));
	free(raw);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_start_with_a_full_disk_recovers_them_later),
		TEST(a_start_that_fails_half_way_recovers_the_rest_later),
		TEST(a_full_disk_loses_no_mail_and_no_push),
		TEST(pushes_do_not_pile_up_on_a_full_disk),
		TEST(a_full_disk_at_the_commit_of_a_decision_loses_nothing),
		TEST(a_full_disk_sends_nothing_twice),
		TEST(what_waits_on_a_full_disk_makes_the_fetchers_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
