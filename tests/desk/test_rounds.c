/*
 * The estate's rounds through the engine: each once, whatever happens.
 */
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

#include <string.h>

#define CHEN "chen@sunshine.example"

static int
summaries(const struct stage *stage)
{
	int count = 0;

	for (size_t i = 0; i < stage->sent_count; i++)
		count += strcmp(stage->sent[i].template_name, "daily") == 0 &&
			 strcmp(stage->sent[i].to, CHEN) == 0;
	return count;
}

/* MORNING is Monday 2026-11-23, 09:00. */
#define EVENING (MORNING + 8 * MSEC_HOUR + 30 * MSEC_MINUTE)

static void
a_summary_goes_out_once_however_often_the_desk_starts(void **state)
{
	struct stage *stage = *state;

	stage_text(stage, "k1");
	stage_turns(stage);
	stage_turns_at(stage, EVENING - 1);
	assert_int_equal(summaries(stage), 0);
	stage_turns_at(stage, EVENING);
	assert_int_equal(summaries(stage), 1);
	stage_stop(stage);
	stage_start(stage);
	stage_turns_at(stage, EVENING + MSEC_HOUR);
	assert_int_equal(summaries(stage), 1);
}

static void
a_summary_missed_by_a_stop_comes_at_the_start(void **state)
{
	struct stage *stage = *state;

	stage_text(stage, "k1");
	stage_turns(stage);
	stage_stop(stage);
	stage->now = EVENING + 10 * MSEC_HOUR;
	stage_start(stage);
	stage_turns_at(stage, EVENING + 10 * MSEC_HOUR);
	assert_int_equal(summaries(stage), 1);
	stage_turns_at(stage, EVENING + 11 * MSEC_HOUR);
	assert_int_equal(summaries(stage), 1);
}

static void
a_round_that_fails_is_told_and_tried_again_in_an_hour(void **state)
{
	struct stage *stage = *state;

	stage_text(stage, "k1");
	stage_turns(stage);
	stage_sql(stage, "CREATE TRIGGER no_daily BEFORE INSERT ON outbox "
			 "WHEN new.template = 'daily' "
			 "BEGIN SELECT RAISE(ABORT, 'refused'); END");
	stage_turns_at(stage, EVENING);
	stage_sql(stage, "DROP TRIGGER no_daily");
	assert_int_equal(summaries(stage), 0);
	assert_non_null(strstr(buf_text(&stage->log), "round"));
	stage_turns_at(stage, EVENING + MSEC_HOUR);
	assert_int_equal(summaries(stage), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_summary_goes_out_once_however_often_the_desk_starts,
		    stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(
		    a_summary_missed_by_a_stop_comes_at_the_start, stage_setup,
		    stage_teardown),
		cmocka_unit_test_setup_teardown(
		    a_round_that_fails_is_told_and_tried_again_in_an_hour,
		    stage_setup, stage_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
