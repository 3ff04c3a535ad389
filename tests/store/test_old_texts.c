/*
 * Texts that have waited too long for their gateway, and when the next one
 * has.
 */
#include "tests/support/cmocka_fence.h"

#include "store/outbox.h"
#include "tests/support/store_fixture.h"

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

enum { MAX = 8 };

/* Seconds after MORNING. */
struct waiting {
	bool is_mail, is_urgent, is_other; /* of another gateway */
	int made, due;
};

static msec_t
at(int seconds)
{
	return MORNING + seconds * MSEC_SECOND;
}

static void
queue(struct fixture *fixture, const struct waiting *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct outgoing out = fixture_out((out_id)i + 1, 0);

		out.channel = rows[i].is_mail ? CHANNEL_MAIL : CHANNEL_SMS;
		out.sender = rows[i].is_other ? "other" : "gateway";
		out.is_urgent = rows[i].is_urgent;
		out.created_at = at(rows[i].made);
		out.not_before = at(rows[i].due);
		fixture_queue(fixture, &out);
	}
}

static void
the_old_ones_are_found_the_oldest_first(void **state)
{
	static const struct waiting rows[] = {
		{ .made = 20, .due = 20 },
		{ .made = 10, .due = 90 },
		{ .made = 30, .due = 31 },
		{ .made = 40, .due = 40, .is_urgent = true },
		{ .made = 10, .due = 10, .is_mail = true },
		{ .made = 10, .due = 10, .is_other = true },
		{ .made = 9, .due = 9 },
		{ .made = 61, .due = 61 },
	};
	static const struct {
		bool is_urgent;
		int made_by, due_by, max;
		int count;
		out_id found[MAX];
	} table[] = {
		{ false, 60, 80, MAX, 3, { 7, 1, 3 } },
		{ false, 60, 80, 2, 2, { 7, 1 } },
		{ false, 60, 90, MAX, 4, { 7, 2, 1, 3 } },
		{ false, 30, 30, MAX, 2, { 7, 1 } },
		{ false, 9, 9, MAX, 1, { 7 } },
		{ false, 8, 99, MAX, 0, { 0 } },
		{ true, 40, 40, MAX, 1, { 4 } },
		{ true, 39, 99, MAX, 0, { 0 } },
	};
	struct fixture *fixture = *state;

	queue(fixture, rows, ARRAY_COUNT(rows));
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const struct out_age age = { .sender = "gateway",
			.is_urgent = table[i].is_urgent,
			.made_by = at(table[i].made_by),
			.due_by = at(table[i].due_by) };
		out_id found[MAX] = { 0 };

		assert_int_equal(out_old(fixture->store, &age, found,
				     table[i].max, &fixture->err),
		    table[i].count);
		assert_memory_equal(found, table[i].found, sizeof(found));
	}
}

static void
the_next_one_is_the_first_that_is_due_and_old(void **state)
{
	static const struct {
		struct waiting rows[4];
		int age, next; /* -1: never */
	} table[] = {
		{ { { .made = 5, .due = 5 } }, 60, -1 },
		{ { { .made = 5, .due = 5, .is_urgent = true } }, 60, 65 },
		{ { { .made = 5, .due = 5, .is_urgent = true } }, 0, 5 },
		{ { { .made = 5, .due = 50, .is_urgent = true } }, 60, 65 },
		{ { { .made = 5, .due = 50, .is_urgent = true } }, 0, 50 },
		/* One that is held stands in nobody's way. */
		{ { { .made = 5, .due = 99, .is_urgent = true },
		      { .made = 7, .due = 80, .is_urgent = true },
		      { .made = 8, .due = 8, .is_urgent = true },
		      { .made = 9, .due = 9, .is_urgent = true } },
		    60, 68 },
		{ { { .made = 5, .due = 70, .is_urgent = true },
		      { .made = 20, .due = 20, .is_urgent = true } },
		    60, 70 },
		{ { { .made = 5, .due = 5, .is_urgent = true, .is_mail = true },
		      { .made = 6,
			  .due = 6,
			  .is_urgent = true,
			  .is_other = true } },
		    60, -1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		void *one = NULL;
		struct fixture *fixture;
		size_t count = 0;

		(void)fixture_memory(&one);
		fixture = one;
		while (count < ARRAY_COUNT(table[i].rows) &&
		       table[i].rows[count].made > 0)
			count++;
		queue(fixture, table[i].rows, count);
		assert_int_equal(out_next_old(fixture->store, "gateway",
				     table[i].age * MSEC_SECOND),
		    table[i].next < 0 ? 0 : at(table[i].next));
		(void)fixture_done(&one);
	}
}

static void
one_that_has_left_is_not_waited_for(void **state)
{
	const struct waiting row = { .made = 5, .due = 5, .is_urgent = true };
	struct fixture *fixture = *state;

	queue(fixture, &row, 1);
	assert_int_equal(
	    out_move(fixture->store,
		&(struct out_news){ .out = 1, .state = OUT_FAILED }, MORNING,
		&fixture->err),
	    1);
	assert_int_equal(out_next_old(fixture->store, "gateway", 0), 0);
}

/* However much waits behind a gateway that is down. */
static void
no_look_up_walks_through_the_backlog(void **state)
{
	struct fixture *fixture = *state;

	fixture_plan(fixture, SQL_OUT_OLD,
	    "outbox_old (sender=? AND is_urgent=? AND created_at<?)");
	fixture_plan(
	    fixture, SQL_OUT_URGENT, "outbox_old (sender=? AND is_urgent=?)");
	fixture_plan(fixture, SQL_OUT_DUE,
	    "outbox_due (sender=? AND is_urgent=? AND not_before<?)");
	fixture_plan(
	    fixture, SQL_OUT_NEXT_DUE, "outbox_due (sender=? AND is_urgent=?)");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_old_ones_are_found_the_oldest_first),
		cmocka_unit_test(the_next_one_is_the_first_that_is_due_and_old),
		TEST(one_that_has_left_is_not_waited_for),
		TEST(no_look_up_walks_through_the_backlog),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
