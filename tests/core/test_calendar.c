#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/calendar.h"
#include "core/civil.h"
#include "tests/support/zones.h"

/* rules.md 2.4 for 2026. */
static const struct calendar_hours office[] = { { 510, 720 }, { 810, 1050 } };
static const struct calendar_day off[] = { { 2026, 1, 1 }, { 2026, 1, 2 },
	{ 2026, 2, 16 }, { 2026, 2, 17 }, { 2026, 2, 18 }, { 2026, 2, 19 },
	{ 2026, 2, 20 }, { 2026, 2, 23 }, { 2026, 4, 6 }, { 2026, 5, 1 },
	{ 2026, 5, 4 }, { 2026, 5, 5 }, { 2026, 6, 19 }, { 2026, 9, 25 },
	{ 2026, 10, 1 }, { 2026, 10, 2 }, { 2026, 10, 5 }, { 2026, 10, 6 },
	{ 2026, 10, 7 } };
static const struct calendar_day work[] = { { 2026, 10, 10 }, { 2026, 1, 4 },
	{ 2026, 2, 14 }, { 2026, 2, 28 }, { 2026, 5, 9 }, { 2026, 9, 20 } };
static const int years[] = { 2026 };

static struct calendar *
make_calendar(const struct zone *zone, const struct calendar_hours *hours,
    size_t hour_count)
{
	const struct calendar_data data = {
		.zone = zone,
		.hours = hours,
		.hour_count = hour_count,
		.off = off,
		.off_count = ARRAY_COUNT(off),
		.work = work,
		.work_count = ARRAY_COUNT(work),
		.years = years,
		.year_count = 1,
	};

	return calendar_new(&data);
}

static msec_t
at(const char *minute)
{
	char text[32];
	msec_t ret;

	(void)snprintf(text, sizeof(text), "%s:00+08:00", minute);
	assert_int_equal(time_from_rfc3339(text, &ret), 0);
	return ret;
}

static void
deadlines_are_those_of_the_rules(void **state)
{
	static const struct {
		const char *received;
		struct span span;
		const char *due;
	} rows[] = {
		{ "2026-09-18T17:20", { SPAN_BUSINESS, 240 },
		    "2026-09-20T13:50" },
		{ "2026-09-30T17:00", { SPAN_BUSINESS, 240 },
		    "2026-10-08T12:00" },
		{ "2026-02-14T17:00", { SPAN_BUSINESS, 240 },
		    "2026-02-24T12:00" },
		{ "2026-11-20T16:00", { SPAN_BUSINESS, 240 },
		    "2026-11-23T11:00" },
		{ "2026-11-21T10:00", { SPAN_BUSINESS, 240 },
		    "2026-11-23T14:00" },
		{ "2026-11-23T11:50", { SPAN_BUSINESS, 20 },
		    "2026-11-23T13:40" },
		{ "2026-11-23T17:25", { SPAN_BUSINESS, 20 },
		    "2026-11-24T08:45" },
		{ "2026-09-30T10:00", { SPAN_WORKDAYS, 3 },
		    "2026-10-10T17:30" },
		{ "2026-02-13T09:00", { SPAN_WORKDAYS, 3 },
		    "2026-02-25T17:30" },
		{ "2026-05-08T10:00", { SPAN_WORKDAYS, 1 },
		    "2026-05-09T17:30" },
		/* Received on a free day: that day is day 0. */
		{ "2026-11-22T03:00", { SPAN_WORKDAYS, 1 },
		    "2026-11-23T17:30" },
		{ "2026-11-22T03:00", { SPAN_WALL, 120 }, "2026-11-22T05:00" },
		/* Business time may end as the office closes. */
		{ "2026-11-23T11:50", { SPAN_BUSINESS, 10 },
		    "2026-11-23T12:00" },
		/* 2027 has no data: Monday to Friday. */
		{ "2026-12-31T16:30", { SPAN_BUSINESS, 120 },
		    "2027-01-01T09:30" },
	};
	scoped(zone_free) struct zone *zone = zones_china();
	scoped(calendar_free) struct calendar *calendar =
	    make_calendar(zone, office, 2);

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		char got[32], wanted[32];

		zone_rfc3339(zone,
		    span_end(calendar, at(rows[i].received), &rows[i].span),
		    got);
		zone_rfc3339(zone, at(rows[i].due), wanted);
		assert_string_equal(got, wanted);
	}
	assert_int_equal(span_end(calendar, at("2026-11-22T03:00"),
			     &(struct span){ SPAN_NONE, 5 }),
	    0);
}

static void
the_year_2026_has_248_working_days(void **state)
{
	scoped(zone_free) struct zone *zone = zones_china();
	scoped(calendar_free) struct calendar *calendar =
	    make_calendar(zone, office, 2);
	int count = 0;

	(void)state;
	for (int64_t day = civil_to_days(2026, 1, 1);
	    day < civil_to_days(2027, 1, 1); day++) {
		int year, month, of_month;

		civil_from_days(day, &year, &month, &of_month);
		count += calendar_is_workday(calendar, year, month, of_month);
	}
	assert_int_equal(count, 248);
	assert_true(calendar_has_year(calendar, 2026));
	assert_false(calendar_has_year(calendar, 2027));
}

static void
the_reminder_comes_at_three_quarters_of_its_own_time(void **state)
{
	static const struct {
		const char *start, *due;
		struct span span;
		const char *reminder;
	} rows[] = {
		{ "2026-11-23T09:00", "2026-11-23T11:00", { SPAN_WALL, 120 },
		    "2026-11-23T10:30" },
		/* 4 bh from Friday 16:00: 3 bh later is Monday 10:00. */
		{ "2026-11-20T16:00", "2026-11-23T11:00",
		    { SPAN_BUSINESS, 240 }, "2026-11-23T10:00" },
		/* 7.5 bh on Monday, 7.5 on Tuesday: 11.25 in. */
		{ "2026-11-23T08:30", "2026-11-24T17:30", { SPAN_WORKDAYS, 1 },
		    "2026-11-24T13:45" },
		{ "2026-11-23T09:00", "2026-11-23T08:00", { SPAN_WALL, 60 },
		    "2026-11-23T08:00" },
	};
	scoped(zone_free) struct zone *zone = zones_china();
	scoped(calendar_free) struct calendar *calendar =
	    make_calendar(zone, office, 2);

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_int_equal(span_reminder(calendar, at(rows[i].start),
				     at(rows[i].due), &rows[i].span),
		    at(rows[i].reminder));
}

static void
surveys_wait_for_decent_hours(void **state)
{
	static const struct {
		const char *at, *within;
	} rows[] = {
		{ "2026-11-22T08:59", "2026-11-22T09:00" },
		{ "2026-11-22T09:00", "2026-11-22T09:00" },
		{ "2026-11-22T19:59", "2026-11-22T19:59" },
		{ "2026-11-22T20:00", "2026-11-23T09:00" },
	};
	scoped(zone_free) struct zone *zone = zones_china();
	scoped(calendar_free) struct calendar *calendar =
	    make_calendar(zone, office, 2);

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_int_equal(
		    calendar_within(calendar, at(rows[i].at), 540, 1200),
		    at(rows[i].within));
}

/* 9 to 20 on the wall of each estate, whatever its clocks do that day. */
static void
decent_hours_are_those_of_the_zone(void **state)
{
	static const char *const names[] = { "Asia/Shanghai",
		"America/New_York", "Europe/London", "Asia/Kathmandu",
		"Pacific/Auckland", "America/St_Johns" };
	/* The days around a change of the clocks, north and south. */
	static const char *const days[] = { "2026-03-28T00:00",
		"2026-03-07T00:00", "2026-04-04T00:00", "2026-10-31T00:00",
		"2026-09-26T00:00" };
	static const size_t quarters = 384; /* of an hour, in four days */

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		scoped(zone_free) struct zone *zone = zones_open(names[i]);
		scoped(calendar_free) struct calendar *calendar =
		    make_calendar(zone, NULL, 0);

		for (size_t k = 0; k < ARRAY_COUNT(days) * quarters; k++) {
			msec_t now = at(days[k / quarters]) +
				     (msec_t)(k % quarters) * 15 * MSEC_MINUTE;
			msec_t decent =
			    calendar_within(calendar, now, 540, 1200);
			struct local_time then = zone_local(zone, decent);
			struct local_time local = zone_local(zone, now);
			bool is_decent = local.hour >= 9 && local.hour < 20;

			assert_true(decent >= now);
			assert_true(then.hour >= 9 && then.hour < 20);
			assert_true((decent == now) == is_decent);
			assert_true(is_decent ||
				    (then.hour == 9 && then.minute == 0));
			assert_true(decent - now <= 14 * MSEC_HOUR);
		}
	}
}

static void
a_calendar_without_hours_goes_by_the_wall(void **state)
{
	scoped(zone_free) struct zone *zone = zones_china();
	scoped(calendar_free) struct calendar *calendar =
	    make_calendar(zone, NULL, 0);
	msec_t start = at("2026-11-23T09:00");

	(void)state;
	assert_false(calendar_is_open(calendar, start));
	assert_int_equal(calendar_add_business(calendar, start, 60),
	    start + MSEC_HOUR);
	assert_int_equal(calendar_add_workdays(calendar, start, 1),
	    at("2026-11-25T00:00"));
}

/* The slow oracle: asks the zone for the wall clock of every minute. */
static bool
oracle_is_open(const struct zone *zone, const struct calendar *calendar,
    const struct calendar_hours *hours, size_t hour_count, msec_t minute)
{
	struct local_time local = zone_local(zone, minute);
	int of_day = local.hour * 60 + local.minute;

	if (!calendar_is_workday(calendar, local.year, local.month, local.day))
		return false;
	for (size_t i = 0; i < hour_count; i++) {
		if (of_day >= hours[i].from_minute && of_day < hours[i].to_minute)
			return true;
	}
	return false;
}

struct oracle_row {
	const char *zone;
	struct calendar_hours hours[3];
	size_t hour_count;
	msec_t around; /* starts lie within three weeks after */
};

static void
check_against_oracle(const struct oracle_row *row, int rounds)
{
	scoped(zone_free) struct zone *zone = zones_open(row->zone);
	scoped(calendar_free) struct calendar *calendar =
	    make_calendar(zone, row->hours, row->hour_count);

	for (int i = 0; i < rounds; i++) {
		msec_t start = row->around +
		    (random() % (21 * MSEC_DAY / MSEC_MINUTE)) * MSEC_MINUTE;
		int minutes = 1 + (int)(random() % 1500);
		msec_t due = start;
		int left = minutes, wall = 0;

		assert_int_equal(calendar_is_open(calendar, start),
		    oracle_is_open(zone, calendar, row->hours, row->hour_count,
			start));
		for (; left > 0; due += MSEC_MINUTE, wall++)
			left -= oracle_is_open(zone, calendar, row->hours,
			    row->hour_count, due);
		assert_true(wall > 0);
		assert_int_equal(
		    calendar_add_business(calendar, start, minutes), due);
		assert_int_equal(
		    calendar_business_between(calendar, start, due), minutes);
		for (due = start; !oracle_is_open(zone, calendar, row->hours,
			 row->hour_count, due);)
			due += MSEC_MINUTE;
		assert_int_equal(calendar_next_open(calendar, start), due);
	}
}

static void
business_time_is_what_counting_minutes_gives(void **state)
{
	const struct oracle_row rows[] = {
		/* Spring Festival with its make-up days, lunch break. */
		{ "Asia/Shanghai", { { 510, 720 }, { 810, 1050 } }, 2,
		    at("2026-02-10T00:00") },
		/* Clocks change in the night between two working days... */
		{ "America/New_York", { { 30, 720 }, { 780, 1440 } }, 2,
		    at("2026-03-02T00:00") },
		{ "America/New_York", { { 0, 1440 } }, 1,
		    at("2026-10-20T00:00") },
		/* ...by half an hour, on the other side of the world. */
		{ "Australia/Lord_Howe", { { 0, 600 }, { 601, 602 },
		    { 1300, 1440 } }, 3, at("2026-03-25T00:00") },
		{ "Europe/Berlin", { { 480, 1020 } }, 1,
		    at("2026-10-12T00:00") },
	};

	(void)state;
	srandom(20261123);
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		check_against_oracle(&rows[i], 40);
}

static void
a_change_of_clocks_inside_office_hours_is_counted(void **state)
{
	/* Sunday 1 November 2026 made a working day in New York: the hours
	 * from 00:00 to 06:00 last seven. */
	static const struct calendar_hours night[] = { { 0, 360 } };
	static const struct calendar_day sunday[] = { { 2026, 11, 1 } };
	scoped(zone_free) struct zone *zone = zones_open("America/New_York");
	const struct calendar_data data = {
		.zone = zone,
		.hours = night,
		.hour_count = 1,
		.work = sunday,
		.work_count = 1,
	};
	scoped(calendar_free) struct calendar *calendar = calendar_new(&data);
	msec_t midnight = at("2026-11-01T12:00");

	(void)state;
	assert_int_equal(calendar_business_between(
			     calendar, midnight, midnight + MSEC_DAY),
	    7 * 60);
	assert_int_equal(calendar_add_business(calendar, midnight, 7 * 60),
	    midnight + 7 * MSEC_HOUR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deadlines_are_those_of_the_rules),
		cmocka_unit_test(the_year_2026_has_248_working_days),
		cmocka_unit_test(
		    the_reminder_comes_at_three_quarters_of_its_own_time),
		cmocka_unit_test(surveys_wait_for_decent_hours),
		cmocka_unit_test(decent_hours_are_those_of_the_zone),
		cmocka_unit_test(a_calendar_without_hours_goes_by_the_wall),
		cmocka_unit_test(business_time_is_what_counting_minutes_gives),
		cmocka_unit_test(
		    a_change_of_clocks_inside_office_hours_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
