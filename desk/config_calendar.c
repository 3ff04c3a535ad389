#include <string.h>

#include "core/calendar.h"
#include "core/civil.h"
#include "core/zone.h"
#include "desk/config_parts.h"
#include "lib/err.h"
#include "lib/file.h"
#include "lib/text.h"

enum {
	HOURS_MAX = 8,
	DAYS_MAX = 4000,
	YEARS_MAX = 100,
	CALENDAR_BYTES_MAX = 256 * 1024,
	ZONE_BYTES_MAX = 64 * 1024,
};

/* What the files of one estate come to. */
struct gathered {
	struct calendar_hours hours[HOURS_MAX];
	size_t hour_count;
	struct calendar_day *off, *work;
	size_t off_count, work_count;
	int years[YEARS_MAX];
	size_t year_count;
};

const char *
zone_read(struct reading *reading, const char *name, struct zone **ret)
{
	struct arena *arena = &reading->loaded->arena;
	struct err err = { 0 };
	struct zone *zone;
	size_t len = 0;
	char *data;

	if (*name == '/' || *name == '\0' || strstr(name, "..") != NULL)
		return arena_printf(arena,
		    "\"%s\" is not valid; expected a name such as "
		    "\"Asia/Shanghai\"",
		    name);
	data = file_read(arena_printf(arena, "%s/%s",
			     reading->loaded->conf.zoneinfo, name),
	    ZONE_BYTES_MAX, arena, &len, &err);
	if (data == NULL)
		return arena_printf(arena,
		    "%s; expected a name such as \"Asia/Shanghai\"", err.msg);
	zone = zone_from_tzif(arena_strdup(arena, name), data, len, &err);
	if (zone == NULL)
		return arena_strdup(arena, err.msg);
	*ret = zone;
	return NULL;
}

static struct owned *
owned_add(struct loaded *loaded)
{
	struct owned *owned = arena_alloc(&loaded->arena, sizeof(*owned));

	owned->next = loaded->owned;
	loaded->owned = owned;
	return owned;
}

void
zone_keep(struct reading *reading, struct zone *zone)
{
	owned_add(reading->loaded)->zone = zone;
}

static void
calendar_mistake(struct reading *reading, const char *file,
    const config_setting_t *setting, const char *words)
{
	reading_foreign_mistake(arena_printf(&reading->loaded->arena,
				    "%s:%u: %s: %s", file,
				    config_setting_source_line(setting),
				    text_or(config_setting_name(setting), ""),
				    words),
	    reading);
}

static void
days_add(struct calendar_day *days, size_t *count,
    const struct calendar_day *first, const struct calendar_day *last)
{
	int64_t day = civil_to_days(first->year, first->month, first->day);
	int64_t end = civil_to_days(last->year, last->month, last->day);

	for (; day <= end && *count < DAYS_MAX; day++) {
		struct calendar_day *one = &days[(*count)++];

		civil_from_days(day, &one->year, &one->month, &one->day);
	}
}

static void
days_read(struct reading *reading, const char *file,
    const config_setting_t *list, struct calendar_day *days, size_t *count)
{
	if (!config_setting_is_aggregate(list) ||
	    config_setting_is_group(list)) {
		calendar_mistake(reading, file, list,
		    "expected a list such as [\"2026-10-01/2026-10-07\"]");
		return;
	}
	for (int i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *one =
		    config_setting_get_elem(list, (unsigned)i);
		const char *text = config_setting_get_string(one);
		struct calendar_day first, last;

		if (text == NULL || scan_days(text, &first, &last) < 0)
			calendar_mistake(reading, file, one,
			    arena_printf(&reading->loaded->arena,
				"\"%s\" is no day; expected \"2026-10-01\" "
				"or \"2026-10-01/2026-10-07\"",
				text_or(text, "")));
		else
			days_add(days, count, &first, &last);
	}
}

static void
calendar_members_read(struct reading *reading, const char *file,
    const config_setting_t *root, struct gathered *into)
{
	int year = 0;

	for (int i = 0; i < config_setting_length(root); i++) {
		const config_setting_t *member =
		    config_setting_get_elem(root, (unsigned)i);
		const char *key = config_setting_name(member);

		if (text_eq(key, "year"))
			year = config_setting_get_int(member);
		else if (text_eq(key, "off"))
			days_read(reading, file, member, into->off,
			    &into->off_count);
		else if (text_eq(key, "work"))
			days_read(reading, file, member, into->work,
			    &into->work_count);
		else
			calendar_mistake(reading, file, member,
			    "unknown setting; expected year, off, work");
	}
	if (year < 1970 || year > 9999)
		calendar_mistake(reading, file, root,
		    "no year; expected year = 2026;");
	else if (into->year_count < YEARS_MAX)
		into->years[into->year_count++] = year;
}

static void
done_with(config_t *file)
{
	config_destroy(file);
}

static void
calendar_file_read(struct reading *reading, const char *path,
    const char *place, struct gathered *into)
{
	struct arena *arena = &reading->loaded->arena;
	struct err err = { 0 };
	config_t file scoped(done_with);
	size_t len = 0;
	/* Not config_read_file(): this one refuses what is no file. */
	char *text = file_read(path, CALENDAR_BYTES_MAX, arena, &len, &err);

	config_init(&file);
	if (text == NULL)
		mistake_at(reading, place, "%s; expected a calendar file",
		    err.msg);
	else if (!config_read_string(&file, text))
		reading_foreign_mistake(
		    arena_printf(arena, "%s:%d: %s", path,
			config_error_line(&file), config_error_text(&file)),
		    reading);
	else
		calendar_members_read(
		    reading, path, config_root_setting(&file), into);
}

static void
hours_read(struct reading *reading, const struct estate *estate,
    const char *place, struct gathered *into)
{
	for (size_t i = 0; estate->hours != NULL && estate->hours[i] != NULL;
	     i++) {
		struct calendar_hours *one = &into->hours[into->hour_count];

		if (into->hour_count == HOURS_MAX) {
			mistake_at(reading, place,
			    "too many; %d stretches are allowed", HOURS_MAX);
			return;
		}
		if (scan_times(estate->hours[i], &one->from_minute,
			&one->to_minute) < 0) {
			mistake_at(reading, place,
			    "\"%s\" is not valid; expected "
			    "\"08:30-12:00\", the start before the end",
			    estate->hours[i]);
			continue;
		}
		if (into->hour_count > 0 &&
		    one->from_minute < (one - 1)->to_minute)
			mistake_at(reading, place,
			    "\"%s\" begins before the stretch before it ends; "
			    "expected them in order",
			    estate->hours[i]);
		into->hour_count++;
	}
	if (into->hour_count == 0)
		mistake_at(reading, place,
		    "no office hours; expected one stretch at least");
}

void
calendar_read(struct reading *reading, struct estate *estate)
{
	struct arena *arena = &reading->loaded->arena;
	struct gathered found = {
		.off = arena_array(arena, DAYS_MAX, sizeof(*found.off)),
		.work = arena_array(arena, DAYS_MAX, sizeof(*found.work)),
	};
	struct calendar_data data = { .zone = estate->zone };
	struct owned *owned;
	const char *place =
	    arena_printf(arena, "estate.%s.calendars", estate->id);

	hours_read(reading, estate,
	    arena_printf(arena, "estate.%s.hours", estate->id), &found);
	for (size_t i = 0;
	     estate->calendars != NULL && estate->calendars[i] != NULL; i++)
		calendar_file_read(
		    reading, estate->calendars[i], place, &found);
	if (estate->zone == NULL)
		return; /* told already */
	data.hours = found.hours;
	data.hour_count = found.hour_count;
	data.off = found.off;
	data.off_count = found.off_count;
	data.work = found.work;
	data.work_count = found.work_count;
	data.years = found.years;
	data.year_count = found.year_count;
	owned = owned_add(reading->loaded);
	owned->calendar = calendar_new(&data);
	estate->calendar = owned->calendar;
}
