/*
 * commands_day - the reading of a time, and the day in it; internal to
 * core/commands_time.c.
 */
#ifndef CORE_COMMANDS_DAY_H
#define CORE_COMMANDS_DAY_H

#include "core/commands_parts.h"
#include "core/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TIME_NOON = 12 };

struct time_reading {
	const struct glyphs *text;
	const struct time_want *want;
	size_t at;
	struct local_time now, local;
	bool has_day, has_year, has_clock;
	enum time_mistake mistake;
};

/* Move behind the longest of the words that stands here; false when none
 * does. */
bool time_eat(struct time_reading *r, const char *const *words);
bool time_eat_one(struct time_reading *r, const char *word);
/* At most four digits, or a Han number; its value, or -1. */
int time_eat_number(struct time_reading *r);

/* The local day of `now' as civil days. */
int64_t time_today(const struct time_reading *r);
void time_set_day(struct time_reading *r, int64_t days);
/* Read a day if one stands here.  `from_hour' is the part of the day that
 * 今晚 and the like say, else as it was. */
void time_day(struct time_reading *r, int *from_hour);

#endif
