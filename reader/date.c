#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "reader/headers.h"

static const struct {
	const char *name;
	int minutes;
} zones[] = {
	{ "UT", 0 },
	{ "UTC", 0 },
	{ "GMT", 0 },
	{ "Z", 0 },
	{ "CST", 8 * 60 },
	{ "HKT", 8 * 60 },
	{ "SGT", 8 * 60 },
	{ "JST", 9 * 60 },
	{ "KST", 9 * 60 },
	{ "CET", 60 },
	{ "CEST", 120 },
	{ "EST", -300 },
	{ "EDT", -240 },
	{ "CDT", -300 },
	{ "MST", -420 },
	{ "MDT", -360 },
	{ "PST", -480 },
	{ "PDT", -420 },
};

struct date {
	int64_t year;
	int month, day; /* month from 1 */
	int hour, minute, second;
	int zone; /* minutes east of Greenwich */
	bool has_time, has_zone;
};

static int
month_number(const char *word)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (int i = 0; i < 12; i++)
		if (strncasecmp(word, names + (ptrdiff_t)i * 3, 3) == 0)
			return i + 1;
	return 0;
}

/* Days since 1970-01-01 of a Gregorian date, by counting years from March. */
static int64_t
days_of(int64_t year, int month, int day)
{
	int64_t era_year = month <= 2 ? year - 1 : year;
	int64_t era = era_year / 400;
	int64_t of_era = era_year - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

static void
take_clock(const char *word, struct date *date)
{
	char *end;

	date->hour = (int)strtol(word, &end, 10);
	if (*end == ':' || *end == '.')
		date->minute = (int)strtol(end + 1, &end, 10);
	if (*end == ':' || *end == '.')
		date->second = (int)strtol(end + 1, &end, 10);
	date->has_time = true;
}

static void
take_zone(const char *word, struct date *date)
{
	long value;

	if ((word[0] == '+' || word[0] == '-') && isdigit((unsigned char)word[1])) {
		value = strtol(word + 1, NULL, 10);
		if (value > 1400)
			return;
		date->zone = (int)(value / 100 * 60 + value % 100);
		if (word[0] == '-')
			date->zone = -date->zone;
		date->has_zone = true;
		return;
	}
	for (size_t i = 0; i < ARRAY_COUNT(zones); i++)
		if (text_eq_nocase(word, zones[i].name)) {
			date->zone = zones[i].minutes;
			date->has_zone = true;
		}
}

static void
take_number(const char *word, struct date *date)
{
	long value = strtol(word, NULL, 10);

	if (date->day == 0 && value >= 1 && value <= 31 && strlen(word) <= 2)
		date->day = (int)value;
	else if (date->year == 0 && value >= 0 && value <= 9999)
		date->year = value < 50 && strlen(word) <= 2 ? 2000 + value
		    : value < 1000			     ? 1900 + value
							     : value;
}

static void
take_word(const char *word, struct date *date)
{
	if (isdigit((unsigned char)word[0])) {
		if (strchr(word, ':') != NULL)
			take_clock(word, date);
		else
			take_number(word, date);
		return;
	}
	if (date->month == 0 && month_number(word) != 0)
		date->month = month_number(word);
	else if (date->has_time && !date->has_zone)
		take_zone(word, date);
}

msec_t
header_date(const char *raw, struct arena *arena)
{
	struct date date = { 0 };
	char *text = header_unfold(raw, arena);
	char *rest = NULL;
	int64_t seconds;

	if (text == NULL)
		return 0;
	text[strcspn(text, "(")] = '\0';
	for (char *c = text; *c != '\0'; c++)
		if (*c == ',' || (*c == '-' && c > text && isalpha((unsigned char)c[-1])) ||
		    (*c == '-' && isalpha((unsigned char)c[1])))
			*c = ' ';
	for (char *word = strtok_r(text, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest))
		take_word(word, &date);
	if (date.year == 0 || date.month == 0 || date.day == 0 ||
	    date.hour > 24 || date.minute > 60 || date.second > 61)
		return 0;
	seconds = days_of(date.year, date.month, date.day) * 86400 +
	    (int64_t)date.hour * 3600 + (int64_t)date.minute * 60 +
	    date.second - (int64_t)date.zone * 60;
	return seconds <= 0 ? 0 : seconds * MSEC_SECOND;
}

bool
header_date_is_cst(const char *raw)
{
	const char *zone = strcasestr(text_or(raw, ""), " CST");

	return zone != NULL && strpbrk(raw, "+(") == NULL;
}
