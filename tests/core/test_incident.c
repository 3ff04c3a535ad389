/* Rules of incidents: rules.md 2.2 "hot", R41. */
#include "core/incident.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"

static struct arena arena;

static int
open_arena(void **state)
{
	(void)state;
	arena_init(&arena, LIMIT_WORK_BYTES);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void
only_a_fault_of_a_building_or_an_area_can_be_shared(void **state)
{
	static const struct {
		const char *category;
		struct place place;
		enum kind kind;
		bool is_possible;
	} rows[] = {
		{ "lift", { .building = "3" }, KIND_REQUEST, true },
		{ "noise", { .area = "南门" }, KIND_COMPLAINT, true },
		{ "plumbing", { .building = "3", .unit = "2", .room = "501" },
		    KIND_REQUEST, true },
		{ "lift", { .building = "3" }, KIND_INQUIRY, false },
		{ "cleaning", { .building = "3" }, KIND_PRAISE, false },
		{ "greening", { .area = "南门" }, KIND_SUGGESTION, false },
		{ "lift", { 0 }, KIND_REQUEST, false },
		{ "plumbing", { .room = "501" }, KIND_REQUEST, false },
		/* No kind of fault, and what a person did. */
		{ "other", { .building = "3" }, KIND_COMPLAINT, false },
		{ "service", { .building = "3" }, KIND_COMPLAINT, false },
		{ NULL, { .building = "3" }, KIND_REQUEST, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const struct case_file file = { .kind = rows[i].kind,
			.category = rows[i].category,
			.place = rows[i].place };

		if (incident_is_possible(&file) != rows[i].is_possible)
			fail_msg("row %zu", i);
	}
}

static void
its_place_is_the_building_before_the_area(void **state)
{
	const struct place inside = { "3", "2", "5", "501", "楼道" };
	const struct place outside = { .area = "南门" };
	struct place place = incident_place(&inside);

	(void)state;
	assert_string_equal(place.building, "3");
	assert_null(place.unit);
	assert_null(place.room);
	assert_null(place.area);
	place = incident_place(&outside);
	assert_null(place.building);
	assert_string_equal(place.area, "南门");
}

#define FLAT(b, u, r)                                     \
	{                                                 \
		.building = (b), .unit = (u), .room = (r) \
	}

static void
a_household_is_a_flat_or_else_a_contact(void **state)
{
	static const struct incident_case self = { .id = 9,
		.home = FLAT("3", "2", "501"),
		.mail = "wang@owner.example" };
	static const struct {
		struct incident_case other;
		int households;
	} rows[] = {
		/* The same flat by another person, and by another address. */
		{ { .home = FLAT("3", "2", "501"), .mail = "b@x.example" }, 1 },
		{ { .place = FLAT("3", "2", "501"), .phone = "+861" }, 1 },
		{ { .home = FLAT("3", "2", "502") }, 2 },
		{ { .home = FLAT("3", "1", "501") }, 2 },
		/* Whose flat is known complains of another: their own counts.
		 */
		{ { .home = FLAT("3", "2", "501"),
		      .place = FLAT("3", "2", "601") },
		    1 },
		{ { .place = { .building = "3" }, .mail = "b@x.example" }, 2 },
		{ { .place = { .building = "3" }, .phone = "+861" }, 2 },
		/* Nobody knows whose that is. */
		{ { .place = { .building = "3" } }, 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		int count =
		    incident_households(&self, &rows[i].other, 1, &arena);

		if (count != rows[i].households)
			fail_msg("row %zu: %d households", i, count);
	}
	assert_int_equal(incident_households(&self, NULL, 0, &arena), 1);
}

static void
one_household_counts_once_however_often_it_writes(void **state)
{
	struct incident_case others[60];
	const struct incident_case self = { .home = FLAT("3", "2", "501") };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(others); i++)
		others[i] = (struct incident_case){ .id = (case_id)i,
			.home = FLAT("3", "2",
			    i % 3 == 0 ? "501"
				       : (i % 3 == 1 ? "502" : "601")) };
	assert_int_equal(incident_households(&self, others, 60, &arena), 3);
}

static void
cases_are_chosen_by_their_incident(void **state)
{
	static const struct incident_case cases[] = { { .id = 1 },
		{ .id = 2, .incident = 5 }, { .id = 3 },
		{ .id = 4, .incident = 6 } };
	const struct incident_case *chosen;

	(void)state;
	assert_int_equal(incident_select(cases, 4, 0, 3, &arena, &chosen), 1);
	assert_int_equal(chosen[0].id, 1);
	assert_int_equal(incident_select(cases, 4, 5, 3, &arena, &chosen), 1);
	assert_int_equal(chosen[0].id, 2);
	assert_int_equal(incident_select(cases, 4, 7, 0, &arena, &chosen), 0);
	assert_int_equal(incident_select(NULL, 0, 0, 0, &arena, &chosen), 0);
}

static void
what_is_known_went_out_and_still_holds(void **state)
{
	static const struct incident_word words[] = {
		{ .id = 1, .goes_at = 100 },
		{ .id = 2, .goes_at = 200, .promise_at = 500 },
		{ .id = 3, .goes_at = 900 },
	};
	static const struct {
		msec_t now;
		int64_t known, held;
	} rows[] = {
		{ 50, 0, 1 },
		{ 100, 1, 2 },
		{ 200, 2, 3 },
		{ 499, 2, 3 },
		/* The time that it named has come: nothing is said of it. */
		{ 500, 0, 3 },
		{ 900, 3, 0 },
	};
	const struct incident_view view = { .words = words, .word_count = 3 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const struct incident_word *known =
		    incident_known(&view, rows[i].now);
		const struct incident_word *held =
		    incident_held(&view, rows[i].now);

		assert_int_equal(known != NULL ? known->id : 0, rows[i].known);
		assert_int_equal(held != NULL ? held->id : 0, rows[i].held);
	}
}

static void
r41_a_text_to_all_names_no_household(void **state)
{
	static const struct incident_case cases[] = {
		{ .owner_name = "王芳",
		    .mail = "wang@owner.example",
		    .phone = "+8613900139001",
		    .home = FLAT("3", "2", "501") },
		{ .owner_name = "Li", .place = FLAT("3", "2", "1502") },
		{ .owner_name = "", .mail = NULL },
	};
	static const struct {
		const char *text;
		const char *names; /* NULL: nobody */
	} rows[] = {
		{ "您好,楼道灯已恢复。", NULL },
		{ "王芳您好,灯已恢复。", "王芳" },
		{ "请联系13900139001核对。", "13900139001" },
		{ "Please write to wang@owner.example.", "wang@owner.example" },
		{ "501门口的灯已换。", "501" },
		{ "3-2-501的灯已换。", "501" },
		{ "已换15010个灯。", NULL },
		{ "Light in 1502 is on.", "1502" },
		{ "Mr Li, the light is on.", "Li" },
		{ "The Light is on.", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const char *names =
		    incident_names_one(rows[i].text, cases, 3, &arena);

		if (!text_eq(names, rows[i].names) && names != rows[i].names)
			fail_msg(
			    "%s: %s", rows[i].text, text_or(names, "nobody"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    only_a_fault_of_a_building_or_an_area_can_be_shared),
		cmocka_unit_test(its_place_is_the_building_before_the_area),
		cmocka_unit_test(a_household_is_a_flat_or_else_a_contact),
		cmocka_unit_test(
		    one_household_counts_once_however_often_it_writes),
		cmocka_unit_test(cases_are_chosen_by_their_incident),
		cmocka_unit_test(what_is_known_went_out_and_still_holds),
		cmocka_unit_test(r41_a_text_to_all_names_no_household),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
