/*
 * The weekly digest (R30): when it is due, which weeks it covers, who reads it;
 * and what it says of the cases of these weeks (R31).
 */
#include "core/calendar.h"
#include "core/snapshot.h"
#include "core/weekly.h"
#include "core/zone.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/office.h"

#include <stdio.h>
#include <string.h>

#define ROOM ((size_t)8 << 20)

static struct config conf;

/* "2026-02-24", at that time in Shanghai. */
static msec_t
on(const char *day, const char *time)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%sT%s:00+08:00", day, time);
	return office_time(text);
}

static int
set_rules(void **state)
{
	(void)state;
	conf = (struct config){ .rules = rules_default };
	return 0;
}

/* ---- when ---- */

static void
r30_the_meeting_moves_with_the_holidays(void **state)
{
	static const struct {
		const char *since, *meeting;
		const char *covers_to; /* the Monday after the last week */
		int weeks;
	} table[] = {
		{ "2026-11-16", "2026-11-23", "2026-11-23", 1 },
		/* Spring Festival: two weeks in one. */
		{ "2026-02-09", "2026-02-24", "2026-02-23", 2 },
		{ "2026-03-30", "2026-04-07", "2026-04-06", 1 },
		{ "2026-04-27", "2026-05-06", "2026-05-04", 1 },
		{ "2026-09-28", "2026-10-08", "2026-10-05", 1 },
		{ "2025-01-20", "2025-01-27", "2025-01-27", 1 },
		{ "2025-01-27", "2025-02-05", "2025-02-03", 1 },
		{ "2025-04-28", "2025-05-06", "2025-05-05", 1 },
		{ "2025-05-26", "2025-06-03", "2025-06-02", 1 },
		{ "2025-09-29", "2025-10-09", "2025-10-06", 1 },
		/* A year of which nothing is known. */
		{ "2026-12-28", "2027-01-04", "2027-01-04", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		msec_t since = on(table[i].since, "00:00");
		msec_t due = weekly_due(&conf, &office, since);
		struct weekly_window window =
		    weekly_window(&conf, &office, since, due);

		assert_int_equal(weekly_meeting(&conf, &office, since),
		    on(table[i].meeting, "14:30"));
		/* Accepted by 13:30, and a server may take a while. */
		assert_int_equal(due, on(table[i].meeting, "13:15"));
		assert_int_equal(window.from, since);
		assert_int_equal(window.to, on(table[i].covers_to, "00:00"));
		assert_int_equal(window.weeks, table[i].weeks);
		assert_int_equal(
		    window.before, since - table[i].weeks * (7 * MSEC_DAY));
		assert_false(window.is_late);
	}
}

/* Two years, one digest after the other: no day twice, none left out. */
static void
r30_every_week_stands_in_exactly_one_digest(void **state)
{
	msec_t since = on("2025-01-06", "00:00");
	msec_t end = on("2027-01-04", "00:00");
	int weeks = 0, digests = 0, doubled = 0;

	(void)state;
	while (since < end) {
		msec_t due = weekly_due(&conf, &office, since);
		struct weekly_window window =
		    weekly_window(&conf, &office, since, due);
		struct local_time day = zone_local(office.zone, due);

		assert_true(window.weeks >= 1);
		assert_int_equal(window.from, since);
		assert_int_equal(
		    window.to - window.from, window.weeks * (7 * MSEC_DAY));
		assert_true(due >= window.to);
		assert_true(due < window.to + 7 * MSEC_DAY);
		assert_true(calendar_is_workday(
		    office.calendar, day.year, day.month, day.day));
		weeks += window.weeks;
		doubled += window.weeks == 2;
		digests++;
		since = window.to;
	}
	assert_int_equal(weeks, 104);
	assert_int_equal(doubled, 1);
	assert_int_equal(digests, 103);
}

static void
r30_a_desk_that_stood_still_covers_all_weeks_at_its_start(void **state)
{
	static const struct {
		const char *since, *now, *to;
		int weeks;
		bool is_late;
	} table[] = {
		/* Down from Sunday to Monday 15:00. */
		{ "2026-11-16T00:00:00+08:00", "2026-11-23T15:00:00+08:00",
		    "2026-11-23", 1, true },
		{ "2026-11-16T00:00:00+08:00", "2026-11-23T13:29:00+08:00",
		    "2026-11-23", 1, false },
		{ "2026-11-16T00:00:00+08:00", "2026-11-23T13:31:00+08:00",
		    "2026-11-23", 1, true },
		/* Down for weeks; back on a Saturday, and on a Monday. */
		{ "2026-11-02T00:00:00+08:00", "2026-11-21T10:00:00+08:00",
		    "2026-11-16", 2, true },
		{ "2026-11-02T00:00:00+08:00", "2026-11-23T00:00:00+08:00",
		    "2026-11-23", 3, true },
		/* The clock was put back: nothing is over yet. */
		{ "2026-11-16T00:00:00+08:00", "2026-11-22T23:59:00+08:00",
		    NULL, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct weekly_window window = weekly_window(&conf, &office,
		    office_time(table[i].since), office_time(table[i].now));

		assert_int_equal(window.weeks, table[i].weeks);
		assert_int_equal(window.is_late, table[i].is_late);
		if (table[i].to != NULL)
			assert_int_equal(window.to, on(table[i].to, "00:00"));
	}
}

static void
r30_day_time_and_lead_are_the_settings(void **state)
{
	msec_t since = on("2026-11-16", "00:00");

	(void)state;
	conf.rules.weekly_day = 3;
	conf.rules.weekly_at = 9 * 60;
	conf.rules.weekly_lead_minutes = 30;
	assert_int_equal(
	    weekly_due(&conf, &office, since), on("2026-11-25", "08:15"));
	/* Soon after midnight on a Monday: not before the week is over. */
	conf.rules.weekly_day = 1;
	conf.rules.weekly_at = 10;
	assert_int_equal(
	    weekly_due(&conf, &office, since), on("2026-11-23", "00:00"));
}

static void
r30_a_calendar_without_a_working_day_stops_no_digest(void **state)
{
	static struct calendar_day all[800];
	struct estate closed = office;
	struct calendar *never;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
		struct local_time day = zone_local(office.zone,
		    on("2026-01-01", "12:00") + (msec_t)i * MSEC_DAY);

		all[i] = (struct calendar_day){ day.year, day.month, day.day };
	}
	never = calendar_new(&(struct calendar_data){
	    .zone = office.zone, .off = all, .off_count = ARRAY_COUNT(all) });
	closed.calendar = never;
	assert_int_equal(weekly_due(&conf, &closed, on("2026-02-02", "00:00")),
	    on("2026-02-09", "13:15"));
	calendar_free(&never);
}

static void
r30_whoever_comes_to_the_meeting_reads_it(void **state)
{
	static const struct {
		struct staff staff;
		bool reads;
	} table[] = {
		{ { .level = 1 }, true },
		{ { .level = 4 }, true },
		{ { .level = 5 }, false },
		{ { .level = 0, .department = "order" }, false },
		{ { .level = 0, .department = "order", .is_head = true },
		    true },
		{ { .level = 2, .left = true }, false },
		{ { .level = 2, .estate = "moon" }, false },
		{ { .level = 2, .estate = "sunshine" }, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++)
		assert_int_equal(weekly_is_attendee(&table[i].staff, &office),
		    table[i].reads);
}

/* ---- what it says ---- */

/* Monday 2026-11-23, 13:15, about the week before. */
static void
begin(struct weekly_view *view, struct arena *arena)
{
	msec_t now = on("2026-11-23", "13:15");
	struct weekly_window window =
	    weekly_window(&conf, &office, on("2026-11-16", "00:00"), now);

	arena_init(arena, ROOM);
	weekly_begin(view, &conf, &office, &window, now, arena);
}

static void
add(struct weekly_view *view, const struct case_file *file)
{
	weekly_add(view, &(struct weekly_case){ .file = file });
}

static struct case_file
a_case(const char *number, const char *received)
{
	return (struct case_file){
		.number = number,
		.estate = "sunshine",
		.state = CASE_IN_PROGRESS,
		.kind = KIND_REQUEST,
		.category = "plumbing",
		.severity = SEVERITY_NORMAL,
		.owner_name = "王芳",
		.phone = "+8613900139001",
		.place = { .building = "3", .unit = "2", .room = "501" },
		.department = "engineering",
		.received_at = office_time(received),
	};
}

static void
r31_problems_are_grouped_by_category_and_place(void **state)
{
	struct arena arena scoped(arena_done) = { 0 };
	struct weekly_view view;
	struct case_file file =
	    a_case("T261117-0001", "2026-11-17T10:00:00+08:00");

	(void)state;
	begin(&view, &arena);
	file.state = CASE_CLOSED;
	add(&view, &file);
	file = a_case("T261118-0001", "2026-11-18T10:00:00+08:00");
	add(&view, &file);
	/* The week before, and still open. */
	file = a_case("T261110-0001", "2026-11-10T10:00:00+08:00");
	add(&view, &file);
	/* Counts with the case into which it was merged. */
	file = a_case("T261118-0002", "2026-11-18T11:00:00+08:00");
	file.state = CASE_MERGED;
	add(&view, &file);
	/* No problem. */
	file.state = CASE_IN_PROGRESS;
	file.kind = KIND_INQUIRY;
	add(&view, &file);
	/* Another place; and one that the weeks before had and is over. */
	file = a_case("T261119-0001", "2026-11-19T11:00:00+08:00");
	file.place = (struct place){ .area = "中心花园" };
	add(&view, &file);
	file = a_case("T261111-0001", "2026-11-11T11:00:00+08:00");
	file.place = (struct place){ .building = "9" };
	file.state = CASE_CLOSED;
	add(&view, &file);
	weekly_end(&view);
	assert_int_equal(view.problems.count, 2);
	assert_int_equal(view.problems.total, 2);
	assert_string_equal(view.problems.list[0].place.building, "3");
	assert_int_equal(view.problems.list[0].count, 2);
	assert_int_equal(view.problems.list[0].before, 1);
	assert_int_equal(view.problems.list[0].open, 2);
	assert_string_equal(view.problems.list[0].oldest, "T261110-0001");
	assert_string_equal(view.problems.list[0].department, "engineering");
	assert_string_equal(view.problems.list[1].place.area, "中心花园");
}

static void
r31_lists_are_in_order_and_what_is_left_out_is_counted(void **state)
{
	struct arena arena scoped(arena_done) = { 0 };
	struct weekly_view view;

	(void)state;
	begin(&view, &arena);
	for (int i = 0; i < WEEKLY_CASES_MAX + 10; i++) {
		char number[16];
		struct case_file file;

		(void)snprintf(number, sizeof(number), "T261117-%04d", i);
		file = a_case(number, "2026-11-17T10:00:00+08:00");
		/* Those that are added last are due first. */
		file.outcome_due =
		    office_time("2026-11-20T17:30:00+08:00") - i * MSEC_MINUTE;
		add(&view, &file);
	}
	weekly_end(&view);
	assert_int_equal(view.late.total, WEEKLY_CASES_MAX + 10);
	assert_int_equal(view.late.count, WEEKLY_CASES_MAX);
	assert_string_equal(view.late.lines[0].file.number, "T261117-0049");
	for (size_t i = 1; i < view.late.count; i++)
		assert_true(view.late.lines[i - 1].at <= view.late.lines[i].at);
}

static void
r31_a_case_is_late_or_due_or_neither(void **state)
{
	static const struct {
		struct case_file file;
		bool late, due;
	} table[] = {
		{ { .reply_due = 1 }, true, false },
		{ { .reply_due = 1, .first_reply_at = 1 }, false, false },
		{ { .outcome_due = 1 }, true, false },
		{ { .outcome_due = 1, .state = CASE_WAITING_OWNER }, false,
		    false },
		{ { .outcome_due = 1, .state = CASE_RESOLVED }, false, false },
		{ { .promise_due = 2 }, false, true },
		{ { .promise_due = 2, .outcome_due = 1 }, true, false },
		{ { .promise_due = 3 }, false, false },
	};
	const msec_t times[] = { 0, office_time("2026-11-20T17:30:00+08:00"),
		office_time("2026-11-29T17:30:00+08:00"),
		office_time("2026-11-30T00:00:00+08:00") };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct arena arena scoped(arena_done) = { 0 };
		struct weekly_view view;
		struct case_file file =
		    a_case("T261117-0001", "2026-11-17T10:00:00+08:00");

		begin(&view, &arena);
		file.state = table[i].file.state;
		file.reply_due = times[table[i].file.reply_due];
		file.first_reply_at = times[table[i].file.first_reply_at];
		file.outcome_due = times[table[i].file.outcome_due];
		file.promise_due = times[table[i].file.promise_due];
		add(&view, &file);
		assert_int_equal(view.late.total, table[i].late);
		assert_int_equal(view.due.total, table[i].due);
	}
}

static void
r31_emergencies_and_praise_of_the_week_and_reports_owed(void **state)
{
	struct arena arena scoped(arena_done) = { 0 };
	struct weekly_view view;
	struct case_file file =
	    a_case("T261117-0001", "2026-11-17T10:00:00+08:00");

	(void)state;
	begin(&view, &arena);
	file.severity = SEVERITY_EMERGENCY;
	add(&view, &file);
	/* Older, closed but for its report. */
	file = a_case("T261101-0001", "2026-11-01T10:00:00+08:00");
	file.after_reports = 1;
	file.state = CASE_FED_BACK;
	add(&view, &file);
	file.after_reports = 0;
	file.severity = SEVERITY_EMERGENCY;
	add(&view, &file);
	file = a_case("T261118-0009", "2026-11-18T10:00:00+08:00");
	file.kind = KIND_PRAISE;
	file.text = "王芳谢谢工程部，我家3-2-501不漏了，电话13900139001";
	add(&view, &file);
	file.state = CASE_SPAM;
	add(&view, &file);
	weekly_end(&view);
	assert_int_equal(view.emergencies.total, 2);
	assert_string_equal(
	    view.emergencies.lines[0].file.number, "T261101-0001");
	assert_int_equal(view.praise.total, 1);
	assert_string_equal(view.praise.lines[0].words,
	    "王**谢谢工程部，我家3号楼2单元***不漏了，电话139****9001");
}

static void
r40_nothing_that_tells_who_an_owner_is_stays_in_the_view(void **state)
{
	struct arena arena scoped(arena_done) = { 0 };
	struct case_file file =
	    a_case("T261117-0001", "2026-11-17T10:00:00+08:00");
	struct case_file brief;
	char text[3 * WEEKLY_WORDS_BYTES];
	const char *words;

	(void)state;
	arena_init(&arena, ROOM);
	brief = weekly_brief(&file, &arena);
	assert_null(brief.owner_name);
	assert_null(brief.phone);
	assert_string_equal(brief.place.room, "***");
	assert_null(weekly_words("", &file, &office, &arena));
	/* Long words are cut between characters. */
	memset(text, 'x', sizeof(text));
	memcpy(text + WEEKLY_WORDS_BYTES - 1, "漏", strlen("漏"));
	text[sizeof(text) - 1] = '\0';
	words = weekly_words(text, &file, &office, &arena);
	assert_int_equal(strlen(words), WEEKLY_WORDS_BYTES - 1 + strlen("…"));
}

static void
r31_low_ratings_are_quoted_and_those_before_counted(void **state)
{
	struct arena arena scoped(arena_done) = { 0 };
	struct weekly_view view;
	struct case_file file =
	    a_case("T261117-0001", "2026-11-17T10:00:00+08:00");

	(void)state;
	begin(&view, &arena);
	weekly_add_rating(&view, &file, 2, "还是漏",
	    office_time("2026-11-18T10:00:00+08:00"));
	weekly_add_rating(
	    &view, &file, 5, "好", office_time("2026-11-18T11:00:00+08:00"));
	weekly_add_rating(
	    &view, &file, 1, NULL, office_time("2026-11-11T10:00:00+08:00"));
	assert_int_equal(view.low.total, 1);
	assert_int_equal(view.low.lines[0].score, 2);
	assert_string_equal(view.low.lines[0].words, "还是漏");
	assert_int_equal(view.now.rates[KPI_SATISFIED].of, 2);
	assert_int_equal(view.before.rates[KPI_SATISFIED].of, 1);
}

static void
r31_a_time_line_says_what_happened_and_not_what_was_said(void **state)
{
	struct arena arena scoped(arena_done) = { 0 };
	struct weekly_line line = { 0 };
	struct snapshot_event events[40] = { { .name = "created" },
		{ .name = "reminded" }, { .name = "alerted", .level = 4 },
		{ .name = "alerted", .level = 4 },
		{ .name = "alerted", .level = 5 },
		{ .name = "replied", .text = "secret" } };

	(void)state;
	arena_init(&arena, ROOM);
	weekly_set_events(&line, events, 6, &arena);
	assert_int_equal(line.event_count, 4);
	assert_string_equal(line.events[3].name, "replied");
	assert_null(line.events[3].text);
	for (size_t i = 0; i < ARRAY_COUNT(events); i++)
		events[i] = (struct snapshot_event){ .name = "replied" };
	weekly_set_events(&line, events, ARRAY_COUNT(events), &arena);
	assert_int_equal(line.event_count, WEEKLY_EVENTS_MAX);
}

static void
r31_more_places_than_an_estate_has_count_by_category(void **state)
{
	struct arena arena scoped(arena_done) = { 0 };
	struct weekly_view view;

	(void)state;
	begin(&view, &arena);
	for (int i = 0; i < 1100; i++) {
		char building[16];
		struct case_file file =
		    a_case("T261117-0001", "2026-11-17T10:00:00+08:00");

		(void)snprintf(building, sizeof(building), "%d", i);
		file.place.building = building;
		file.state = CASE_CLOSED;
		add(&view, &file);
	}
	weekly_end(&view);
	assert_int_equal(view.problems.total, 1001);
	assert_int_equal(view.problems.count, WEEKLY_PROBLEMS_MAX);
	assert_int_equal(view.problems.list[0].count, 100);
	assert_null(view.problems.list[0].place.building);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    r30_the_meeting_moves_with_the_holidays, set_rules),
		cmocka_unit_test_setup(
		    r30_every_week_stands_in_exactly_one_digest, set_rules),
		cmocka_unit_test_setup(
		    r30_a_desk_that_stood_still_covers_all_weeks_at_its_start,
		    set_rules),
		cmocka_unit_test_setup(
		    r30_day_time_and_lead_are_the_settings, set_rules),
		cmocka_unit_test_setup(
		    r30_a_calendar_without_a_working_day_stops_no_digest,
		    set_rules),
		cmocka_unit_test_setup(
		    r30_whoever_comes_to_the_meeting_reads_it, set_rules),
		cmocka_unit_test_setup(
		    r31_problems_are_grouped_by_category_and_place, set_rules),
		cmocka_unit_test_setup(
		    r31_lists_are_in_order_and_what_is_left_out_is_counted,
		    set_rules),
		cmocka_unit_test_setup(
		    r31_a_case_is_late_or_due_or_neither, set_rules),
		cmocka_unit_test_setup(
		    r31_emergencies_and_praise_of_the_week_and_reports_owed,
		    set_rules),
		cmocka_unit_test_setup(
		    r40_nothing_that_tells_who_an_owner_is_stays_in_the_view,
		    set_rules),
		cmocka_unit_test_setup(
		    r31_low_ratings_are_quoted_and_those_before_counted,
		    set_rules),
		cmocka_unit_test_setup(
		    r31_a_time_line_says_what_happened_and_not_what_was_said,
		    set_rules),
		cmocka_unit_test_setup(
		    r31_more_places_than_an_estate_has_count_by_category,
		    set_rules),
	};

	return cmocka_run_group_tests(tests, office_open, office_close);
}
