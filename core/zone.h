/*
 * zone - local time of one time zone, as data.
 *
 * Made from the bytes of a TZif file (RFC 8536), so that the pure core never
 * asks the machine.  Instants after the file's last transition follow its
 * POSIX TZ footer.
 */
#ifndef CORE_ZONE_H
#define CORE_ZONE_H

#include <stddef.h>
#include <stdint.h>

#include "lib/cleanup.h"
#include "lib/units.h"

struct err;
struct zone;

/* `name' is kept for messages.  A new zone, or NULL with ERR_DATA. */
struct zone *zone_from_tzif(
    const char *name, const void *data, size_t len, struct err *err);
void zone_free(struct zone **zone);
const char *zone_name(const struct zone *zone);

struct local_time {
	int year, month, day; /* month 1..12 */
	int hour, minute, second;
	int weekday; /* 0 Sunday .. 6 Saturday */
	int offset_minutes;
};

struct local_time zone_local(const struct zone *zone, msec_t at);
/* The instant of a local time; in a gap the time after it, in an overlap the
 * first one.  Only year to second count; fields may be out of range and are
 * carried (day 32 is the next month's first). */
msec_t zone_instant(const struct zone *zone, const struct local_time *local);
/* The day of `at' there, and the instant of a minute of a day (which is carried
 * as above); days since 1970-01-01. */
int64_t zone_day(const struct zone *zone, msec_t at);
msec_t zone_instant_of_day(const struct zone *zone, int64_t day, int minute);

/* RFC 3339: "2026-11-23T09:00:00+08:00"; `ret' has room for 32. */
void zone_rfc3339(const struct zone *zone, msec_t at, char *ret);
/* RFC 3339 with an offset or Z into an instant: 0, or -1. */
int time_from_rfc3339(const char *text, msec_t *ret) must_check;
/* RFC 5322 date in the zone: "Mon, 23 Nov 2026 09:00:00 +0800"; room 40. */
void zone_rfc5322(const struct zone *zone, msec_t at, char *ret);

#endif
