#include "core/zone_rule.h"

#include <string.h>

#include "core/civil.h"

enum { SECONDS_A_DAY = 86400, HOURS_MAX = 167 };

/* Each scanner moves *text over what it read; false when it is not there. */
static bool
scan_number(const char **text, int max, int *ret)
{
	int number = 0;

	if (**text < '0' || **text > '9')
		return false;
	for (; **text >= '0' && **text <= '9'; ++*text) {
		number = number * 10 + (**text - '0');
		if (number > max)
			return false;
	}
	*ret = number;
	return true;
}

static bool
scan_char(const char **text, char c)
{
	if (**text != c)
		return false;
	++*text;
	return true;
}

/* [+-]hh[:mm[:ss]] */
static bool
scan_time(const char **text, int *ret)
{
	int sign = scan_char(text, '-') ? -1 : 1;
	int hours, minutes = 0, seconds = 0;

	if (sign == 1)
		(void)scan_char(text, '+');
	if (!scan_number(text, HOURS_MAX, &hours))
		return false;
	if (scan_char(text, ':') && !scan_number(text, 59, &minutes))
		return false;
	if (scan_char(text, ':') && !scan_number(text, 59, &seconds))
		return false;
	*ret = sign * (hours * 3600 + minutes * 60 + seconds);
	return true;
}

/* CST or <+08> */
static bool
scan_name(const char **text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t len;

	if (**text == '<') {
		const char *end = strchr(*text, '>');

		if (end == NULL)
			return false;
		*text = end + 1;
		return true;
	}
	len = strspn(*text, letters);
	*text += len;
	return len >= 3;
}

static bool
scan_day(const char **text, struct zone_moment *ret)
{
	if (scan_char(text, 'M')) {
		ret->kind = ZONE_DAY_MONTH_WEEK;
		return scan_number(text, 12, &ret->month) && ret->month > 0 &&
		    scan_char(text, '.') && scan_number(text, 5, &ret->week) &&
		    ret->week > 0 && scan_char(text, '.') &&
		    scan_number(text, 6, &ret->weekday);
	}
	if (scan_char(text, 'J')) {
		ret->kind = ZONE_DAY_JULIAN;
		return scan_number(text, 365, &ret->day) && ret->day > 0;
	}
	ret->kind = ZONE_DAY_OF_YEAR;
	return scan_number(text, 365, &ret->day);
}

static bool
scan_moment(const char **text, struct zone_moment *ret)
{
	ret->seconds = 2 * 3600;
	if (!scan_char(text, ',') || !scan_day(text, ret))
		return false;
	return !scan_char(text, '/') || scan_time(text, &ret->seconds);
}

int
zone_rule_parse(const char *text, struct zone_rule *ret)
{
	struct zone_rule rule = { 0 };
	int west;

	if (!scan_name(&text) || !scan_time(&text, &west))
		return -1;
	rule.standard = -west;
	if (*text != '\0') {
		rule.has_summer = true;
		if (!scan_name(&text))
			return -1;
		rule.summer = rule.standard + 3600;
		if (*text != ',') {
			if (!scan_time(&text, &west))
				return -1;
			rule.summer = -west;
		}
		if (!scan_moment(&text, &rule.begin) ||
		    !scan_moment(&text, &rule.end) || *text != '\0')
			return -1;
	}
	*ret = rule;
	return 0;
}

/* Local seconds since 1970 of the moment in `year'. */
static int64_t
moment_in(const struct zone_moment *moment, int year)
{
	int64_t first = civil_to_days(year, moment->month, 1);
	int64_t day;

	if (moment->kind == ZONE_DAY_OF_YEAR) {
		day = civil_to_days(year, 1, 1) + moment->day;
	} else if (moment->kind == ZONE_DAY_JULIAN) {
		/* Day 60 is 1 March in every year. */
		day = moment->day < 60 ? civil_to_days(year, 1, moment->day)
				       : civil_to_days(year, 3, moment->day - 59);
	} else {
		day = first +
		    floor_mod(moment->weekday - civil_weekday(first), 7) +
		    INT64_C(7) * (moment->week - 1);
		while (day >= civil_to_days(year, moment->month + 1, 1))
			day -= 7;
	}
	return day * SECONDS_A_DAY + moment->seconds;
}

int
zone_rule_offset(const struct zone_rule *rule, int64_t seconds)
{
	int year, month, day;
	int64_t begin, end;
	bool is_summer;

	if (!rule->has_summer)
		return rule->standard;
	civil_from_days(floor_div(seconds + rule->standard, SECONDS_A_DAY),
	    &year, &month, &day);
	begin = moment_in(&rule->begin, year) - rule->standard;
	end = moment_in(&rule->end, year) - rule->summer;
	/* South of the equator summer goes over the turn of the year. */
	is_summer = begin < end ? seconds >= begin && seconds < end
				: seconds >= begin || seconds < end;
	return is_summer ? rule->summer : rule->standard;
}
