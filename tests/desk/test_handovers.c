/*
 * Whose cases need another hand, over restarts and days (R18).
 */
#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "core/config.h"
#include "lib/text.h"
#include "store/cases.h"
#include "store/staff.h"
#include "tests/support/stage.h"

#define CHEN "chen@sunshine.example"

/* lin, who is on duty in the mornings, has one open case of 黄丽. */
static void
one_case_of_lin(struct stage *stage)
{
	stage_text(stage, "k1");
	stage_turns(stage);
	assert_int_equal(stage_cases(stage), 1);
}

static struct staff *
staff_named_lin(struct stage *stage)
{
	for (size_t i = 0; i < stage->conf->staff_count; i++) {
		if (text_eq(stage->conf->staff[i].id, "lin"))
			return &stage->conf->staff[i];
	}
	fail_msg("the demo estate has no lin");
	return NULL;
}

static size_t
lists(const struct stage *stage)
{
	size_t count = 0;

	for (size_t i = 0; i < stage->sent_count; i++) {
		const struct stage_sent *sent = &stage->sent[i];

		if (strcmp(sent->template_name, "handover_list") == 0) {
			assert_string_equal(sent->to, CHEN);
			count++;
		}
	}
	return count;
}

static void
r18_who_has_left_is_found_at_the_next_start_and_listed_once_a_day(void **state)
{
	struct stage *stage = *state;
	msec_t next;

	one_case_of_lin(stage);
	stage_turns(stage);
	assert_int_equal(lists(stage), 0);
	stage_stop(stage);
	staff_named_lin(stage)->left = true;
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(lists(stage), 1);
	/* A restart is no new day. */
	stage_stop(stage);
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(lists(stage), 1);
	next = handover_next(stage->fixture->store);
	assert_true(next > stage->now + 20 * MSEC_HOUR);
	assert_true(next < stage->now + 26 * MSEC_HOUR);
	stage_turns_at(stage, next - 1);
	assert_int_equal(lists(stage), 1);
	stage_turns_at(stage, next);
	assert_int_equal(lists(stage), 2);
}

static void
r18_a_name_that_the_roster_does_not_know_has_left_too(void **state)
{
	struct stage *stage = *state;

	one_case_of_lin(stage);
	stage_stop(stage);
	staff_named_lin(stage)->id = "lin2";
	stage->conf->estates[0].duties[0].staff = "lin2";
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(lists(stage), 1);
}

static void
r18_without_open_cases_there_is_nothing_to_list(void **state)
{
	struct stage *stage = *state;

	one_case_of_lin(stage);
	stage_sql(stage, "UPDATE cases SET first_responder = 'zhou'");
	stage_stop(stage);
	staff_named_lin(stage)->left = true;
	stage_start(stage);
	stage_turns(stage);
	assert_int_equal(lists(stage), 0);
	assert_int_equal(handover_next(stage->fixture->store), 0);
}

static void
r18_a_handed_over_case_ends_the_lists(void **state)
{
	struct stage *stage = *state;

	one_case_of_lin(stage);
	stage_stop(stage);
	staff_named_lin(stage)->left = true;
	stage_start(stage);
	stage_turns(stage);
	stage_sql(stage, "UPDATE cases SET first_responder = 'zhou'");
	stage_turns_at(stage, handover_next(stage->fixture->store));
	assert_int_equal(lists(stage), 1);
	assert_int_equal(handover_next(stage->fixture->store), 0);
}

static void
on_leave(struct stage *stage, msec_t from, msec_t to)
{
	const struct absence absence = { "lin", from, to };
	struct err err = { 0 };

	assert_int_equal(store_begin(stage->fixture->store, &err), 0);
	assert_int_equal(
	    absence_set(stage->fixture->store, &absence, stage->now, &err), 0);
	assert_int_equal(
	    handover_want(stage->fixture->store, "lin", from, &err), 0);
	assert_int_equal(store_commit(stage->fixture->store, &err), 0);
	stage_stop(stage);
	stage_start(stage);
}

static void
r18_a_leave_is_listed_when_it_begins_and_no_more_when_it_ends(void **state)
{
	struct stage *stage = *state;
	msec_t from = MORNING + 2 * MSEC_DAY, to = from + 6 * MSEC_DAY;
	msec_t next;

	one_case_of_lin(stage);
	on_leave(stage, from, to);
	stage_turns_at(stage, from - 1);
	assert_int_equal(lists(stage), 0);
	stage_turns_at(stage, from);
	assert_int_equal(lists(stage), 1);
	for (next = from; next != 0 && next < to;
	    next = handover_next(stage->fixture->store))
		stage_turns_at(stage, next);
	/* Back at work, or about to be: their cases are theirs. */
	assert_true(lists(stage) >= 2);
	assert_int_equal(handover_next(stage->fixture->store), 0);
}

static void
r18_a_leave_that_was_taken_back_is_not_listed(void **state)
{
	struct stage *stage = *state;
	msec_t from = MORNING + 2 * MSEC_DAY;

	one_case_of_lin(stage);
	on_leave(stage, from, from + 6 * MSEC_DAY);
	/* The newest word counts: half a day only. */
	on_leave(stage, from, from + MSEC_HOUR);
	stage_turns_at(stage, from);
	assert_int_equal(lists(stage), 0);
	assert_int_equal(handover_next(stage->fixture->store), 0);
}

static void
r18_a_list_that_cannot_be_made_is_tried_again_the_next_day(void **state)
{
	struct stage *stage = *state;

	one_case_of_lin(stage);
	stage_stop(stage);
	staff_named_lin(stage)->left = true;
	stage_start(stage);
	stage_sql(stage,
	    "CREATE TRIGGER no_list BEFORE INSERT ON outbox "
	    "WHEN new.template = 'handover_list' "
	    "BEGIN SELECT RAISE(ABORT, 'no'); END");
	stage_turns(stage);
	assert_int_equal(lists(stage), 0);
	stage_sql(stage, "DROP TRIGGER no_list");
	stage_turns_at(stage, handover_next(stage->fixture->store));
	assert_int_equal(lists(stage), 1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(
		    r18_who_has_left_is_found_at_the_next_start_and_listed_once_a_day),
		TEST(r18_a_name_that_the_roster_does_not_know_has_left_too),
		TEST(r18_without_open_cases_there_is_nothing_to_list),
		TEST(r18_a_handed_over_case_ends_the_lists),
		TEST(
		    r18_a_leave_is_listed_when_it_begins_and_no_more_when_it_ends),
		TEST(r18_a_leave_that_was_taken_back_is_not_listed),
		TEST(
		    r18_a_list_that_cannot_be_made_is_tried_again_the_next_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
