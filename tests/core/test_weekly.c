/*
 * The weekly digest (R30): when it is due, which weeks it covers, who reads it;
 * and what it says of the cases of these weeks (R31).
 */
#include "core/calendar.h"
#include "core/snapshot.h"
#include "core/weekly.h"
#include "core/zone.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/zones.h"

#include <stdio.h>
#include <string.h>

#define ROOM ((size_t)8 << 20)

/* rules.md 2.4: the free days of both years, Monday to Friday alone. */
static const struct calendar_day off[] = { { 2025, 1, 1 }, { 2025, 1, 28 },
	{ 2025, 1, 29 }, { 2025, 1, 30 }, { 2025, 1, 31 }, { 2025, 2, 3 },
	{ 2025, 2, 4 }, { 2025, 4, 4 }, { 2025, 5, 1 }, { 2025, 5, 2 },
	{ 2025, 5, 5 }, { 2025, 6, 2 }, { 2025, 10, 1 }, { 2025, 10, 2 },
	{ 2025, 10, 3 }, { 2025, 10, 6 }, { 2025, 10, 7 }, { 2025, 10, 8 },
	{ 2026, 1, 1 }, { 2026, 1, 2 }, { 2026, 2, 16 }, { 2026, 2, 17 },
	{ 2026, 2, 18 }, { 2026, 2, 19 }, { 2026, 2, 20 }, { 2026, 2, 23 },
	{ 2026, 4, 6 }, { 2026, 5, 1 }, { 2026, 5, 4 }, { 2026, 5, 5 },
	{ 2026, 6, 19 }, { 2026, 9, 25 }, { 2026, 10, 1 }, { 2026, 10, 2 },
	{ 2026, 10, 5 }, { 2026, 10, 6 }, { 2026, 10, 7 } };
static const struct calendar_day work[] = { { 2025, 1, 26 }, { 2025, 2, 8 },
	{ 2025, 4, 27 }, { 2025, 9, 28 }, { 2025, 10, 11 }, { 2026, 1, 4 },
	{ 2026, 2, 14 }, { 2026, 2, 28 }, { 2026, 5, 9 }, { 2026, 9, 20 },
	{ 2026, 10, 10 } };

static struct config conf;
static struct estate estate;
static struct zone *zone;
static struct calendar *calendar;

static msec_t
at(const char *text)
{
	msec_t ret = 0;

	if (time_from_rfc3339(text, &ret) < 0)
		fail_msg("%s is no time", text);
	return ret;
}

/* "2026-02-24", at that time in Shanghai. */
static msec_t
on(const char *day, const char *time)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%sT%s:00+08:00", day, time);
	return at(text);
}

static int
open_estate(void **state)
{
	static const struct calendar_hours hours[] = { { 510, 720 },
		{ 810, 1050 } };
	static const int years[] = { 2025, 2026 };

	(void)state;
	zone = zones_china();
	calendar = calendar_new(&(struct calendar_data){ .zone = zone,
	    .hours = hours,
	    .hour_count = ARRAY_COUNT(hours),
	    .off = off,
	    .off_count = ARRAY_COUNT(off),
	    .work = work,
	    .work_count = ARRAY_COUNT(work),
	    .years = years,
	    .year_count = ARRAY_COUNT(years) });
	estate = (struct estate){
		.id = "sunshine", .zone = zone, .calendar = calendar
	};
	memcpy(estate.deadlines, deadlines_default, sizeof(deadlines_default));
	return 0;
}

static int
close_estate(void **state)
{
	(void)state;
	calendar_free(&calendar);
	zone_free(&zone);
	return 0;
}

static int
set_rules(void **state)
{
	(void)state;
	conf = (struct config){ .rules = rules_default };
	return 0;
}

/* ---- when ---- */

static void
r30_the_meeting_moves_with_the_holidays(void **state)
{
	static const struct {
		const char *since, *meeting;
		const char *covers_to; /* the Monday after the last week */
		int weeks;
	} table[] = {
		{ "2026-11-16", "2026-11-23", "2026-11-23", 1 },
		/* Spring Festival: two weeks in one. */
		{ "2026-02-09", "2026-02-24", "2026-02-23", 2 },
		{ "2026-03-30", "2026-04-07", "2026-04-06", 1 },
		{ "2026-04-27", "2026-05-06", "2026-05-04", 1 },
		{ "2026-09-28", "2026-10-08", "2026-10-05", 1 },
		{ "2025-01-20", "2025-01-27", "2025-01-27", 1 },
		{ "2025-01-27", "2025-02-05", "2025-02-03", 1 },
		{ "2025-04-28", "2025-05-06", "2025-05-05", 1 },
		{ "2025-05-26", "2025-06-03", "2025-06-02", 1 },
		{ "2025-09-29", "2025-10-09", "2025-10-06", 1 },
		/* A year of which nothing is known. */
		{ "2026-12-28", "2027-01-04", "2027-01-04", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		msec_t since = on(table[i].since, "00:00");
		msec_t due = weekly_due(&conf, &estate, since);
		struct weekly_window window =
		    weekly_window(&conf, &estate, since, due);

		assert_int_equal(weekly_meeting(&conf, &estate, since),
		    on(table[i].meeting, "14:30"));
		/* Accepted by 13:30, and a server may take a while. */
		assert_int_equal(due, on(table[i].meeting, "13:15"));
		assert_int_equal(window.from, since);
		assert_int_equal(window.to, on(table[i].covers_to, "00:00"));
		assert_int_equal(window.weeks, table[i].weeks);
		assert_int_equal(
		    window.before, since - table[i].weeks * 7 * MSEC_DAY);
		assert_false(window.is_late);
	}
}

/* Two years, one digest after the other: no day twice, none left out. */
static void
r30_every_week_stands_in_exactly_one_digest(void **state)
{
	msec_t since = on("2025-01-06", "00:00");
	msec_t end = on("2027-01-04", "00:00");
	int weeks = 0, digests = 0, doubled = 0;

	(void)state;
	while (since < end) {
		msec_t due = weekly_due(&conf, &estate, since);
		struct weekly_window window =
		    weekly_window(&conf, &estate, since, due);
		struct local_time day = zone_local(zone, due);

		assert_true(window.weeks >= 1);
		assert_int_equal(window.from, since);
		assert_int_equal(
		    window.to - window.from, window.weeks * 7 * MSEC_DAY);
		assert_true(due >= window.to);
		assert_true(due < window.to + 7 * MSEC_DAY);
		assert_true(calendar_is_workday(
		    calendar, day.year, day.month, day.day));
		weeks += window.weeks;
		doubled += window.weeks == 2;
		digests++;
		since = window.to;
	}
	assert_int_equal(weeks, 104);
	assert_int_equal(doubled, 1);
	assert_int_equal(digests, 103);
}

static void
r30_a_desk_that_stood_still_covers_all_weeks_at_its_start(void **state)
{
	static const struct {
		const char *since, *now, *to;
		int weeks;
		bool is_late;
	} table[] = {
		/* Down from Sunday to Monday 15:00. */
		{ "2026-11-16T00:00:00+08:00", "2026-11-23T15:00:00+08:00",
		    "2026-11-23", 1, true },
		{ "2026-11-16T00:00:00+08:00", "2026-11-23T13:29:00+08:00",
		    "2026-11-23", 1, false },
		{ "2026-11-16T00:00:00+08:00", "2026-11-23T13:31:00+08:00",
		    "2026-11-23", 1, true },
		/* Down for weeks; back on a Saturday, and on a Monday. */
		{ "2026-11-02T00:00:00+08:00", "2026-11-21T10:00:00+08:00",
		    "2026-11-16", 2, true },
		{ "2026-11-02T00:00:00+08:00", "2026-11-23T00:00:00+08:00",
		    "2026-11-23", 3, true },
		/* The clock was put back: nothing is over yet. */
		{ "2026-11-16T00:00:00+08:00", "2026-11-22T23:59:00+08:00",
		    NULL, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct weekly_window window = weekly_window(
		    &conf, &estate, at(table[i].since), at(table[i].now));

		assert_int_equal(window.weeks, table[i].weeks);
		assert_int_equal(window.is_late, table[i].is_late);
		if (table[i].to != NULL)
			assert_int_equal(window.to, on(table[i].to, "00:00"));
	}
}

static void
r30_day_time_and_lead_are_the_settings(void **state)
{
	msec_t since = on("2026-11-16", "00:00");

	(void)state;
	conf.rules.weekly_day = 3;
	conf.rules.weekly_at = 9 * 60;
	conf.rules.weekly_lead_minutes = 30;
	assert_int_equal(
	    weekly_due(&conf, &estate, since), on("2026-11-25", "08:15"));
	/* Soon after midnight on a Monday: not before the week is over. */
	conf.rules.weekly_day = 1;
	conf.rules.weekly_at = 10;
	assert_int_equal(
	    weekly_due(&conf, &estate, since), on("2026-11-23", "00:00"));
}

static void
r30_a_calendar_without_a_working_day_stops_no_digest(void **state)
{
	static struct calendar_day all[800];
	struct estate closed = estate;
	struct calendar *never;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
		struct local_time day = zone_local(
		    zone, on("2026-01-01", "12:00") + (msec_t)i * MSEC_DAY);

		all[i] = (struct calendar_day){ day.year, day.month, day.day };
	}
	never = calendar_new(&(struct calendar_data){
	    .zone = zone, .off = all, .off_count = ARRAY_COUNT(all) });
	closed.calendar = never;
	assert_int_equal(weekly_due(&conf, &closed, on("2026-02-02", "00:00")),
	    on("2026-02-09", "13:15"));
	calendar_free(&never);
}

static void
r30_whoever_comes_to_the_meeting_reads_it(void **state)
{
	static const struct {
		struct staff staff;
		bool reads;
	} table[] = {
		{ { .level = 1 }, true },
		{ { .level = 4 }, true },
		{ { .level = 5 }, false },
		{ { .level = 0, .department = "order" }, false },
		{ { .level = 0, .department = "order", .is_head = true },
		    true },
		{ { .level = 2, .left = true }, false },
		{ { .level = 2, .estate = "moon" }, false },
		{ { .level = 2, .estate = "sunshine" }, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		assert_int_equal(weekly_is_attendee(&table[i].staff, &estate),
		    table[i].reads);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    r30_the_meeting_moves_with_the_holidays, set_rules),
		cmocka_unit_test_setup(
		    r30_every_week_stands_in_exactly_one_digest, set_rules),
		cmocka_unit_test_setup(
		    r30_a_desk_that_stood_still_covers_all_weeks_at_its_start,
		    set_rules),
		cmocka_unit_test_setup(
		    r30_day_time_and_lead_are_the_settings, set_rules),
		cmocka_unit_test_setup(
		    r30_a_calendar_without_a_working_day_stops_no_digest,
		    set_rules),
		cmocka_unit_test_setup(
		    r30_whoever_comes_to_the_meeting_reads_it, set_rules),
	};

	return cmocka_run_group_tests(tests, open_estate, close_estate);
}
