/* Dates of RFC 3339 and RFC 5322. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/civil.h"
#include "core/zone.h"

/* What callers have room for, and what any int would need. */
enum { RFC3339_SIZE = 32, RFC5322_SIZE = 40, WIDEST = 128 };

static void
put(char *ret, size_t size, const char *text)
{
	size_t len = strnlen(text, size - 1);

	memcpy(ret, text, len);
	ret[len] = '\0';
}

void
zone_rfc3339(const struct zone *zone, msec_t at, char *ret)
{
	struct local_time local = zone_local(zone, at);
	int east = abs(local.offset_minutes);
	char text[WIDEST];

	(void)snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d",
	    local.year, local.month, local.day, local.hour, local.minute,
	    local.second, local.offset_minutes < 0 ? '-' : '+', east / 60,
	    east % 60);
	put(ret, RFC3339_SIZE, text);
}

void
zone_rfc5322(const struct zone *zone, msec_t at, char *ret)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct local_time local = zone_local(zone, at);
	int east = abs(local.offset_minutes);
	char text[WIDEST];

	(void)snprintf(text, sizeof(text),
	    "%s, %02d %s %04d %02d:%02d:%02d %c%02d%02d", days[local.weekday],
	    local.day, months[local.month - 1], local.year, local.hour,
	    local.minute, local.second, local.offset_minutes < 0 ? '-' : '+',
	    east / 60, east % 60);
	put(ret, RFC5322_SIZE, text);
}

/* Exactly `digits' digits between min and max; moves *text. */
static bool
scan_field(const char **text, int digits, int min, int max, int *ret)
{
	int value = 0;

	for (int i = 0; i < digits; i++, ++*text) {
		if (**text < '0' || **text > '9')
			return false;
		value = value * 10 + (**text - '0');
	}
	*ret = value;
	return value >= min && value <= max;
}

static bool
scan_one_of(const char **text, const char *chars, char *ret)
{
	if (**text == '\0' || strchr(chars, **text) == NULL)
		return false;
	*ret = *(*text)++;
	return true;
}

static bool
scan_clock(const char **text, struct local_time *local)
{
	char colon;

	return scan_field(text, 2, 0, 23, &local->hour) &&
	       scan_one_of(text, ":", &colon) &&
	       scan_field(text, 2, 0, 59, &local->minute) &&
	       scan_one_of(text, ":", &colon) &&
	       scan_field(text, 2, 0, 60, &local->second);
}

static bool
scan_date(const char **text, struct local_time *local)
{
	int year, month, day;
	char dash;

	if (!scan_field(text, 4, 0, 9999, &local->year) ||
	    !scan_one_of(text, "-", &dash) ||
	    !scan_field(text, 2, 1, 12, &local->month) ||
	    !scan_one_of(text, "-", &dash) ||
	    !scan_field(text, 2, 1, 31, &local->day))
		return false;
	civil_from_days(civil_to_days(local->year, local->month, local->day),
	    &year, &month, &day);
	return day == local->day;
}

/* .123456 as whole milliseconds. */
static bool
scan_fraction(const char **text, int *ret)
{
	int scale = 100;

	*ret = 0;
	if (**text != '.')
		return true;
	++*text;
	if (**text < '0' || **text > '9')
		return false;
	for (; **text >= '0' && **text <= '9'; ++*text, scale /= 10)
		*ret += (**text - '0') * scale;
	return true;
}

static bool
scan_offset(const char **text, int *minutes)
{
	int hour, minute;
	char sign, colon;

	*minutes = 0;
	if (!scan_one_of(text, "Zz+-", &sign))
		return false;
	if (sign == 'Z' || sign == 'z')
		return true;
	if (!scan_field(text, 2, 0, 23, &hour) ||
	    !scan_one_of(text, ":", &colon) ||
	    !scan_field(text, 2, 0, 59, &minute))
		return false;
	*minutes = (hour * 60 + minute) * (sign == '-' ? -1 : 1);
	return true;
}

int
time_from_rfc3339(const char *text, msec_t *ret)
{
	struct local_time local = { 0 };
	int ms, offset;
	char separator;

	if (!scan_date(&text, &local) ||
	    !scan_one_of(&text, "Tt ", &separator) ||
	    !scan_clock(&text, &local) || !scan_fraction(&text, &ms) ||
	    !scan_offset(&text, &offset) || *text != '\0')
		return -1;
	*ret = civil_to_days(local.year, local.month, local.day) * MSEC_DAY +
	       local.hour * MSEC_HOUR + (local.minute - offset) * MSEC_MINUTE +
	       local.second * MSEC_SECOND + ms;
	return 0;
}
