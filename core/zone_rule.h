/*
 * zone_rule - the POSIX TZ string at the end of a TZif file (RFC 8536 3.3):
 * what the clocks do after the last transition that the file lists.
 */
#ifndef CORE_ZONE_RULE_H
#define CORE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/cleanup.h"

enum zone_day_kind { ZONE_DAY_MONTH_WEEK, ZONE_DAY_JULIAN, ZONE_DAY_OF_YEAR };

/* A moment of each year, such as M3.2.0/2: second Sunday of March, 02:00. */
struct zone_moment {
	enum zone_day_kind kind;
	int month, week, weekday; /* ZONE_DAY_MONTH_WEEK; week 5: the last */
	int day; /* 1..365 without leap days, or 0..365 with them */
	int seconds; /* local, from midnight; may be negative */
};

struct zone_rule {
	int standard; /* seconds east of UTC */
	int summer;
	bool has_summer;
	struct zone_moment begin, end; /* of summer time */
};

/* 0, or -1 when `text' is no TZ string. */
int zone_rule_parse(const char *text, struct zone_rule *ret) must_check;
/* Seconds east of UTC at `seconds' since 1970. */
int zone_rule_offset(const struct zone_rule *rule, int64_t seconds);

#endif
