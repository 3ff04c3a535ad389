/*
 * What we asked or told somebody about a case, until they answer.
 */
#include "tests/support/cmocka_fence.h"

#include "store/cases.h"
#include "tests/support/store_fixture.h"

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

static void
ask_about(struct fixture *fixture, case_id about, out_id id,
    const char *template_name, const char *to)
{
	struct outgoing out = fixture_out(id, about);

	out.template_name = template_name;
	out.to = to;
	fixture_queue(fixture, &out);
}

static void
ask(struct fixture *fixture, out_id id, const char *template_name,
    const char *to)
{
	ask_about(fixture, 1, id, template_name, to);
}

static void
a_rating_is_awaited_until_it_comes(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	struct effects effects;
	case_id found = 0;

	fixture_save(fixture, &file);
	ask(fixture, 1, "rating_request", "lin@example.com");
	assert_int_equal(case_pending_rating(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    1);
	assert_int_equal(found, 1);
	assert_int_equal(case_pending_rating(fixture->store, "lin@example.com",
			     MORNING + 1, &found, &fixture->err),
	    0);
	assert_int_equal(case_pending_rating(fixture->store, "wu@example.com",
			     MORNING, &found, &fixture->err),
	    0);
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_RATING)->rating.case_id = 1;
	effects.list[0].rating.score = 5;
	effects.list[0].rating.text = "谢谢";
	/* The copy that the decision hands back does not know it. */
	effects_add(&effects, EFFECT_CASE)->the_case = file;
	effects.list[1].the_case.rating = 0;
	fixture_apply(fixture, &effects, 0);
	assert_int_equal(fixture_load(fixture, 1).rating, 5);
	assert_int_equal(case_pending_rating(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    0);
}

static void
a_question_is_open_until_the_owner_says_something(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	struct effects effects;
	case_id found = 0;

	fixture_save(fixture, &file);
	fixture_record(fixture, &(struct event){ .case_id = 1, .name = "created",
			    .actor = "owner" });
	ask(fixture, 1, "ack", "lin@example.com");
	assert_int_equal(case_open_question(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    0);
	ask(fixture, 2, "ack_clarify", "lin@example.com");
	assert_int_equal(case_open_question(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    1);
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_EVENT)->event = (struct event){
		.case_id = 1, .name = "followup", .actor = "owner" };
	assert_int_equal(store_apply(fixture->store, &effects, 0, MORNING + 1,
			     &fixture->err),
	    0);
	assert_int_equal(case_open_question(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    0);
}

static void
an_alarm_asks_only_for_the_place_that_it_lacks(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	case_id found = 0;

	fixture_save(fixture, &file);
	ask(fixture, 1, "ack_emergency", "lin@example.com");
	assert_int_equal(case_open_question(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    0);
	file = fixture_case(2);
	file.place = (struct place){ 0 };
	fixture_save(fixture, &file);
	ask_about(fixture, 2, 2, "ack_emergency", "lin@example.com");
	assert_int_equal(case_open_question(fixture->store, "lin@example.com",
			     MORNING, &found, &fixture->err),
	    1);
	assert_int_equal(found, 2);
}

static int
open_alerts(struct fixture *fixture, const char *phone,
    struct case_brief ret[static 4])
{
	return case_open_alerts(fixture->store, phone, MORNING, &fixture->arena,
	    ret, 4, &fixture->err);
}

static void
an_alert_is_open_until_somebody_takes_it(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	struct case_brief found[4];

	file.taken_at = 0;
	fixture_save(fixture, &file);
	file = fixture_case(2);
	file.taken_at = 0;
	fixture_save(fixture, &file);
	ask(fixture, 1, "alert", "+8613900000000");
	/* Twice about one case is one alert. */
	ask_about(fixture, 2, 2, "alert", "+8613900000000");
	ask_about(fixture, 2, 3, "alert", "+8613900000000");
	ask_about(fixture, 2, 4, "alert", "+8613900000001");
	assert_int_equal(open_alerts(fixture, "+8613900000000", found), 2);
	assert_int_equal(found[0].id, 1);
	assert_int_equal(found[1].id, 2);
	file.taken_at = MORNING + 1;
	fixture_save(fixture, &file);
	assert_int_equal(open_alerts(fixture, "+8613900000000", found), 1);
	assert_int_equal(found[0].id, 1);
	assert_int_equal(open_alerts(fixture, "+8613900000001", found), 0);
}

static void
an_alert_that_was_taken_is_of_who_took_it(void **state)
{
	static const struct {
		const char *phone, *staff;
		msec_t since;
		int count;
	} table[] = {
		{ "+8613900000000", "lin", MORNING, 1 },
		{ "+8613900000000", "zhou", MORNING, 0 },
		{ "+8613900000001", "lin", MORNING, 0 },
		{ "+8613900000000", "lin", MORNING + MSEC_HOUR, 0 },
	};
	struct fixture *fixture = *state;

	for (case_id id = 1; id <= 3; id++) {
		struct case_file file = fixture_case(id);

		file.handler = "lin";
		file.severity =
		    id == 2 ? SEVERITY_NORMAL : SEVERITY_EMERGENCY;
		if (id == 3)
			file.state = CASE_CLOSED;
		fixture_save(fixture, &file);
		ask_about(fixture, id, (out_id)id, "alert", "+8613900000000");
	}
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		case_id found[2] = { 0 };

		assert_int_equal(case_taken_alerts(fixture->store,
				     table[i].phone, table[i].staff,
				     table[i].since, found, 2, &fixture->err),
		    table[i].count);
		assert_int_equal(found[0], table[i].count);
	}
}

static void
what_was_fed_back_is_found_by_its_phone(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	const char *phone = "+8613900000009";
	const struct {
		const char *estate, *phone;
		msec_t since;
		int known;
	} table[] = {
		{ file.estate, phone, MORNING, 1 },
		{ file.estate, phone, MORNING + 1, 0 },
		{ file.estate, "+8613900000008", MORNING, 0 },
		{ "elsewhere", phone, MORNING, 0 },
	};

	file.phone = phone;
	file.state = CASE_CLOSED;
	file.fed_back_at = MORNING;
	fixture_save(fixture, &file);
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		case_id found = 0;

		assert_int_equal(
		    case_outcome_to(fixture->store, table[i].estate,
			table[i].phone, table[i].since, &found, &fixture->err),
		    table[i].known);
		assert_int_equal(found, table[i].known);
	}
}

/* Its report may be long in coming (rules.md 5.22). */
static void
the_newest_outcome_is_found_before_its_report(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	case_id found = 0;

	file.phone = "+8613900000007";
	file.state = CASE_CLOSED;
	file.resolved_at = file.fed_back_at = MORNING;
	fixture_save(fixture, &file);
	file = fixture_case(2);
	file.phone = "+8613900000007";
	file.state = CASE_RESOLVED;
	file.resolved_at = MORNING + 1;
	file.fed_back_at = 0;
	fixture_save(fixture, &file);
	assert_int_equal(
	    case_outcome_to(fixture->store, file.estate, file.phone, MORNING,
		&found, &fixture->err),
	    1);
	assert_int_equal(found, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_rating_is_awaited_until_it_comes),
		TEST(a_question_is_open_until_the_owner_says_something),
		TEST(an_alarm_asks_only_for_the_place_that_it_lacks),
		TEST(an_alert_is_open_until_somebody_takes_it),
		TEST(an_alert_that_was_taken_is_of_who_took_it),
		TEST(what_was_fed_back_is_found_by_its_phone),
		TEST(the_newest_outcome_is_found_before_its_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
