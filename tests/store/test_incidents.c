/*
 * Incidents in the store: who is near, who belongs, what was said to all, and
 * that none of the questions grows with history.
 */
#include "core/limits.h"
#include "store/cases.h"
#include "store/db.h"
#include "store/incidents.h"
#include "store/owners.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/store_fixture.h"

#include <sqlite3.h>
#include <string.h>

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

enum { MAX = 20 };

/* A case of plumbing in building 3 that belongs to no incident. */
static struct case_file
near_case(case_id id)
{
	struct case_file file = fixture_case(id);

	file.incident = file.incident_told = 0;
	file.merged_into = 0;
	return file;
}

static int
near(struct fixture *fixture, const struct incident_near *like,
    struct incident_case *ret)
{
	int count = incident_near(
	    fixture->store, like, &fixture->arena, ret, MAX, &fixture->err);

	if (count < 0)
		fail_msg("%s", fixture->err.msg);
	return count;
}

static const struct incident_near building_3 = {
	.estate = "sunshine",
	.category = "plumbing",
	.place = { .building = "3" },
	.since = MORNING - 7 * MSEC_DAY,
};

static void
near_are_open_cases_of_the_same_kind_place_and_week(void **state)
{
	struct fixture *fixture = *state;
	struct incident_case found[MAX];
	struct case_file file;

	for (case_id id = 1; id <= 10; id++) {
		file = near_case(id);
		file.received_at = MORNING + id;
		switch (id) {
		case 2: file.place.building = "4"; break;
		case 3: file.category = "lift"; break;
		case 4: file.estate = "moon"; break;
		case 5: file.received_at = building_3.since - 1; break;
		case 6: file.state = CASE_WITHDRAWN; break;
		case 7: file.state = CASE_SPAM; break;
		case 8: file.state = CASE_RESOLVED; break;
		case 9: file.kind = KIND_PRAISE; break;
		default: break;
		}
		fixture_save(fixture, &file);
	}
	assert_int_equal(near(fixture, &building_3, found), 2);
	/* Newest first. */
	assert_int_equal(found[0].id, 10);
	assert_int_equal(found[1].id, 1);
	assert_string_equal(found[0].number, "T261123-0010");
	assert_string_equal(found[0].mail, "lin@example.com");
	assert_string_equal(found[0].place.room, "501");
	assert_string_equal(found[0].first_responder, "lin");
	assert_string_equal(found[0].handler, "zhou");
	assert_int_equal(found[0].state, CASE_ASSIGNED);
	assert_int_equal(found[0].severity, SEVERITY_MAJOR);
	assert_int_equal(found[0].incident, 0);
	assert_null(found[0].home.room);
}

static void
an_area_without_a_building_has_neighbours_of_its_own(void **state)
{
	struct fixture *fixture = *state;
	struct incident_near gate = building_3;
	struct incident_case found[MAX];
	struct case_file file = near_case(1);

	fixture_save(fixture, &file);
	file = near_case(2);
	file.place = (struct place){ .area = "中心花园" };
	fixture_save(fixture, &file);
	gate.place = (struct place){ .area = "中心花园" };
	/* Building 3 has an area of that name as well: another place. */
	assert_int_equal(near(fixture, &gate, found), 1);
	assert_int_equal(found[0].id, 2);
	assert_int_equal(near(fixture, &building_3, found), 1);
	assert_int_equal(found[0].id, 1);
}

static void
a_neighbour_comes_with_the_flat_of_its_owner(void **state)
{
	struct fixture *fixture = *state;
	const struct owner owner = {
		.estate = "sunshine",
		.name = "王芳",
		.home = { .building = "5", .unit = "1", .room = "1002" },
		.phone = "+8613900139001",
	};
	struct incident_case found[MAX];
	struct case_file file = near_case(1);

	assert_int_equal(owner_add_contact(fixture->store, &owner, MORNING,
			     &file.owner, &fixture->err),
	    0);
	fixture_save(fixture, &file);
	assert_int_equal(near(fixture, &building_3, found), 1);
	assert_string_equal(found[0].home.building, "5");
	assert_string_equal(found[0].home.room, "1002");
}

static const struct incident incident = {
	.id = 1,
	.number = "T261123-0001",
	.estate = "sunshine",
	.category = "plumbing",
	.place = { .building = "3" },
	.is_open = true,
	.opened_at = MORNING,
};

/* Two open cases that belong to it and one that is over. */
static void
begin(struct fixture *fixture)
{
	struct effects effects;

	for (case_id id = 1; id <= 3; id++) {
		struct case_file file = near_case(id);

		file.state = id == 3 ? CASE_CLOSED : CASE_IN_PROGRESS;
		fixture_save(fixture, &file);
	}
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_INCIDENT)->incident = incident;
	for (case_id id = 1; id <= 3; id++)
		effects_add(&effects, EFFECT_JOIN)->join.case_id = id;
	for (size_t i = 1; i < effects.count; i++)
		effects.list[i].join.incident = 1;
	fixture_apply(fixture, &effects, 0);
}

static void
an_incident_comes_back_as_it_was(void **state)
{
	struct fixture *fixture = *state;
	struct incident found = { 0 }, changed = incident;

	assert_int_equal(incident_next_id(fixture->store), 1);
	begin(fixture);
	assert_int_equal(incident_next_id(fixture->store), 2);
	assert_int_equal(incident_load(fixture->store, 1, &fixture->arena,
			     &found, &fixture->err),
	    1);
	assert_string_equal(found.number, "T261123-0001");
	assert_string_equal(found.place.building, "3");
	assert_null(found.place.area);
	assert_null(found.handler);
	assert_true(found.is_open);
	assert_false(found.is_raised);
	assert_int_equal(found.opened_at, MORNING);
	changed.handler = "sun";
	changed.department = "engineering";
	changed.is_taken = changed.is_raised = true;
	changed.is_open = false;
	assert_int_equal(
	    incident_save(fixture->store, &changed, &fixture->err), 0);
	assert_int_equal(incident_load(fixture->store, 1, &fixture->arena,
			     &found, &fixture->err),
	    1);
	assert_string_equal(found.handler, "sun");
	assert_true(found.is_taken && found.is_raised && !found.is_open);
	assert_int_equal(incident_load(fixture->store, 2, &fixture->arena,
			     &found, &fixture->err),
	    0);
}

static void
its_open_cases_are_found_and_only_those(void **state)
{
	struct fixture *fixture = *state;
	struct incident_case found[MAX];
	struct case_file file = { 0 };

	begin(fixture);
	assert_int_equal(incident_cases(fixture->store, 1, &fixture->arena,
			     found, MAX, &fixture->err),
	    2);
	assert_int_equal(found[0].id, 2);
	assert_int_equal(found[1].id, 1);
	assert_int_equal(
	    case_load(fixture->store, 1, &fixture->arena, &file, &fixture->err),
	    1);
	assert_int_equal(file.incident, 1);
	assert_int_equal(file.incident_told, 0);
}

static void
ringing_sets_the_timer_of_each_open_case_and_delays_none(void **state)
{
	struct fixture *fixture = *state;
	struct timer timers[MAX];
	struct effects effects;

	begin(fixture);
	assert_int_equal(
	    timer_set(fixture->store,
		&(struct timer){
		    .case_id = 2, .kind = TIMER_INCIDENT, .due = MORNING + 5 },
		&fixture->err),
	    0);
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_INCIDENT_RING)->ring.incident = 1;
	effects.list[0].ring.due = MORNING + 60;
	fixture_apply(fixture, &effects, 0);
	assert_int_equal(timers_due(fixture->store, MORNING + 60, timers, MAX,
			     &fixture->err),
	    2);
	assert_int_equal(timers[0].case_id, 2);
	assert_int_equal(timers[0].due, MORNING + 5);
	assert_int_equal(timers[1].case_id, 1);
	assert_int_equal(timers[1].kind, TIMER_INCIDENT);
	assert_int_equal(timers[1].due, MORNING + 60);
}

static void
say(struct fixture *fixture, const char *text, const struct passed_part *parts,
    size_t part_count)
{
	struct effects effects;

	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_WORD)->word =
	    (struct incident_word){ .incident = 1,
		    .kind = WORD_REPLY,
		    .author = "sun",
		    .text = text,
		    .at = MORNING,
		    .goes_at = MORNING + 60,
		    .promise_at = MORNING + MSEC_HOUR,
		    .parts = parts,
		    .part_count = part_count };
	fixture_apply(fixture, &effects, 0);
}

static void
words_come_back_in_order_with_their_files(void **state)
{
	struct fixture *fixture = *state;
	struct incident_word found[MAX];
	struct passed_part parts[2] = { { .offset = 10, .length = 20 },
		{ .offset = 40, .length = 50 } };

	begin(fixture);
	parts[0].inbox = parts[1].inbox = fixture_mail(fixture, 1, "raw");
	say(fixture, "one", NULL, 0);
	say(fixture, "two", parts, 2);
	say(fixture, "three", NULL, 0);
	assert_int_equal(incident_words_after(fixture->store, 1, 1,
			     &fixture->arena, found, MAX, &fixture->err),
	    2);
	assert_string_equal(found[0].text, "two");
	assert_string_equal(found[0].author, "sun");
	assert_int_equal(found[0].goes_at, MORNING + 60);
	assert_int_equal(found[0].promise_at, MORNING + MSEC_HOUR);
	assert_int_equal(found[0].part_count, 2);
	assert_int_equal(found[0].parts[1].offset, 40);
	assert_int_equal(found[0].parts[1].inbox, parts[0].inbox);
	assert_string_equal(found[1].text, "three");
	assert_int_equal(found[1].part_count, 0);
	assert_int_equal(incident_words_newest(fixture->store, 1,
			     &fixture->arena, found, 2, &fixture->err),
	    2);
	assert_string_equal(found[0].text, "two");
	assert_string_equal(found[1].text, "three");
	assert_int_equal(incident_words_after(fixture->store, 1, 0,
			     &fixture->arena, found, 1, &fixture->err),
	    1);
	assert_string_equal(found[0].text, "one");
}

static int
parts_left(struct fixture *fixture)
{
	sqlite3_stmt *query = NULL;
	int count;

	assert_int_equal(
	    sqlite3_prepare_v2(fixture->store->db,
		"SELECT count(*) FROM incident_parts", -1, &query, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(query), SQLITE_ROW);
	count = sqlite3_column_int(query, 0);
	(void)sqlite3_finalize(query);
	return count;
}

static void
a_word_that_is_taken_back_is_gone_with_its_files(void **state)
{
	struct fixture *fixture = *state;
	struct incident_word found[MAX];
	struct passed_part part = { .offset = 1, .length = 2 };
	struct effects effects;

	begin(fixture);
	part.inbox = fixture_mail(fixture, 1, "raw");
	say(fixture, "one", NULL, 0);
	say(fixture, "two", &part, 1);
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_WORD_UNDO)->word_undo = 2;
	assert_int_equal(parts_left(fixture), 1);
	fixture_apply(fixture, &effects, 0);
	assert_int_equal(incident_words_after(fixture->store, 1, 0,
			     &fixture->arena, found, MAX, &fixture->err),
	    1);
	assert_string_equal(found[0].text, "one");
	assert_int_equal(parts_left(fixture), 0);
}

/* ---- speed ---- */

static void
no_look_up_grows_with_history(void **state)
{
	struct fixture *fixture = *state;

	fixture_plan(fixture, SQL_CASE_NEAR_BUILDING,
	    "cases_near_building (estate=? AND category=? AND building=? AND "
	    "received_at>?)");
	fixture_plan(fixture, SQL_CASE_NEAR_AREA,
	    "cases_near_area (estate=? AND category=? AND area=? AND "
	    "received_at>?)");
	fixture_plan(
	    fixture, SQL_CASES_OF_INCIDENT, "cases_incident (incident=?)");
	fixture_plan(fixture, SQL_INCIDENT_RING, "cases_incident (incident=?)");
	fixture_plan(fixture, SQL_WORDS_AFTER,
	    "incident_words_of (incident=? AND rowid>?)");
	fixture_plan(
	    fixture, SQL_WORDS_NEWEST, "incident_words_of (incident=?)");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(near_are_open_cases_of_the_same_kind_place_and_week),
		TEST(an_area_without_a_building_has_neighbours_of_its_own),
		TEST(a_neighbour_comes_with_the_flat_of_its_owner),
		TEST(an_incident_comes_back_as_it_was),
		TEST(its_open_cases_are_found_and_only_those),
		TEST(ringing_sets_the_timer_of_each_open_case_and_delays_none),
		TEST(words_come_back_in_order_with_their_files),
		TEST(a_word_that_is_taken_back_is_gone_with_its_files),
		TEST(no_look_up_grows_with_history),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
