/* Notices that wait to go in one mail (rules.md 5.33). */
#include "tests/support/cmocka_fence.h"

#include "store/bundles.h"
#include "store/outbox.h"
#include "tests/support/store_fixture.h"

#define WINDOW (10 * MSEC_MINUTE)

static const struct bundle_key lin = { "lin", "sunshine" };

static int
with_a_case(void **state)
{
	const struct case_file file = fixture_case(1);

	(void)fixture_memory(state);
	fixture_save(*state, &file);
	return 0;
}

/* A notice to lin. */
static void
notice(struct fixture *fixture, out_id id, msec_t at)
{
	struct outgoing out = fixture_out(id, 1);

	out.role = ROLE_STAFF;
	out.person = lin.person;
	out.estate = lin.estate;
	out.is_notice = true;
	out.is_urgent = false;
	out.created_at = out.not_before = at;
	fixture_queue(fixture, &out);
}

static void
hold(struct fixture *fixture, out_id id, msec_t due)
{
	assert_int_equal(
	    notice_hold(fixture->store, id, &lin, due, MORNING, &fixture->err),
	    0);
}

static struct out_status
status_of(struct fixture *fixture, out_id id)
{
	struct outgoing out = { 0 };
	struct out_status status = { 0 };

	assert_int_equal(out_load(fixture->store, id, &fixture->arena, &out,
			     &status, &fixture->err),
	    1);
	return status;
}

static int
held(struct fixture *fixture)
{
	out_id ids[10];

	return notices_held(
	    fixture->store, &lin, ids, ARRAY_COUNT(ids), &fixture->err);
}

static void
only_what_went_alone_in_the_window_counts(void **state)
{
	struct fixture *fixture = *state;
	struct store *store = fixture->store;

	for (out_id id = 1; id <= 4; id++)
		notice(fixture, id, MORNING + id);
	hold(fixture, 3, MORNING + WINDOW);
	assert_int_equal(
	    notice_before(store, "lin", MORNING, 5, 1), MORNING + 4);
	assert_int_equal(
	    notice_before(store, "lin", MORNING, 5, 3), MORNING + 1);
	assert_int_equal(notice_before(store, "lin", MORNING, 5, 4), 0);
	/* Those that the same decision asked for behind it do not. */
	assert_int_equal(
	    notice_before(store, "lin", MORNING, 4, 2), MORNING + 1);
	assert_int_equal(notice_before(store, "lin", MORNING + 4, 5, 1), 0);
	assert_int_equal(notice_before(store, "zhou", MORNING, 5, 1), 0);
}

static void
the_first_that_waits_says_until_when(void **state)
{
	struct fixture *fixture = *state;
	struct out_claim claims[3];
	struct bundle_key key = { 0 };

	notice(fixture, 1, MORNING);
	notice(fixture, 2, MORNING);
	assert_int_equal(bundle_waits(fixture->store, &lin), 0);
	assert_int_equal(bundle_next(fixture->store), 0);
	hold(fixture, 1, MORNING + WINDOW);
	hold(fixture, 2, MORNING + 2 * WINDOW);
	assert_int_equal(bundle_waits(fixture->store, &lin), MORNING + WINDOW);
	assert_int_equal(bundle_next(fixture->store), MORNING + WINDOW);
	assert_int_equal(held(fixture), 2);
	/* They do not leave before. */
	assert_int_equal(
	    out_claim_due(fixture->store, "smtp", MORNING + MSEC_DAY,
		&fixture->arena, claims, 3, &fixture->err),
	    0);
	assert_int_equal(bundle_due(fixture->store, MORNING + WINDOW - 1,
			     &fixture->arena, &key, &fixture->err),
	    0);
	assert_int_equal(bundle_due(fixture->store, MORNING + WINDOW,
			     &fixture->arena, &key, &fixture->err),
	    1);
	assert_string_equal(key.person, "lin");
	assert_string_equal(key.estate, "sunshine");
	assert_int_equal(bundle_drop(fixture->store, &key, &fixture->err), 0);
	assert_int_equal(bundle_next(fixture->store), 0);
}

static void
a_notice_goes_in_its_bundle_or_by_itself(void **state)
{
	struct fixture *fixture = *state;
	struct out_claim claims[3];
	out_id ids[3];

	for (out_id id = 1; id <= 4; id++)
		notice(fixture, id, MORNING);
	for (out_id id = 1; id <= 3; id++)
		hold(fixture, id, MORNING);
	assert_int_equal(
	    notice_join(fixture->store, 1, 4, NULL, MORNING, &fixture->err), 0);
	assert_int_equal(
	    notice_join(fixture->store, 2, 0, "other", MORNING, &fixture->err),
	    0);
	assert_int_equal(
	    notices_alone(fixture->store, &lin, MORNING, &fixture->err), 0);
	assert_int_equal(held(fixture), 0);
	assert_int_equal(status_of(fixture, 1).state, OUT_BUNDLED);
	assert_int_equal(status_of(fixture, 2).state, OUT_QUEUED);
	assert_int_equal(status_of(fixture, 3).state, OUT_QUEUED);
	assert_int_equal(
	    notices_of(fixture->store, 4, ids, 3, &fixture->err), 1);
	assert_int_equal(ids[0], 1);
	/* By the account that sends now. */
	assert_int_equal(out_claim_due(fixture->store, "other", MORNING,
			     &fixture->arena, claims, 3, &fixture->err),
	    1);
	assert_int_equal(claims[0].out.id, 2);
}

static void
a_bundle_that_comes_back_is_taken_apart(void **state)
{
	struct fixture *fixture = *state;
	const struct out_news taken = { .out = 3, .state = OUT_ACCEPTED };
	const struct out_news back = { .out = 3, .state = OUT_FAILED };

	for (out_id id = 1; id <= 3; id++)
		notice(fixture, id, MORNING);
	for (out_id id = 1; id <= 2; id++) {
		hold(fixture, id, MORNING);
		assert_int_equal(notice_join(fixture->store, id, 3, NULL,
				     MORNING, &fixture->err),
		    0);
	}
	assert_int_equal(
	    out_move(fixture->store, &taken, MORNING, &fixture->err), 1);
	assert_int_equal(status_of(fixture, 1).state, OUT_BUNDLED);
	assert_int_equal(
	    out_move(fixture->store, &back, MORNING, &fixture->err), 1);
	assert_int_equal(status_of(fixture, 1).state, OUT_QUEUED);
	assert_int_equal(status_of(fixture, 2).state, OUT_QUEUED);
}

/* Nobody waits for a walk through what there ever was. */
static void
each_is_found_by_an_index(void **state)
{
	struct fixture *fixture = *state;

	fixture_plan(fixture, SQL_NOTICE_BEFORE,
	    "outbox_notices (person=? AND created_at>?)");
	fixture_plan(
	    fixture, SQL_NOTICES_HELD, "outbox_held (person=? AND estate=?)");
	fixture_plan(
	    fixture, SQL_NOTICES_ALONE, "outbox_held (person=? AND estate=?)");
	fixture_plan(fixture, SQL_NOTICES_OF, "outbox_bundle (bundle=?)");
	fixture_plan(fixture, SQL_BUNDLE_LOST, "outbox_bundle (bundle=?)");
	fixture_plan(fixture, SQL_BUNDLE_DUE, "bundles_due (due<?)");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, with_a_case, fixture_done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_what_went_alone_in_the_window_counts),
		TEST(the_first_that_waits_says_until_when),
		TEST(a_notice_goes_in_its_bundle_or_by_itself),
		TEST(a_bundle_that_comes_back_is_taken_apart),
		TEST(each_is_found_by_an_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
