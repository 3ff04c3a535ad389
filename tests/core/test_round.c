/* What an estate looks after by the clock: R12, R46. */
#include "core/roster.h"
#include "core/round.h"
#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/office.h"

static struct staff staff[] = { { .id = "lin", .mail = "lin@x.example" },
	{ .id = "mute" } };
static struct config conf;

static int
open_office(void **state)
{
	conf = (struct config){ .rules = rules_default,
		.staff = staff,
		.staff_count = ARRAY_COUNT(staff) };
	return office_open(state);
}

static void
r12_the_summary_comes_at_the_end_of_each_working_day(void **state)
{
	static const struct {
		const char *after, *due;
	} table[] = {
		{ "2026-11-23T09:00:00+08:00", "2026-11-23T17:30:00+08:00" },
		{ "2026-11-23T17:30:00+08:00", "2026-11-24T17:30:00+08:00" },
		{ "2026-11-20T18:00:00+08:00", "2026-11-23T17:30:00+08:00" },
		{ "2026-09-30T18:00:00+08:00", "2026-10-08T17:30:00+08:00" },
		{ "2026-10-09T18:00:00+08:00", "2026-10-10T17:30:00+08:00" },
		{ "2026-12-31T18:00:00+08:00", "2027-01-01T17:30:00+08:00" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		assert_int_equal(round_daily_next(&conf, &office,
				     office_time(table[i].after)),
		    office_time(table[i].due));
}

static void
r46_a_gap_is_found_to_the_minute(void **state)
{
	static const struct duty day_only[] = { { .staff = "lin",
	    .days = DUTY_ALL,
	    .from_minute = 8 * 60,
	    .to_minute = 20 * 60 } };
	static const struct duty no_weekend[] = { { .staff = "lin",
	    .days = DUTY_WORKING,
	    .from_minute = 0,
	    .to_minute = 1440 } };
	static const struct duty unreachable[] = { { .staff = "mute",
	    .days = DUTY_ALL,
	    .from_minute = 0,
	    .to_minute = 1440 } };
	static const struct duty always[] = { { .staff = "lin",
	    .days = DUTY_ALL,
	    .from_minute = 0,
	    .to_minute = 1440 } };
	static const struct {
		const struct duty *duty;
		const char *from, *to, *gap_from, *gap_to;
	} table[] = {
		{ day_only, "2026-11-23T09:00:00+08:00",
		    "2026-11-24T09:00:00+08:00", "2026-11-23T20:00:00+08:00",
		    "2026-11-24T08:00:00+08:00" },
		/* Begun already. */
		{ day_only, "2026-11-23T21:00:00+08:00",
		    "2026-11-24T07:00:00+08:00", "2026-11-23T21:00:00+08:00",
		    "2026-11-24T08:00:00+08:00" },
		{ day_only, "2026-11-23T09:00:00+08:00",
		    "2026-11-23T20:00:00+08:00", NULL, NULL },
		{ no_weekend, "2026-11-20T09:00:00+08:00",
		    "2026-11-21T09:00:00+08:00", "2026-11-21T00:00:00+08:00",
		    "2026-11-23T00:00:00+08:00" },
		/* Nobody, ever: the end is a week after what is seen. */
		{ NULL, "2026-11-20T09:00:00+08:00",
		    "2026-11-21T09:00:00+08:00", "2026-11-20T09:00:00+08:00",
		    "2026-11-28T09:00:00+08:00" },
		{ unreachable, "2026-11-20T09:00:00+08:00",
		    "2026-11-21T09:00:00+08:00", "2026-11-20T09:00:00+08:00",
		    "2026-11-28T09:00:00+08:00" },
		{ always, "2026-11-20T09:00:00+08:00",
		    "2026-11-22T09:00:00+08:00", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct roster_gap gap = { 0 };
		bool found;

		office.duty_count = table[i].duty != NULL;
		if (table[i].duty != NULL)
			office.duties[0] = table[i].duty[0];
		found = roster_find_gap(&conf, &office, NULL,
		    office_time(table[i].from), office_time(table[i].to), &gap);
		assert_int_equal(found, table[i].gap_from != NULL);
		if (!found)
			continue;
		assert_int_equal(gap.from, office_time(table[i].gap_from));
		assert_int_equal(gap.to, office_time(table[i].gap_to));
	}
}

static void
a_new_estate_is_looked_at_at_once_and_summed_up_tonight(void **state)
{
	msec_t now = office_time("2026-11-23T09:00:00+08:00");
	struct round roster = round_first(&conf, &office, ROUND_ROSTER, now);
	struct round daily = round_first(&conf, &office, ROUND_DAILY, now);

	(void)state;
	assert_int_equal(roster.due, now);
	assert_int_equal(daily.due, office_time("2026-11-23T17:30:00+08:00"));
	assert_int_equal(daily.since, now);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    r12_the_summary_comes_at_the_end_of_each_working_day),
		cmocka_unit_test(r46_a_gap_is_found_to_the_minute),
		cmocka_unit_test(
		    a_new_estate_is_looked_at_at_once_and_summed_up_tonight),
	};

	return cmocka_run_group_tests(tests, open_office, office_close);
}
