#include "core/zone.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/civil.h"
#include "core/zone_rule.h"
#include "lib/err.h"

enum {
	SECONDS_A_DAY = 86400,
	HEADER_BYTES = 44,
	TYPE_BYTES = 6,
	COUNT_MAX = 65536,
	FOOTER_MAX = 128,
	OFFSET_MAX = 26 * 3600,
};

struct zone {
	char *name;
	size_t count;
	int64_t *since; /* instants of the transitions, ascending */
	int *offsets;	/* seconds east from that instant on */
	int first;	/* before the first transition */
	bool has_rule;	/* for what comes after the last one */
	struct zone_rule rule;
};

/* RFC 8536 3.1. */
struct header {
	char version;
	size_t utc_flags, standard_flags, leaps, transitions, types, chars;
};

struct reader {
	const unsigned char *at;
	size_t left;
};

static int64_t
read_big_endian(const unsigned char *bytes, int len)
{
	uint64_t value = (bytes[0] & 0x80) != 0 ? UINT64_MAX : 0;

	for (int i = 0; i < len; i++)
		value = value << 8 | bytes[i];
	return (int64_t)value;
}

static const unsigned char *
take(struct reader *reader, size_t len)
{
	const unsigned char *at = reader->at;

	if (len > reader->left)
		return NULL;
	reader->at += len;
	reader->left -= len;
	return at;
}

static int
read_header(struct reader *reader, struct header *ret)
{
	const unsigned char *bytes = take(reader, HEADER_BYTES);
	size_t *counts[] = { &ret->utc_flags, &ret->standard_flags, &ret->leaps,
		&ret->transitions, &ret->types, &ret->chars };

	if (bytes == NULL || memcmp(bytes, "TZif", 4) != 0)
		return -1;
	ret->version = (char)bytes[4];
	for (size_t i = 0; i < ARRAY_COUNT(counts); i++) {
		int64_t count = read_big_endian(bytes + 20 + 4 * i, 4);

		if (count < 0 || count > COUNT_MAX)
			return -1;
		*counts[i] = (size_t)count;
	}
	return ret->types == 0 ? -1 : 0;
}

static size_t
rest_of_block(const struct header *header, size_t time_size)
{
	return header->chars + header->leaps * (time_size + 4) +
	    header->standard_flags + header->utc_flags;
}

static void *
array_of(size_t count, size_t size)
{
	void *array = calloc(count == 0 ? 1 : count, size);

	if (array == NULL)
		abort();
	return array;
}

static int
read_block(struct zone *zone, struct reader *reader,
    const struct header *header, size_t time_size)
{
	const unsigned char *times =
	    take(reader, header->transitions * time_size);
	const unsigned char *kinds = take(reader, header->transitions);
	const unsigned char *types = take(reader, header->types * TYPE_BYTES);

	if (times == NULL || kinds == NULL || types == NULL ||
	    take(reader, rest_of_block(header, time_size)) == NULL)
		return -1;
	zone->count = header->transitions;
	zone->since = array_of(zone->count, sizeof(*zone->since));
	zone->offsets = array_of(zone->count, sizeof(*zone->offsets));
	zone->first = (int)read_big_endian(types, 4);
	for (size_t i = 0; i < header->types; i++) {
		if (llabs(read_big_endian(types + i * TYPE_BYTES, 4)) >
		    OFFSET_MAX)
			return -1;
	}
	for (size_t i = 0; i < zone->count; i++) {
		zone->since[i] =
		    read_big_endian(times + i * time_size, (int)time_size);
		if (kinds[i] >= header->types ||
		    (i > 0 && zone->since[i] <= zone->since[i - 1]))
			return -1;
		zone->offsets[i] =
		    (int)read_big_endian(types + (size_t)kinds[i] * TYPE_BYTES, 4);
	}
	return 0;
}

static int
read_footer(struct zone *zone, struct reader *reader)
{
	const char *text = (const char *)reader->at;
	char footer[FOOTER_MAX];
	const char *end;
	size_t len;

	if (reader->left < 2 || text[0] != '\n')
		return -1;
	end = memchr(text + 1, '\n', reader->left - 1);
	if (end == NULL)
		return -1;
	len = (size_t)(end - text - 1);
	if (len == 0)
		return 0;
	if (len >= sizeof(footer))
		return -1;
	memcpy(footer, text + 1, len);
	footer[len] = '\0';
	zone->has_rule = true;
	return zone_rule_parse(footer, &zone->rule);
}

static int
read_all(struct zone *zone, struct reader *reader)
{
	struct header header = { 0 };

	if (read_header(reader, &header) != 0)
		return -1;
	if (header.version < '2')
		return read_block(zone, reader, &header, 4);
	/* The first block is for readers of 32-bit times: step over it. */
	if (take(reader, header.transitions * 5 + header.types * TYPE_BYTES +
		    rest_of_block(&header, 4)) == NULL ||
	    read_header(reader, &header) != 0 ||
	    read_block(zone, reader, &header, 8) != 0)
		return -1;
	return read_footer(zone, reader);
}

struct zone *
zone_from_tzif(const char *name, const void *data, size_t len, struct err *err)
{
	struct reader reader = { .at = data, .left = len };
	struct zone *zone = array_of(1, sizeof(*zone));

	zone->name = strdup(name);
	if (zone->name == NULL)
		abort();
	if (read_all(zone, &reader) != 0) {
		zone_free(&zone);
		err_set(err, ERR_DATA, "%s: not a time zone file (RFC 8536)",
		    name);
	}
	return zone;
}

void
zone_free(struct zone **zone)
{
	if (*zone == NULL)
		return;
	free((*zone)->since);
	free((*zone)->offsets);
	free((*zone)->name);
	free(*zone);
	*zone = NULL;
}

const char *
zone_name(const struct zone *zone)
{
	return zone->name;
}

/* Seconds east of UTC at `seconds' since 1970. */
static int
offset_at(const struct zone *zone, int64_t seconds)
{
	size_t low = 0, high = zone->count;

	if (zone->count == 0)
		return zone->has_rule
		    ? zone_rule_offset(&zone->rule, seconds)
		    : zone->first;
	if (seconds < zone->since[0])
		return zone->first;
	if (seconds >= zone->since[zone->count - 1] && zone->has_rule)
		return zone->rule.has_summer
			   ? zone_rule_offset(&zone->rule, seconds)
			   : zone->rule.standard;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (zone->since[middle] <= seconds)
			low = middle;
		else
			high = middle;
	}
	return zone->offsets[low];
}

int64_t
zone_day(const struct zone *zone, msec_t at)
{
	int64_t seconds = floor_div(at, MSEC_SECOND);

	return floor_div(seconds + offset_at(zone, seconds), SECONDS_A_DAY);
}

struct local_time
zone_local(const struct zone *zone, msec_t at)
{
	int64_t seconds = floor_div(at, MSEC_SECOND);
	int offset = offset_at(zone, seconds);
	int64_t local = seconds + offset;
	int64_t days = floor_div(local, SECONDS_A_DAY);
	int of_day = (int)floor_mod(local, SECONDS_A_DAY);
	struct local_time ret = {
		.hour = of_day / 3600,
		.minute = of_day / 60 % 60,
		.second = of_day % 60,
		.weekday = civil_weekday(days),
		.offset_minutes = offset / 60,
	};

	civil_from_days(days, &ret.year, &ret.month, &ret.day);
	return ret;
}

/* The clocks jumped over a local time: the instant of the jump, which lies
 * after `low' and not after `high'. */
static int64_t
end_of_gap(const struct zone *zone, int64_t low, int64_t high)
{
	int before = offset_at(zone, low);

	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (offset_at(zone, middle) == before)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* From `seconds' on the clocks are never changed again. */
static bool
is_settled(const struct zone *zone, int64_t seconds)
{
	return (zone->count == 0 || seconds >= zone->since[zone->count - 1]) &&
	       !(zone->has_rule && zone->rule.has_summer);
}

/* `seconds' as if it were UTC. */
static msec_t
instant_of(const struct zone *zone, int64_t seconds)
{
	int before = offset_at(zone, seconds - SECONDS_A_DAY), after;

	if (is_settled(zone, seconds - SECONDS_A_DAY))
		return (seconds - before) * MSEC_SECOND;
	after = offset_at(zone, seconds + SECONDS_A_DAY);
	/* `before' gives the first of two instants in an overlap. */
	if (offset_at(zone, seconds - before) == before)
		return (seconds - before) * MSEC_SECOND;
	if (offset_at(zone, seconds - after) == after)
		return (seconds - after) * MSEC_SECOND;
	return end_of_gap(zone, seconds - after, seconds - before) *
	    MSEC_SECOND;
}

msec_t
zone_instant(const struct zone *zone, const struct local_time *local)
{
	int64_t day = civil_to_days(local->year, local->month, local->day);

	return instant_of(zone,
	    day * SECONDS_A_DAY + local->hour * INT64_C(3600) +
		local->minute * INT64_C(60) + local->second);
}

msec_t
zone_instant_of_day(const struct zone *zone, int64_t day, int minute)
{
	return instant_of(zone, day * SECONDS_A_DAY + minute * INT64_C(60));
}
