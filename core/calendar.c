#include "core/calendar.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/civil.h"

enum {
	MINUTES_A_DAY = 1440,
	/* Ten years without a working hour: the calendar is wrong, and time
	 * goes by the wall so that nothing waits for ever. */
	DAYS_LOOKED_AT = 3660,
};

struct calendar {
	const struct zone *zone;
	struct calendar_hours *hours;
	size_t hour_count;
	int64_t *off; /* days since 1970, ascending */
	size_t off_count;
	int64_t *work;
	size_t work_count;
	int *years;
	size_t year_count;
};

/* Opening hours of one day as instants. */
struct opening {
	msec_t from, to;
};

static int
compare_days(const void *a, const void *b)
{
	const int64_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static int64_t *
sorted_days(const struct calendar_day *days, size_t count)
{
	int64_t *ret = calloc(count + 1, sizeof(*ret));

	if (ret == NULL)
		abort();
	for (size_t i = 0; i < count; i++)
		ret[i] =
		    civil_to_days(days[i].year, days[i].month, days[i].day);
	qsort(ret, count, sizeof(*ret), compare_days);
	return ret;
}

static void *
copy_of(const void *data, size_t count, size_t size)
{
	void *ret = calloc(count + 1, size);

	if (ret == NULL)
		abort();
	if (count > 0)
		memcpy(ret, data, count * size);
	return ret;
}

struct calendar *
calendar_new(const struct calendar_data *data)
{
	struct calendar *calendar = calloc(1, sizeof(*calendar));

	if (calendar == NULL)
		abort();
	*calendar = (struct calendar){
		.zone = data->zone,
		.hours = copy_of(
		    data->hours, data->hour_count, sizeof(*data->hours)),
		.hour_count = data->hour_count,
		.off = sorted_days(data->off, data->off_count),
		.off_count = data->off_count,
		.work = sorted_days(data->work, data->work_count),
		.work_count = data->work_count,
		.years = copy_of(
		    data->years, data->year_count, sizeof(*data->years)),
		.year_count = data->year_count,
	};
	return calendar;
}

void
calendar_free(struct calendar **calendar)
{
	if (*calendar == NULL)
		return;
	free((*calendar)->hours);
	free((*calendar)->off);
	free((*calendar)->work);
	free((*calendar)->years);
	free(*calendar);
	*calendar = NULL;
}

bool
calendar_has_year(const struct calendar *calendar, int year)
{
	for (size_t i = 0; i < calendar->year_count; i++) {
		if (calendar->years[i] == year)
			return true;
	}
	return false;
}

static bool
has_day(const int64_t *days, size_t count, int64_t day)
{
	return bsearch(&day, days, count, sizeof(*days), compare_days) != NULL;
}

static bool
is_workday(const struct calendar *calendar, int64_t day)
{
	int weekday = civil_weekday(day);

	if (has_day(calendar->work, calendar->work_count, day))
		return true;
	return weekday != 0 && weekday != 6 &&
	    !has_day(calendar->off, calendar->off_count, day);
}

bool
calendar_is_workday(const struct calendar *calendar, int year, int month,
    int day)
{
	return is_workday(calendar, civil_to_days(year, month, day));
}

static int64_t
day_of(const struct calendar *calendar, msec_t at)
{
	return zone_day(calendar->zone, at);
}

static msec_t
instant_of(const struct calendar *calendar, int64_t day, int minute)
{
	return zone_instant_of_day(calendar->zone, day, minute);
}

static struct opening
opening_of(const struct calendar *calendar, int64_t day, size_t i)
{
	return (struct opening){
		.from = instant_of(calendar, day, calendar->hours[i].from_minute),
		.to = instant_of(calendar, day, calendar->hours[i].to_minute),
	};
}

/* The moment at which `open_ms' of business time after `start' have passed:
 * with 0 the first open moment. */
static msec_t
add_open_time(const struct calendar *calendar, msec_t start, msec_t open_ms)
{
	int64_t first = day_of(calendar, start);

	for (int64_t day = first; day < first + DAYS_LOOKED_AT; day++) {
		if (!is_workday(calendar, day))
			continue;
		for (size_t i = 0; i < calendar->hour_count; i++) {
			struct opening open = opening_of(calendar, day, i);

			if (open.from < start)
				open.from = start;
			if (open.from >= open.to)
				continue;
			if (open_ms <= open.to - open.from)
				return open.from + open_ms;
			open_ms -= open.to - open.from;
		}
	}
	return start + open_ms;
}

static msec_t
open_time_between(const struct calendar *calendar, msec_t start, msec_t end)
{
	msec_t total = 0;
	int64_t last;

	if (end <= start)
		return 0;
	last = day_of(calendar, end);
	for (int64_t day = day_of(calendar, start); day <= last; day++) {
		if (!is_workday(calendar, day))
			continue;
		for (size_t i = 0; i < calendar->hour_count; i++) {
			struct opening open = opening_of(calendar, day, i);

			if (open.from < start)
				open.from = start;
			if (open.to > end)
				open.to = end;
			if (open.from < open.to)
				total += open.to - open.from;
		}
	}
	return total;
}

bool
calendar_is_open(const struct calendar *calendar, msec_t at)
{
	int64_t day = day_of(calendar, at);

	if (!is_workday(calendar, day))
		return false;
	for (size_t i = 0; i < calendar->hour_count; i++) {
		struct opening open = opening_of(calendar, day, i);

		if (at >= open.from && at < open.to)
			return true;
	}
	return false;
}

msec_t
calendar_add_business(
    const struct calendar *calendar, msec_t start, int minutes)
{
	return add_open_time(calendar, start, minutes * MSEC_MINUTE);
}

int
calendar_business_between(
    const struct calendar *calendar, msec_t start, msec_t end)
{
	return (int)(open_time_between(calendar, start, end) / MSEC_MINUTE);
}

msec_t
calendar_add_workdays(const struct calendar *calendar, msec_t start, int days)
{
	int64_t first = day_of(calendar, start);
	int64_t day = first;
	int last_minute = calendar->hour_count == 0
	    ? MINUTES_A_DAY
	    : calendar->hours[calendar->hour_count - 1].to_minute;

	while (days > 0 && day < first + DAYS_LOOKED_AT)
		days -= is_workday(calendar, ++day);
	return instant_of(calendar, day, last_minute);
}

msec_t
calendar_next_open(const struct calendar *calendar, msec_t at)
{
	return add_open_time(calendar, at, 0);
}

msec_t
calendar_within(const struct calendar *calendar, msec_t at, int from_minute,
    int to_minute)
{
	int64_t day = day_of(calendar, at);
	msec_t from = instant_of(calendar, day, from_minute);

	if (at < from)
		return from;
	if (at < instant_of(calendar, day, to_minute))
		return at;
	return instant_of(calendar, day + 1, from_minute);
}

msec_t
span_end(
    const struct calendar *calendar, msec_t start, const struct span *span)
{
	switch (span->unit) {
	case SPAN_WALL:
		return start + span->amount * MSEC_MINUTE;
	case SPAN_BUSINESS:
		return calendar_add_business(calendar, start, span->amount);
	case SPAN_WORKDAYS:
		return calendar_add_workdays(calendar, start, span->amount);
	case SPAN_NONE:
		break;
	}
	return 0;
}

msec_t
span_reminder(const struct calendar *calendar, msec_t start, msec_t due,
    const struct span *span)
{
	if (due <= start)
		return due;
	if (span->unit == SPAN_WALL || span->unit == SPAN_NONE)
		return start + (due - start) / 4 * 3;
	return add_open_time(calendar, start,
	    open_time_between(calendar, start, due) / 4 * 3);
}
