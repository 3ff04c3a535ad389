#include "tests/support/cmocka_fence.h"

#include "tests/support/office.h"

#include <string.h>

#include "core/calendar.h"
#include "core/zone.h"
#include "lib/cleanup.h"
#include "tests/support/zones.h"

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

struct estate office;

static struct zone *zone;
static struct calendar *calendar;

int
office_open(void **state)
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
	office = (struct estate){
		.id = "sunshine", .zone = zone, .calendar = calendar
	};
	memcpy(office.deadlines, deadlines_default, sizeof(deadlines_default));
	return 0;
}

int
office_close(void **state)
{
	(void)state;
	calendar_free(&calendar);
	zone_free(&zone);
	return 0;
}

msec_t
office_time(const char *rfc3339)
{
	msec_t ret = 0;

	if (time_from_rfc3339(rfc3339, &ret) < 0)
		fail_msg("%s is no time", rfc3339);
	return ret;
}
