/*
 * What is known of a case, and how one is found.
 */
#include "tests/support/cmocka_fence.h"

#include <sqlite3.h>

#include "store/cases.h"
#include "store/db.h"
#include "tests/support/store_fixture.h"

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

static void
assert_texts_equal(const struct case_file *a, const struct case_file *b)
{
	assert_string_equal(a->number, b->number);
	assert_string_equal(a->estate, b->estate);
	assert_string_equal(a->category, b->category);
	assert_string_equal(a->mail, b->mail);
	assert_string_equal(a->phone, b->phone);
	assert_string_equal(a->owner_name, b->owner_name);
	assert_true(place_eq(&a->place, &b->place));
	assert_string_equal(a->place.area, b->place.area);
	assert_string_equal(a->subject, b->subject);
	assert_string_equal(a->text, b->text);
	assert_string_equal(a->first_responder, b->first_responder);
	assert_string_equal(a->handler, b->handler);
	assert_string_equal(a->department, b->department);
	assert_string_equal(a->subjects, b->subjects);
	assert_string_equal(a->outcome, b->outcome);
	assert_string_equal(a->owner_thread, b->owner_thread);
	assert_string_equal(a->owner_last, b->owner_last);
}

/* With the texts gone, what is left are numbers and words. */
static void
forget_texts(struct case_file *file)
{
	file->number = file->estate = file->category = NULL;
	file->mail = file->phone = file->owner_name = NULL;
	file->place = (struct place){ 0 };
	file->subject = file->text = file->outcome = NULL;
	file->first_responder = file->handler = file->department = NULL;
	file->subjects = NULL;
	file->owner_thread = file->owner_last = NULL;
}

static void
a_case_comes_back_as_it_was(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1), found;

	fixture_save(fixture, &file);
	found = fixture_load(fixture, 1);
	assert_texts_equal(&found, &file);
	forget_texts(&file);
	forget_texts(&found);
	assert_memory_equal(&found, &file, sizeof(file));
}

static void
an_empty_case_comes_back_empty(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = { .id = 1,
		.number = "T261123-0001",
		.estate = "sunshine",
		.received_at = MORNING };
	struct case_file found;

	fixture_save(fixture, &file);
	found = fixture_load(fixture, 1);
	assert_null(found.mail);
	assert_null(found.handler);
	assert_int_equal(found.severity, SEVERITY_NONE);
	file.number = file.estate = NULL;
	forget_texts(&found);
	assert_memory_equal(&found, &file, sizeof(file));
}

static void
a_case_is_overwritten_but_for_its_birth(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1), found;

	fixture_save(fixture, &file);
	file.state = CASE_CLOSED;
	file.handler = NULL;
	file.outcome = "换了新水管";
	file.rating = 0;
	file.reply_due = 0;
	file.received_at = 1;
	fixture_save(fixture, &file);
	found = fixture_load(fixture, 1);
	assert_int_equal(found.state, CASE_CLOSED);
	assert_null(found.handler);
	assert_string_equal(found.outcome, "换了新水管");
	assert_int_equal(found.rating, 0);
	assert_int_equal(found.reply_due, 0);
	assert_int_equal(found.received_at, MORNING);
	assert_int_equal(case_count(fixture->store), 1);
}

static void
numbers_are_counted_by_day_and_taken_once(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);

	assert_int_equal(case_next_id(fixture->store), 1);
	assert_int_equal(case_next_serial(fixture->store, "261123"), 1);
	fixture_save(fixture, &file);
	assert_int_equal(case_next_id(fixture->store), 2);
	assert_int_equal(case_next_serial(fixture->store, "261123"), 2);
	assert_int_equal(case_next_serial(fixture->store, "261124"), 1);
	file.id = 2;
	file.number = "T261124-10000";
	fixture_save(fixture, &file);
	assert_int_equal(case_next_serial(fixture->store, "261124"), 10001);
}

static void
a_number_that_is_taken_or_malformed_is_refused(void **state)
{
	static const char *const numbers[] = { "T261123-0001", "T26112-0001",
		"261123-0001", "T261123-", "T261123-0", "T261123-12x", NULL };
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);

	fixture_save(fixture, &file);
	file.id = 2;
	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++) {
		struct effects effects;

		file.number = numbers[i];
		effects_init(&effects, &fixture->arena);
		effects_add(&effects, EFFECT_CASE)->the_case = file;
		assert_int_equal(store_unit_begin(fixture->store,
				     &fixture->err),
		    0);
		if (store_apply(fixture->store, &effects, 0, MORNING,
			&fixture->err) == 0)
			fail_msg("%s", numbers[i]);
		assert_int_equal(fixture->err.kind, ERR_BUG);
		store_unit_undo(fixture->store);
	}
}

static void
a_case_is_found_by_its_number(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(3);
	struct case_file found;

	fixture_save(fixture, &file);
	assert_int_equal(case_load_number(fixture->store, "T261123-0003",
			     &fixture->arena, &found, &fixture->err),
	    1);
	assert_int_equal(found.id, 3);
	assert_int_equal(case_load_number(fixture->store, "T261123-0004",
			     &fixture->arena, &found, &fixture->err),
	    0);
	assert_int_equal(case_load(fixture->store, 4, &fixture->arena, &found,
			     &fixture->err),
	    0);
}

static void
a_short_serial_means_the_cases_of_the_last_days(void **state)
{
	static const struct {
		const char *number;
		msec_t received_at;
		const char *estate;
	} cases[] = {
		{ "T261101-0007", MORNING - 22 * MSEC_DAY, "sunshine" },
		{ "T261120-0007", MORNING - 3 * MSEC_DAY, "sunshine" },
		{ "T261122-0007", MORNING - MSEC_DAY, "riverside" },
		{ "T261123-0007", MORNING, "sunshine" },
		{ "T261123-0070", MORNING, "sunshine" },
	};
	static const struct {
		msec_t since;
		int serial, count;
		case_id newest;
	} asked[] = {
		{ MORNING - 7 * MSEC_DAY, 7, 2, 4 },
		{ MORNING - MSEC_DAY, 7, 1, 4 },
		{ MORNING - 30 * MSEC_DAY, 7, 3, 4 },
		{ MORNING - 7 * MSEC_DAY, 70, 1, 5 },
		{ MORNING - 7 * MSEC_DAY, 8, 0, 0 },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct case_file file = fixture_case((case_id)i + 1);

		file.number = cases[i].number;
		file.received_at = cases[i].received_at;
		file.estate = cases[i].estate;
		fixture_save(fixture, &file);
	}
	for (size_t i = 0; i < ARRAY_COUNT(asked); i++) {
		struct case_namesake found[LIMIT_NAMESAKES] = { { 0 } };
		int count = case_by_serial(fixture->store,
		    &(struct case_serial){ .estate = "sunshine",
			.serial = asked[i].serial,
			.since = asked[i].since },
		    found, LIMIT_NAMESAKES, &fixture->err);
		case_id newest = count > 0 ? found[count - 1].id : 0;

		if (count != asked[i].count || newest != asked[i].newest)
			fail_msg("row %zu: %d, %lld", i, count,
			    (long long)newest);
	}
}

/* The newest that is open, else the newest; never somebody else's. */
static void
an_owner_means_their_own_case_by_its_serial(void **state)
{
	static const struct {
		const char *number, *phone, *mail;
		enum case_state state;
	} cases[] = {
		{ "T261120-0007", "+8613900139001", NULL, CASE_NEW },
		{ "T261121-0007", "+8613900139001", "wang@owner.example",
		    CASE_CLOSED },
		{ "T261122-0007", "+8613900139002", NULL, CASE_NEW },
		{ "T261122-0008", "+8613900139001", NULL, CASE_CLOSED },
		{ "T261123-0008", NULL, "wang@owner.example", CASE_CLOSED },
	};
	static const struct {
		const char *address;
		int serial;
		case_id want;
	} asked[] = {
		{ "+8613900139001", 7, 1 },
		{ "+8613900139002", 7, 3 },
		{ "wang@owner.example", 7, 2 },
		{ "+8613900139001", 8, 4 },
		{ "wang@owner.example", 8, 5 },
		{ "+8613900139002", 8, 0 },
		{ "+8613900139001", 9, 0 },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct case_file file = fixture_case((case_id)i + 1);

		file.number = cases[i].number;
		file.phone = cases[i].phone;
		file.mail = cases[i].mail;
		file.state = cases[i].state;
		file.received_at = MORNING;
		fixture_save(fixture, &file);
	}
	for (size_t i = 0; i < ARRAY_COUNT(asked); i++) {
		case_id got = 0;
		int known = case_of_by_serial(fixture->store, "sunshine",
		    asked[i].address, asked[i].serial, MORNING - 7 * MSEC_DAY,
		    &got, &fixture->err);

		if (known != (asked[i].want != 0) || got != asked[i].want)
			fail_msg("row %zu: %d, %lld", i, known, (long long)got);
	}
}

static void
a_short_serial_says_what_this_person_knows_of_it(void **state)
{
	static const struct {
		const char *template, *person;
		bool is_open, is_known, is_told;
	} table[] = {
		{ "new_case", "lin", true, true, true },
		{ "transcript", "lin", false, true, false },
		{ "refused", "lin", true, true, false },
		{ "new_case", "zhou", true, false, false },
	};
	struct fixture *fixture = *state;
	struct case_namesake found[LIMIT_NAMESAKES];

	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct case_file file = fixture_case((case_id)i + 1);
		struct outgoing out =
		    fixture_out((out_id)i + 1, (case_id)i + 1);

		file.number = arena_printf(
		    &fixture->arena, "T26112%zu-0007", i);
		file.state = table[i].is_open ? CASE_NEW : CASE_CLOSED;
		fixture_save(fixture, &file);
		out.template_name = table[i].template;
		out.person = table[i].person;
		fixture_queue(fixture, &out);
	}
	assert_int_equal(case_by_serial(fixture->store,
			     &(struct case_serial){ .estate = "sunshine",
				 .serial = 7,
				 .since = MORNING - 7 * MSEC_DAY,
				 .person = "lin" },
			     found, LIMIT_NAMESAKES, &fixture->err),
	    ARRAY_COUNT(table));
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		assert_int_equal(found[i].id, i + 1);
		assert_int_equal(found[i].is_open, table[i].is_open);
		assert_int_equal(found[i].is_known, table[i].is_known);
		assert_int_equal(found[i].told_at != 0, table[i].is_told);
	}
}

static void
open_cases_are_found_by_mail_and_by_phone(void **state)
{
	struct fixture *fixture = *state;
	struct case_brief brief[4];
	struct case_file file;

	for (case_id id = 1; id <= 4; id++) {
		file = fixture_case(id);
		if (id == 2)
			file.state = CASE_CLOSED;
		if (id == 4)
			file.estate = "riverside";
		fixture_save(fixture, &file);
	}
	assert_int_equal(case_open_of(fixture->store, "sunshine",
			     "lin@example.com", &fixture->arena, brief, 4,
			     &fixture->err),
	    2);
	assert_int_equal(brief[0].id, 3);
	assert_int_equal(brief[1].id, 1);
	assert_string_equal(brief[0].number, "T261123-0003");
	assert_int_equal(brief[0].state, CASE_ASSIGNED);
	assert_string_equal(brief[0].category, "plumbing");
	assert_string_equal(brief[0].place.room, "501");
	assert_int_equal(brief[0].reply_due, MORNING + 9);
	assert_int_equal(case_open_of(fixture->store, "sunshine",
			     "+8613800000000", &fixture->arena, brief, 1,
			     &fixture->err),
	    1);
	/* A number is the same in all estates. */
	assert_int_equal(case_open_of(fixture->store, NULL, "+8613800000000",
			     &fixture->arena, brief, 4, &fixture->err),
	    3);
	file = fixture_load(fixture, 3);
	file.state = CASE_RESOLVED;
	fixture_save(fixture, &file);
	assert_int_equal(case_open_of(fixture->store, "sunshine",
			     "lin@example.com", &fixture->arena, brief, 4,
			     &fixture->err),
	    1);
}

static void
a_list_is_filtered_and_newest_first(void **state)
{
	static const struct {
		struct case_filter filter;
		int count;
		case_id first;
	} asked[] = {
		{ { 0 }, 4, 4 },
		{ { .before = 3 }, 2, 2 },
		{ { .open_only = true }, 3, 4 },
		{ { .open_only = true, .before = 4 }, 2, 3 },
		{ { .state = "closed" }, 1, 2 },
		{ { .handler = "zhou" }, 3, 3 },
		{ { .severity = "emergency" }, 1, 3 },
		{ { .estate = "riverside" }, 0, 0 },
		{ { .open_only = true, .handler = "lin" }, 1, 4 },
	};
	struct fixture *fixture = *state;

	for (case_id id = 1; id <= 4; id++) {
		struct case_file file = fixture_case(id);

		if (id == 2)
			file.state = CASE_CLOSED;
		if (id == 3)
			file.severity = SEVERITY_EMERGENCY;
		if (id == 4)
			file.handler = "lin";
		fixture_save(fixture, &file);
	}
	for (size_t i = 0; i < ARRAY_COUNT(asked); i++) {
		struct case_file list[4] = { 0 };
		int count = case_list(fixture->store, &asked[i].filter,
		    &fixture->arena, list, 4, &fixture->err);

		if (count != asked[i].count || list[0].id != asked[i].first)
			fail_msg("row %zu: %d, %lld", i, count,
			    (long long)list[0].id);
	}
}

static void
a_language_that_is_there_no_more_is_english(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1), found = { 0 };

	file.language = LANGUAGE_ZH;
	fixture_save(fixture, &file);
	assert_int_equal(
	    sqlite3_exec(fixture->store->db,
		"UPDATE cases SET language = 'xx'", NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(case_load(fixture->store, 1, &fixture->arena, &found,
			     &fixture->err),
	    1);
	assert_int_equal(found.language, LANGUAGE_EN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_case_comes_back_as_it_was),
		TEST(an_empty_case_comes_back_empty),
		TEST(a_case_is_overwritten_but_for_its_birth),
		TEST(numbers_are_counted_by_day_and_taken_once),
		TEST(a_number_that_is_taken_or_malformed_is_refused),
		TEST(a_case_is_found_by_its_number),
		TEST(a_short_serial_means_the_cases_of_the_last_days),
		TEST(an_owner_means_their_own_case_by_its_serial),
		TEST(a_short_serial_says_what_this_person_knows_of_it),
		TEST(open_cases_are_found_by_mail_and_by_phone),
		TEST(a_list_is_filtered_and_newest_first),
		TEST(a_language_that_is_there_no_more_is_english),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
