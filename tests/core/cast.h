/*
 * A small estate for the tests of words and commands: Shanghai time, office
 * hours Mon-Fri 08:30-12:00 and 13:30-17:30, a few people and departments.
 */
#ifndef TESTS_CORE_CAST_H
#define TESTS_CORE_CAST_H

#include "core/calendar.h"
#include "core/config.h"
#include "core/zone.h"
#include "tests/support/zones.h"

static struct department cast_departments[] = {
	{ "engineering", "工程部", "Engineering" },
	{ "finance", "财务部", "Finance" },
};

static struct category cast_categories[] = {
	{ .code = "plumbing",
	    .name = "给排水",
	    .name_en = "Plumbing",
	    .department = "engineering" },
	{ .code = "lift",
	    .name = "电梯",
	    .name_en = "Lifts",
	    .department = "engineering" },
};

static struct staff cast_staff[] = {
	{ .id = "lin",
	    .name = "林晓",
	    .name_en = "Lin Xiao",
	    .pin = "2580",
	    .level = 1 },
	{ .id = "zhou", .name = "周敏", .name_en = "Zhou Min", .level = 1 },
	{ .id = "sun",
	    .name = "孙强",
	    .name_en = "Sun Qiang",
	    .department = "engineering" },
	{ .id = "li", .name = "李明", .name_en = "Li Ming" },
	{ .id = "limin", .name = "李敏", .name_en = "Li Min" },
};

static const char *const cast_areas[] = { "中心花园", NULL };

static struct estate cast_estate = {
	.id = "sunshine",
	.name = "阳光花园",
	.name_en = "Sunshine Garden",
	.has_units = true,
	.areas = cast_areas,
	.departments = cast_departments,
	.department_count = 2,
	.categories = cast_categories,
	.category_count = 2,
};

static struct config cast = {
	.estates = &cast_estate,
	.estate_count = 1,
	.staff = cast_staff,
	.staff_count = 5,
};

static struct zone *cast_zone;
static struct calendar *cast_calendar;

static inline void
cast_open(void)
{
	static const struct calendar_hours hours[] = { { 510, 720 },
		{ 810, 1050 } };

	cast_zone = zones_china();
	cast_estate.zone = cast_zone;
	cast_calendar = calendar_new(&(struct calendar_data){
	    .zone = cast_zone, .hours = hours, .hour_count = 2 });
	cast_estate.calendar = cast_calendar;
}

static inline void
cast_close(void)
{
	calendar_free(&cast_calendar);
	zone_free(&cast_zone);
}

#endif
