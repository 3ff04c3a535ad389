#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/civil.h"
#include "core/zone.h"
#include "core/zone_rule.h"
#include "lib/err.h"
#include "tests/support/zones.h"

static const char *const names[] = { "Asia/Shanghai", "America/New_York",
	"Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata",
	"America/Santiago", "Africa/Casablanca", "Pacific/Apia", "UTC" };

static msec_t
at(const char *text)
{
	msec_t ret;

	assert_int_equal(time_from_rfc3339(text, &ret), 0);
	return ret;
}

/* The C library is the oracle: one instant about every five weeks from 1901
 * to 2200, on odd seconds. */
static void
local_time_is_what_the_c_library_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		scoped(zone_free) struct zone *zone = zones_open(names[i]);

		setenv("TZ", names[i], 1);
		tzset();
		for (time_t t = -2170000000; t < 7258000000; t += 3000017) {
			struct local_time local = zone_local(zone, t * 1000);
			struct tm tm;

			localtime_r(&t, &tm);
			assert_int_equal(local.year, tm.tm_year + 1900);
			assert_int_equal(local.month, tm.tm_mon + 1);
			assert_int_equal(local.day, tm.tm_mday);
			assert_int_equal(local.hour, tm.tm_hour);
			assert_int_equal(local.minute, tm.tm_min);
			assert_int_equal(local.second, tm.tm_sec);
			assert_int_equal(local.weekday, tm.tm_wday);
			assert_int_equal(
			    local.offset_minutes, tm.tm_gmtoff / 60);
		}
	}
}

static void
an_instant_comes_back_from_its_local_time(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		scoped(zone_free) struct zone *zone = zones_open(names[i]);

		for (msec_t t = 0; t < at("2100-01-01T00:00:00Z");
		    t += 3000017000) {
			struct local_time local = zone_local(zone, t);
			msec_t back = zone_instant(zone, &local);

			/* In an overlap it may be the hour before. */
			if (back != t) {
				struct local_time same = zone_local(zone, back);

				assert_true(back < t);
				assert_int_equal(same.hour, local.hour);
				assert_int_equal(same.minute, local.minute);
			}
		}
	}
}

static void
gaps_overlaps_and_carried_fields_have_one_instant(void **state)
{
	static const struct {
		struct local_time local;
		const char *instant;
	} rows[] = {
		/* 02:00 to 03:00 is not there. */
		{ { 2026, 3, 8, 2, 30, 0, 0, 0 }, "2026-03-08T03:00:00-04:00" },
		{ { 2026, 3, 8, 1, 59, 59, 0, 0 }, "2026-03-08T01:59:59-05:00" },
		{ { 2026, 3, 8, 3, 0, 0, 0, 0 }, "2026-03-08T03:00:00-04:00" },
		/* 01:00 to 02:00 is there twice. */
		{ { 2026, 11, 1, 1, 30, 0, 0, 0 }, "2026-11-01T01:30:00-04:00" },
		{ { 2026, 11, 1, 2, 0, 0, 0, 0 }, "2026-11-01T02:00:00-05:00" },
		/* Far beyond what the file lists. */
		{ { 2150, 7, 4, 12, 0, 0, 0, 0 }, "2150-07-04T12:00:00-04:00" },
		{ { 2026, 1, 32, 0, 0, 0, 0, 0 }, "2026-02-01T00:00:00-05:00" },
		{ { 2026, 14, 0, 0, 0, 0, 0, 0 }, "2027-01-31T00:00:00-05:00" },
		{ { 2026, 1, 1, 0, 1440, 0, 0, 0 }, "2026-01-02T00:00:00-05:00" },
		{ { 2026, 1, 1, -1, 0, -1, 0, 0 }, "2025-12-31T22:59:59-05:00" },
	};
	scoped(zone_free) struct zone *zone = zones_open("America/New_York");

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		char text[32];

		zone_rfc3339(zone, zone_instant(zone, &rows[i].local), text);
		assert_string_equal(text, rows[i].instant);
	}
}

static void
a_file_that_is_cut_or_wrong_is_refused(void **state)
{
	char data[8192];
	FILE *file = fopen("/usr/share/zoneinfo/America/New_York", "rb");
	size_t len;

	(void)state;
	assert_non_null(file);
	len = fread(data, 1, sizeof(data), file);
	(void)fclose(file);
	for (size_t cut = 0; cut < len; cut++) {
		struct err err = { 0 };
		char *exact = malloc(cut + 1);

		assert_non_null(exact);
		memcpy(exact, data, cut);
		assert_null(zone_from_tzif("cut", exact, cut, &err));
		assert_int_equal(err.kind, ERR_DATA);
		free(exact);
	}
	/* Any byte may be wrong without reading outside. */
	srandom(1);
	assert_true(len > 0);
	for (int i = 0; i < 2000; i++) {
		char *wrong = malloc(len);
		struct zone *zone;

		assert_non_null(wrong);
		memcpy(wrong, data, len);
		wrong[(size_t)random() % len] = (char)random();
		zone = zone_from_tzif("wrong", wrong, len, NULL);
		if (zone != NULL)
			(void)zone_local(zone, (msec_t)random() * 1000);
		zone_free(&zone);
		free(wrong);
	}
}

static void
tz_strings_are_read_or_refused(void **state)
{
	static const char *const good[] = { "CST-8", "<+0330>-3:30",
		"EST5EDT,M3.2.0,M11.1.0", "EST5EDT4:30,J60/0,J300/24",
		"<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "AAA0BBB,59/2,365" };
	static const char *const bad[] = { "", "CS-8", "CST", "CST-8x",
		"EST5EDT", "EST5EDT,M13.1.0,M1.1.0", "EST5EDT,M1.6.0,M1.1.0",
		"EST5EDT,M1.1.7,M1.1.0", "EST5EDT,J0,J1", "EST5EDT,J366,J1",
		"EST5EDT,M3.2.0", "<+03-3", "CST-168", "CST-8:60" };
	struct zone_rule rule;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(good); i++)
		assert_int_equal(zone_rule_parse(good[i], &rule), 0);
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		assert_int_equal(zone_rule_parse(bad[i], &rule), -1);
}

static void
rfc3339_is_read_strictly(void **state)
{
	static const struct {
		const char *text;
		msec_t at;
	} good[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "2026-11-23T09:00:00+08:00", INT64_C(1795395600000) },
		{ "2026-11-23t01:00:00.25z", INT64_C(1795395600250) },
		{ "2026-11-23 01:00:00.123456Z", INT64_C(1795395600123) },
		{ "1969-12-31T23:59:59Z", -1000 },
		{ "2024-02-29T00:00:00Z", INT64_C(1709164800000) },
	};
	static const char *const bad[] = { "", "2026-11-23",
		"2026-11-23T09:00:00", "2026-02-29T00:00:00Z",
		"2026-13-01T00:00:00Z", "2026-11-23T24:00:00Z",
		"2026-11-23T09:60:00Z", "2026-11-23T09:00:00+8:00",
		"2026-11-23T09:00:00Z ", "2026-11-23T09:00:00.Z",
		"2026-11-23T09:00Z", "x026-11-23T09:00:00Z" };
	msec_t ret = 7;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(good); i++) {
		assert_int_equal(time_from_rfc3339(good[i].text, &ret), 0);
		assert_int_equal(ret, good[i].at);
	}
	ret = 7;
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		assert_int_equal(time_from_rfc3339(bad[i], &ret), -1);
	assert_int_equal(ret, 7);
}

static void
dates_are_written_in_both_forms(void **state)
{
	scoped(zone_free) struct zone *china = zones_china();
	scoped(zone_free) struct zone *york = zones_open("America/New_York");
	char text[40];

	(void)state;
	zone_rfc3339(china, at("2026-11-23T01:00:00Z"), text);
	assert_string_equal(text, "2026-11-23T09:00:00+08:00");
	zone_rfc5322(china, at("2026-11-23T01:00:00Z"), text);
	assert_string_equal(text, "Mon, 23 Nov 2026 09:00:00 +0800");
	zone_rfc5322(york, at("2026-07-01T01:00:00Z"), text);
	assert_string_equal(text, "Tue, 30 Jun 2026 21:00:00 -0400");
	assert_string_equal(zone_name(york), "America/New_York");
}

static void
days_and_dates_agree(void **state)
{
	int year, month, day;

	(void)state;
	assert_int_equal(civil_to_days(1970, 1, 1), 0);
	assert_int_equal(civil_to_days(2000, 3, 1), 11017);
	for (int64_t days = -800000; days < 800000; days += 7) {
		civil_from_days(days, &year, &month, &day);
		assert_int_equal(civil_to_days(year, month, day), days);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(local_time_is_what_the_c_library_says),
		cmocka_unit_test(an_instant_comes_back_from_its_local_time),
		cmocka_unit_test(
		    gaps_overlaps_and_carried_fields_have_one_instant),
		cmocka_unit_test(a_file_that_is_cut_or_wrong_is_refused),
		cmocka_unit_test(tz_strings_are_read_or_refused),
		cmocka_unit_test(rfc3339_is_read_strictly),
		cmocka_unit_test(dates_are_written_in_both_forms),
		cmocka_unit_test(days_and_dates_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
