/* Whom staff are to call on: R36, R43. */
#include "tests/support/cmocka_fence.h"

#include "store/home_visits.h"
#include "store/owners.h"
#include "store/retention.h"
#include "tests/support/store_fixture.h"

#include <string.h>

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

enum { YEAR = 2026 };

static const struct owner list[] = {
	{ .name = "never", .home = { "3", "2", NULL, "501", NULL } },
	{ .name = "low", .home = { "3", "2", NULL, "502", NULL } },
	{ .name = "old",
	    .home = { "3", "2", NULL, "601", NULL },
	    .is_elderly = true },
	{ .name = "twice", .home = { "3", "2", NULL, "602", NULL } },
	/* Of the same flat as the one before. */
	{ .name = "son", .home = { "3", "2", NULL, "602", NULL } },
};

enum { NEVER = 1, LOW, OLD, TWICE, SON };

static void
settle(struct fixture *fixture)
{
	struct owners_change change;

	assert_int_equal(
	    owners_replace(fixture->store, "sunshine", list, ARRAY_COUNT(list),
		MORNING, &change, &fixture->err),
	    0);
	for (int i = 0; i < 3; i++) {
		struct case_file file = fixture_case(i + 1);

		file.estate = "sunshine";
		file.owner = i == 0 ? LOW : TWICE;
		file.rating = i == 0 ? 2 : 0;
		file.kind = KIND_COMPLAINT;
		file.received_at = MORNING - MSEC_DAY;
		fixture_save(fixture, &file);
	}
}

static int
find(struct fixture *fixture, msec_t now, int year, struct home_visit *ret,
    int max)
{
	return home_visits_find(fixture->store,
	    &(struct home_visit_frame){ .estate = "sunshine",
		.year = year,
		.a_year = 2,
		.gap_since = now - 90 * MSEC_DAY,
		.year_ago = now - 365 * MSEC_DAY },
	    &fixture->arena, ret, max, &fixture->err);
}

static int
propose(struct fixture *fixture, int64_t owner, int year, msec_t at)
{
	struct home_visit visit = { .id = home_visit_next_id(fixture->store),
		.reason = HOME_VISIT_NEVER,
		.year = year };

	if (owner_load(fixture->store, owner, &fixture->arena, &visit.owner,
		&fixture->err) < 0)
		return -1;
	return home_visit_add(fixture->store, &visit, at, &fixture->err);
}

static void
become(struct fixture *fixture, int64_t id, enum home_visit_state state)
{
	assert_int_equal(home_visit_note(fixture->store,
			     &(struct home_visit_news){
				 .id = id, .state = state, .text = "words" },
			     MORNING, &fixture->err),
	    0);
}

static void
r36_the_most_pressing_come_first_and_each_flat_once(void **state)
{
	static const struct {
		const char *name;
		enum home_visit_reason reason;
	} wanted[] = {
		{ "low", HOME_VISIT_LOW_RATING },
		{ "twice", HOME_VISIT_REPEATED },
		{ "old", HOME_VISIT_ELDERLY },
		{ "never", HOME_VISIT_NEVER },
	};
	struct fixture *fixture = *state;
	struct home_visit found[8];

	settle(fixture);
	assert_int_equal(find(fixture, MORNING, YEAR, found, 8), 4);
	for (size_t i = 0; i < ARRAY_COUNT(wanted); i++) {
		assert_string_equal(found[i].owner.name, wanted[i].name);
		assert_int_equal(found[i].reason, wanted[i].reason);
	}
	assert_int_equal(find(fixture, MORNING, YEAR, found, 2), 2);
	assert_string_equal(found[1].owner.name, "twice");
}

static bool
is_proposed(struct fixture *fixture, msec_t now, int year)
{
	struct home_visit found[8];
	int count = find(fixture, now, year, found, 8);

	for (int i = 0; i < count; i++)
		if (found[i].owner.id == OLD)
			return true;
	return false;
}

static void
r36_twice_a_year_at_most_and_ninety_days_apart(void **state)
{
	struct fixture *fixture = *state;
	const msec_t second = MORNING + 91 * MSEC_DAY;
	const msec_t third = MORNING + 182 * MSEC_DAY;

	settle(fixture);
	assert_true(is_proposed(fixture, MORNING, YEAR));
	assert_int_equal(propose(fixture, OLD, YEAR, MORNING), 0);
	assert_false(is_proposed(fixture, MORNING + 89 * MSEC_DAY, YEAR));
	assert_true(is_proposed(fixture, second, YEAR));
	assert_int_equal(propose(fixture, OLD, YEAR, second), 0);
	assert_false(is_proposed(fixture, third, YEAR));
	assert_true(is_proposed(fixture, third, YEAR + 1));
	/* Whoever asks for it. */
	assert_int_equal(propose(fixture, OLD, YEAR, third), -1);
	assert_non_null(strstr(fixture->err.msg, "third home visit"));
	/* A declined one does not count. */
	become(fixture, 1, HOME_VISIT_DECLINED);
	assert_true(is_proposed(fixture, third, YEAR));
	assert_int_equal(propose(fixture, OLD, YEAR, third), 0);
}

static void
r36_an_answer_finds_the_visit_that_is_open(void **state)
{
	struct fixture *fixture = *state;
	struct home_visit found = { 0 };

	settle(fixture);
	assert_int_equal(propose(fixture, OLD, YEAR, MORNING), 0);
	assert_int_equal(home_visit_open(fixture->store, OLD, MORNING + 1,
			     &fixture->arena, &found, &fixture->err),
	    0);
	assert_int_equal(home_visit_open(fixture->store, OLD, MORNING,
			     &fixture->arena, &found, &fixture->err),
	    1);
	assert_int_equal(found.state, HOME_VISIT_PROPOSED);
	assert_string_equal(found.owner.name, "old");
	become(fixture, found.id, HOME_VISIT_ANSWERED);
	assert_int_equal(home_visit_open(fixture->store, OLD, MORNING,
			     &fixture->arena, &found, &fixture->err),
	    1);
	become(fixture, found.id, HOME_VISIT_DONE);
	assert_int_equal(home_visit_open(fixture->store, OLD, MORNING,
			     &fixture->arena, &found, &fixture->err),
	    0);
	assert_int_equal(home_visit_load(fixture->store, "sunshine", found.id,
			     &fixture->arena, &found, &fixture->err),
	    1);
	assert_int_equal(found.state, HOME_VISIT_DONE);
	assert_int_equal(home_visit_load(fixture->store, "other", found.id,
			     &fixture->arena, &found, &fixture->err),
	    0);
	/* R43: the words go, the visit stays. */
	assert_int_equal(
	    owners_forget(fixture->store, MORNING + 1, &fixture->err), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(r36_the_most_pressing_come_first_and_each_flat_once),
		TEST(r36_twice_a_year_at_most_and_ninety_days_apart),
		TEST(r36_an_answer_finds_the_visit_that_is_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
