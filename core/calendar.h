/*
 * calendar - working days and business time of one estate (rules.md 2.4).
 */
#ifndef CORE_CALENDAR_H
#define CORE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/config.h"
#include "core/zone.h"
#include "lib/units.h"

struct arena;
struct calendar;

/* Minutes of the local day, such as 510..720 and 780..1050. */
struct calendar_hours {
	int from_minute, to_minute;
};

struct calendar_day {
	int year, month, day;
};

/* What a calendar is made of.  Days in `off' are free, in `work' worked
 * although a week-end, all others Mon-Fri.  `years' have data; any other year
 * is Mon-Fri and calendar_has_year() says false, for the warning. */
struct calendar_data {
	const struct zone *zone;
	const struct calendar_hours *hours; /* of a working day, ascending */
	size_t hour_count;
	const struct calendar_day *off;
	size_t off_count;
	const struct calendar_day *work;
	size_t work_count;
	const int *years;
	size_t year_count;
};

/* Copies everything but the zone, which must outlive it. */
struct calendar *calendar_new(const struct calendar_data *data);
void calendar_free(struct calendar **calendar);

bool calendar_has_year(const struct calendar *calendar, int year);
bool calendar_is_workday(const struct calendar *calendar, int year, int month,
    int day);
bool calendar_is_open(const struct calendar *calendar, msec_t at);
/* `minutes' of business time after `start'. */
msec_t calendar_add_business(
    const struct calendar *calendar, msec_t start, int minutes);
/* Business minutes between two instants, for KPIs and the 75 % reminder. */
int calendar_business_between(
    const struct calendar *calendar, msec_t start, msec_t end);
/* End of business of the n-th working day after the day of `start'. */
msec_t calendar_add_workdays(
    const struct calendar *calendar, msec_t start, int days);
/* The next moment at which the office is open, `at' itself included. */
msec_t calendar_next_open(const struct calendar *calendar, msec_t at);
/* `at' if inside from..to local minutes of any day, else the next such start
 * (surveys 09:00-20:00). */
msec_t calendar_within(const struct calendar *calendar, msec_t at,
    int from_minute, int to_minute);

/* The instant at which a span that starts at `start' ends; SPAN_NONE: 0. */
msec_t span_end(
    const struct calendar *calendar, msec_t start, const struct span *span);
/* The instant at 75 % of the way, in the span's own kind of time. */
msec_t span_reminder(
    const struct calendar *calendar, msec_t start, msec_t due,
    const struct span *span);

#endif
