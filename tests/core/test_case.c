#include "tests/support/cmocka_fence.h"

#include "core/case.h"
#include "lib/cleanup.h"

static void
every_state_comes_back_from_its_code(void **state)
{
	enum case_state ret = CASE_CLOSED;

	(void)state;
	for (int i = 0; i < CASE_STATE_COUNT; i++) {
		assert_int_equal(
		    case_state_from(case_state_name((enum case_state)i), &ret), 0);
		assert_int_equal(ret, i);
		assert_non_null(case_state_word((enum case_state)i, LANGUAGE_ZH));
		assert_non_null(case_state_word((enum case_state)i, LANGUAGE_EN));
	}
	ret = CASE_CLOSED;
	assert_int_equal(case_state_from("done", &ret), -1);
	assert_int_equal(case_state_from(NULL, &ret), -1);
	assert_int_equal(ret, CASE_CLOSED);
}

static void
the_way_from_first_word_to_outcome_is_legal(void **state)
{
	static const enum case_state way[] = { CASE_NEW, CASE_ACKNOWLEDGED,
		CASE_ASSIGNED, CASE_IN_PROGRESS, CASE_WAITING_OWNER,
		CASE_IN_PROGRESS, CASE_WAITING_THIRD_PARTY, CASE_IN_PROGRESS,
		CASE_RESOLVED, CASE_FED_BACK, CASE_CLOSED, CASE_REOPENED,
		CASE_IN_PROGRESS };

	(void)state;
	for (size_t i = 1; i < ARRAY_COUNT(way); i++) {
		if (!case_may_move(way[i - 1], way[i]))
			fail_msg("%s -> %s", case_state_name(way[i - 1]),
			    case_state_name(way[i]));
	}
}

static void
nothing_closes_before_the_owner_has_the_outcome(void **state)
{
	(void)state;
	for (int i = 0; i < CASE_STATE_COUNT; i++) {
		enum case_state from = (enum case_state)i;

		assert_int_equal(case_may_move(from, CASE_CLOSED),
		    from == CASE_FED_BACK);
		assert_int_equal(case_may_move(from, CASE_FED_BACK),
		    from == CASE_RESOLVED);
	}
}

static void
an_untaken_case_is_not_resolved(void **state)
{
	(void)state;
	assert_false(case_may_move(CASE_NEW, CASE_RESOLVED));
	assert_false(case_may_move(CASE_ACKNOWLEDGED, CASE_RESOLVED));
	assert_false(case_may_move(CASE_ASSIGNED, CASE_RESOLVED));
	assert_false(case_may_move(CASE_REOPENED, CASE_RESOLVED));
}

static void
a_late_bounce_takes_the_outcome_back(void **state)
{
	(void)state;
	assert_true(case_may_move(CASE_FED_BACK, CASE_RESOLVED));
	assert_true(case_may_move(CASE_CLOSED, CASE_RESOLVED));
}

static void
a_merged_case_stays_merged(void **state)
{
	(void)state;
	for (int to = 0; to < CASE_STATE_COUNT; to++)
		assert_false(case_may_move(CASE_MERGED, (enum case_state)to));
}

static void
no_state_moves_to_itself(void **state)
{
	(void)state;
	for (int i = 0; i < CASE_STATE_COUNT; i++)
		assert_false(case_may_move(
		    (enum case_state)i, (enum case_state)i));
}

static void
a_state_is_open_or_awaits_feedback_or_is_ended(void **state)
{
	(void)state;
	for (int i = 0; i < CASE_STATE_COUNT; i++) {
		enum case_state one = (enum case_state)i;
		bool done = one == CASE_RESOLVED || one == CASE_FED_BACK;

		assert_int_equal(
		    case_is_open(one) + case_is_ended(one) + done, 1);
	}
	assert_true(case_is_open(CASE_REOPENED));
	assert_true(case_is_ended(CASE_SPAM));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_comes_back_from_its_code),
		cmocka_unit_test(the_way_from_first_word_to_outcome_is_legal),
		cmocka_unit_test(nothing_closes_before_the_owner_has_the_outcome),
		cmocka_unit_test(an_untaken_case_is_not_resolved),
		cmocka_unit_test(a_late_bounce_takes_the_outcome_back),
		cmocka_unit_test(a_merged_case_stays_merged),
		cmocka_unit_test(no_state_moves_to_itself),
		cmocka_unit_test(a_state_is_open_or_awaits_feedback_or_is_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
