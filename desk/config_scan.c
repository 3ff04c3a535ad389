#include <ctype.h>
#include <string.h>

#include "core/civil.h"
#include "desk/config_parts.h"
#include "lib/text.h"

static const struct {
	const char *unit;
	enum span_unit kind;
	int factor;
} units[] = {
	{ "min", SPAN_WALL, 1 },
	{ "h", SPAN_WALL, 60 },
	{ "d", SPAN_WALL, 24 * 60 },
	{ "bmin", SPAN_BUSINESS, 1 },
	{ "bh", SPAN_BUSINESS, 60 },
	{ "wd", SPAN_WORKDAYS, 1 },
};

/* A year is more than any promise to an owner. */
enum { SPAN_MAX_MINUTES = 366 * 24 * 60, SPAN_MAX_DAYS = 366 };

/* Digits at *text, at most `most' of them; -1 when there is none. */
static int
scan_digits(const char **text, int most)
{
	int value = 0, count = 0;

	while (count < most && isdigit((unsigned char)**text)) {
		value = value * 10 + (**text - '0');
		(*text)++;
		count++;
	}
	return count == 0 ? -1 : value;
}

int
scan_span(const char *text, struct span *ret)
{
	int amount, most;

	if (text_eq(text, "none")) {
		*ret = (struct span){ .unit = SPAN_NONE };
		return 0;
	}
	amount = scan_digits(&text, 6);
	if (amount < 0)
		return -1;
	while (*text == ' ')
		text++;
	for (size_t i = 0; i < ARRAY_COUNT(units); i++) {
		if (!text_eq(text, units[i].unit))
			continue;
		most = units[i].kind == SPAN_WORKDAYS ? SPAN_MAX_DAYS :
							SPAN_MAX_MINUTES;
		if (amount > most / units[i].factor)
			return -1;
		*ret = (struct span){ .unit = units[i].kind,
			.amount = amount * units[i].factor };
		return 0;
	}
	return -1;
}

void
span_words(const struct span *span, struct buf *out)
{
	size_t best = ARRAY_COUNT(units);

	/* The largest unit that holds it without a rest. */
	for (size_t i = 0; i < ARRAY_COUNT(units); i++)
		if (units[i].kind == span->unit &&
		    span->amount % units[i].factor == 0 &&
		    (span->amount > 0 || units[i].factor == 1) &&
		    units[i].factor < 24 * 60)
			best = i;
	if (best == ARRAY_COUNT(units))
		buf_puts(out, "none");
	else
		buf_printf(out, "%d %s", span->amount / units[best].factor,
		    units[best].unit);
}

/* "8:30" at *text into minutes; 24:00 is the end of the day. */
static int
scan_clock(const char **text)
{
	int hour = scan_digits(text, 2), minute;

	if (hour < 0 || **text != ':')
		return -1;
	(*text)++;
	minute = scan_digits(text, 2);
	if (minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60)
		return -1;
	return hour * 60 + minute;
}

int
scan_time(const char *text, int *ret)
{
	int minute = scan_clock(&text);

	if (minute < 0 || *text != '\0')
		return -1;
	*ret = minute;
	return 0;
}

int
scan_times(const char *text, int *ret_from, int *ret_to)
{
	int from = scan_clock(&text), to;

	if (from < 0 || *text != '-')
		return -1;
	text++;
	to = scan_clock(&text);
	if (to < 0 || *text != '\0' || from >= to)
		return -1;
	*ret_from = from;
	*ret_to = to;
	return 0;
}

static int
days_of_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static int
scan_day(const char **text, struct calendar_day *ret)
{
	ret->year = scan_digits(text, 4);
	if (ret->year < 1970 || *(*text)++ != '-')
		return -1;
	ret->month = scan_digits(text, 2);
	if (ret->month < 1 || ret->month > 12 || *(*text)++ != '-')
		return -1;
	ret->day = scan_digits(text, 2);
	if (ret->day < 1 || ret->day > days_of_month(ret->year, ret->month))
		return -1;
	return 0;
}

int
scan_days(const char *text, struct calendar_day *ret_first,
    struct calendar_day *ret_last)
{
	struct calendar_day first, last;

	if (scan_day(&text, &first) < 0)
		return -1;
	last = first;
	if (*text == '/') {
		text++;
		if (scan_day(&text, &last) < 0)
			return -1;
	}
	if (*text != '\0')
		return -1;
	if (civil_to_days(last.year, last.month, last.day) <
	    civil_to_days(first.year, first.month, first.day))
		return -1;
	*ret_first = first;
	*ret_last = last;
	return 0;
}

bool
host_is_valid(const char *host)
{
	size_t len = strlen(host);

	if (len == 0 || len > 253 || host[0] == '-' || host[0] == '.')
		return false;
	/* The colon is for IPv6 addresses. */
	for (const char *p = host; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && strchr("-.:", *p) == NULL)
			return false;
	return true;
}

bool
config_mail_is_valid(const char *mail)
{
	const char *at = strrchr(mail, '@');

	if (at == NULL || at == mail || at - mail > 64 ||
	    !host_is_valid(at + 1) || strchr(at, ':') != NULL)
		return false;
	for (const char *p = mail; p < at; p++)
		if (!isalnum((unsigned char)*p) &&
		    strchr("!#$%&'*+-/=?^_`{|}~.", *p) == NULL)
			return false;
	return true;
}

/* What stands before the path: login, host and port. */
static size_t
authority_len(const char *rest)
{
	return strcspn(rest, "/?#");
}

bool
url_holds_login(const char *url)
{
	const char *rest = url == NULL ? NULL : strstr(url, "://");

	return rest != NULL && text_starts_nocase(url, "http") &&
	       memchr(rest + 3, '@', authority_len(rest + 3)) != NULL;
}

/* "host", "host:8080", "[::1]:8080"; a password with a "/" in it ends the
 * authority early and looks like a port. */
static bool
port_is_valid(const char *rest)
{
	size_t end = authority_len(rest), at = end, digits;

	while (at > 0 && rest[at - 1] != ':' && rest[at - 1] != ']')
		at--;
	if (at == 0 || rest[at - 1] == ']')
		return at == 0 || at == end;
	digits = strspn(rest + at, "0123456789");
	return digits > 0 && digits <= 5 && at + digits == end;
}

bool
url_is_valid(const char *url)
{
	const char *rest = NULL;

	if (text_starts(url, "https://"))
		rest = url + strlen("https://");
	else if (text_starts(url, "http://"))
		rest = url + strlen("http://");
	if (rest == NULL || *rest == '\0' || *rest == '/')
		return false;
	for (const char *p = url; *p != '\0'; p++)
		if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7f)
			return false;
	return !url_holds_login(url) && port_is_valid(rest);
}
