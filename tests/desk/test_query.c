/*
 * What people may ask: answers, masks, refusals, and the record of who asked.
 */
#include "core/limits.h"
#include "desk/config.h"
#include "desk/query.h"
#include "lib/json.h"
#include "lib/text.h"
#include "store/cases.h"
#include "store/db.h"
#include "store/incidents.h"
#include "store/outbox.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/store_fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONF "conf/demo/shouwen.conf"

static struct config *conf;

static int
read_settings(void **state)
{
	struct err err = { 0 };

	(void)state;
	if (config_load_public(CONF, NULL, NULL, NULL, &conf, &err) < 0)
		fail_msg("%s", err.msg);
	return 0;
}

static int
drop_settings(void **state)
{
	(void)state;
	config_free(&conf);
	return 0;
}

/* Two cases, the first with a message in and one out. */
static void
fill(struct fixture *fixture)
{
	struct case_file open = fixture_case(1), closed = fixture_case(2);
	struct outgoing out = fixture_out(1, 1);
	int64_t inbox;

	open.first_reply_at = 0;
	open.subject = "漏水，电话 13900139001";
	closed.state = CASE_CLOSED;
	closed.severity = SEVERITY_MINOR;
	fixture_save(fixture, &open);
	fixture_save(fixture, &closed);
	fixture_queue(fixture, &out);
	inbox = fixture_mail(fixture, 1, "From: a\r\n\r\nhello\r\n");
	assert_int_equal(inbox_set_state(fixture->store, inbox, INBOX_DONE,
			     NULL, NULL, 1, &fixture->err),
	    0);
}

static int
setup(void **state)
{
	(void)fixture_memory(state);
	fill(*state);
	fixture_commit(*state);
	return 0;
}

static int64_t
bin_a_mail(struct fixture *fixture, uint32_t uid, const char *raw)
{
	int64_t id;

	fixture_begin(fixture);
	id = fixture_mail(fixture, uid, raw);
	assert_int_equal(inbox_set_state(fixture->store, id, INBOX_BINNED,
			     "spam", "lottery", 0, &fixture->err),
	    0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(
		    inbox_count_read(fixture->store, id, &fixture->err), 0);
	fixture_commit(fixture);
	return id;
}

static json_t *
ask(struct fixture *fixture, const char *text)
{
	struct err err = { 0 };
	json_t *request = json_from(text, strlen(text), &err);
	json_t *answer;

	assert_non_null(request);
	answer =
	    query_answer(fixture->store, conf, request, MORNING + MSEC_HOUR);
	json_decref(request);
	return answer;
}

static const char *
row_text(const json_t *answer, const char *list, size_t at, const char *key)
{
	return json_text(
	    json_array_get(json_object_get(answer, list), at), key);
}

static size_t
rows_of(const json_t *answer, const char *list)
{
	return json_array_size(json_object_get(answer, list));
}

/* How often `what' was recorded, by whom it may be. */
static int
records(struct fixture *fixture, const char *what)
{
	sqlite3_stmt *list = NULL;
	int ret;

	assert_int_equal(sqlite3_prepare_v2(fixture->store->db,
			     "SELECT count(*) FROM access_log WHERE what = ? "
			     "AND who = 'lin (uid 7)'",
			     -1, &list, NULL),
	    SQLITE_OK);
	assert_int_equal(
	    sqlite3_bind_text(list, 1, what, -1, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(list), SQLITE_ROW);
	ret = sqlite3_column_int(list, 0);
	(void)sqlite3_finalize(list);
	return ret;
}

/* R43: whatever shows something of somebody, refused or not. */
static void
every_reading_is_recorded_with_who_and_what(void **state)
{
	static const struct {
		const char *request, *what;
	} table[] = {
		{ "\"verb\": \"list\"", "list" },
		{ "\"verb\": \"show\", \"case\": \"T261123-0001\"",
		    "show T261123-0001" },
		{ "\"verb\": \"show\", \"case\": \"T261123-0001\", "
		  "\"unmasked\": true",
		    "show T261123-0001 unmasked" },
		{ "\"verb\": \"show\", \"case\": \"T261123-0999\"",
		    "show T261123-0999" },
		{ "\"verb\": \"outbox\"", "outbox" },
		{ "\"verb\": \"outbox\", \"id\": 1", "outbox 1" },
		{ "\"verb\": \"quarantine\"", "quarantine" },
		{ "\"verb\": \"quarantine\", \"id\": 1, \"raw\": true",
		    "quarantine 1 raw" },
		{ "\"verb\": \"archive\", \"case\": \"T261123-0002\"",
		    "archive T261123-0002" },
		{ "\"verb\": \"archive\", \"case\": \"T261123-0002\", "
		  "\"id\": 1",
		    "archive T261123-0002 1" },
	};

	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		char request[200];

		(void)snprintf(request, sizeof(request),
		    "{%s, \"who\": \"lin (uid 7)\"}", table[i].request);
		json_decref(ask(*state, request));
		assert_int_equal(records(*state, table[i].what), 1);
	}
	/* This tells nothing of anybody. */
	json_decref(ask(*state,
	    "{\"verb\": \"verify\", \"who\": \"lin (uid 7)\"}"));
	assert_int_equal(records(*state, "verify"), 0);
}

/* A case's archive gives nothing of another case. */
static void
an_archive_holds_its_own_case_only(void **state)
{
	static const char *const refused[] = {
		"{\"verb\": \"archive\", \"case\": \"T261123-0001\"}",
		"{\"verb\": \"archive\", \"case\": \"T261123-0009\"}",
		"{\"verb\": \"archive\", \"case\": \"T261123-0002\", "
		"\"id\": 1}",
		"{\"verb\": \"archive\", \"case\": \"T261123-0002\", "
		"\"out\": 1}",
		"{\"verb\": \"archive\", \"case\": \"T261123-0002\", "
		"\"out\": 99}",
	};
	json_t *answer scoped(json_release) = ask(*state,
	    "{\"verb\": \"archive\", \"case\": \"T261123-0002\"}");

	assert_null(json_text(answer, "error"));
	assert_string_equal(json_text(answer, "mail"), "lin@example.com");
	for (size_t i = 0; i < ARRAY_COUNT(refused); i++) {
		json_t *no scoped(json_release) = ask(*state, refused[i]);

		assert_non_null(json_text(no, "error"));
		assert_null(json_text(no, "raw_hex"));
		assert_null(json_text(no, "text"));
	}
}

static void
cases_are_listed_by_what_is_asked(void **state)
{
	static const struct {
		const char *request;
		const char *newest; /* NULL: none */
		size_t count;
	} table[] = {
		{ "{\"verb\": \"list\"}", "T261123-0002", 2 },
		{ "{\"verb\": \"list\", \"open\": true}", "T261123-0001", 1 },
		{ "{\"verb\": \"list\", \"limit\": 1}", "T261123-0002", 1 },
		{ "{\"verb\": \"list\", \"state\": \"closed\"}", "T261123-0002",
		    1 },
		{ "{\"verb\": \"list\", \"severity\": \"major\"}",
		    "T261123-0001", 1 },
		{ "{\"verb\": \"list\", \"estate\": \"sunshine\"}",
		    "T261123-0002", 2 },
		{ "{\"verb\": \"list\", \"handler\": \"lin\"}", NULL, 0 },
	};

	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		json_t *answer scoped(json_release) =
		    ask(*state, table[i].request);

		assert_null(json_text(answer, "error"));
		assert_int_equal(rows_of(answer, "cases"), table[i].count);
		if (table[i].newest != NULL)
			assert_string_equal(
			    row_text(answer, "cases", 0, "case"),
			    table[i].newest);
	}
}

static void
a_filter_that_names_nothing_is_refused(void **state)
{
	static const struct {
		const char *request;
		const char *why;
	} table[] = {
		{ "{\"verb\": \"list\", \"state\": \"opne\"}", "state" },
		{ "{\"verb\": \"list\", \"severity\": \"x\"}", "severity" },
		{ "{\"verb\": \"list\", \"estate\": \"moon\"}", "estate" },
		{ "{\"verb\": \"list\", \"handler\": \"x\"}", "person" },
		{ "{\"verb\": \"show\", \"case\": \"T261123-0009\"}",
		    "no case" },
		{ "{\"verb\": \"show\"}", "no case" },
		{ "{\"verb\": \"outbox\", \"id\": 77}", "no outgoing" },
		{ "{\"verb\": \"quarantine\", \"id\": 77}", "no message" },
		{ "{\"verb\": \"quarantine\", \"id\": 1, \"retry\": true}",
		    "not in quarantine" },
		{ "{\"verb\": \"drop\"}", "no such question" },
		{ "[]", "no such question" },
	};

	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		json_t *answer scoped(json_release) =
		    ask(*state, table[i].request);
		const char *why = text_or(json_text(answer, "error"), "");

		if (strstr(why, table[i].why) == NULL)
			fail_msg("%s: %s", table[i].request, why);
	}
}

static void
an_answer_that_is_late_is_marked(void **state)
{
	json_t *answer scoped(json_release) =
	    ask(*state, "{\"verb\": \"list\"}");
	const json_t *rows = json_object_get(answer, "cases");

	/* The second was answered. */
	assert_false(json_flag(json_array_get(rows, 0), "overdue"));
	assert_true(json_flag(json_array_get(rows, 1), "overdue"));
}

static void
people_are_masked_unless_asked_for(void **state)
{
	json_t *masked scoped(json_release) =
	    ask(*state, "{\"verb\": \"show\", \"case\": \"t261123-0001\"}");
	json_t *plain scoped(json_release) = ask(*state,
	    "{\"verb\": \"show\", \"case\": \"T261123-0001\", \"unmasked\": "
	    "true}");

	assert_string_equal(json_text(masked, "mail"), "l***@example.com");
	assert_string_equal(json_text(masked, "phone"), "+86138****0000");
	assert_null(strstr(json_text(masked, "subject"), "13900139001"));
	assert_string_equal(json_text(plain, "mail"), "lin@example.com");
	assert_string_equal(json_text(plain, "owner"), "林女士");
	assert_non_null(strstr(json_text(plain, "subject"), "13900139001"));
	assert_int_equal(rows_of(plain, "inbox"), 1);
	assert_int_equal(rows_of(plain, "outbox"), 1);
	assert_string_equal(
	    row_text(plain, "outbox", 0, "to"), "l***@example.com");
}

static void
a_case_tells_what_it_belongs_to(void **state)
{
	struct fixture *fixture = *state;
	struct case_file neighbour = fixture_case(3), merged = fixture_case(4);
	const struct incident incident = { .id = neighbour.incident,
		.number = "T261123-0001",
		.estate = "sunshine",
		.category = "plumbing",
		.opened_at = MORNING };

	merged.state = CASE_MERGED;
	merged.incident = 0;
	merged.merged_into = 1;
	fixture_begin(fixture);
	fixture_save(fixture, &neighbour);
	fixture_save(fixture, &merged);
	assert_int_equal(
	    incident_save(fixture->store, &incident, &fixture->err), 0);
	fixture_commit(fixture);
	json_t *list scoped(json_release) = ask(fixture, "{\"verb\": \"list\"}");
	json_t *one scoped(json_release) =
	    ask(fixture, "{\"verb\": \"show\", \"case\": \"T261123-0003\"}");
	json_t *other scoped(json_release) =
	    ask(fixture, "{\"verb\": \"show\", \"case\": \"T261123-0004\"}");

	/* Newest first: merged, neighbour, closed, open. */
	assert_null(row_text(list, "cases", 0, "incident"));
	assert_string_equal(
	    row_text(list, "cases", 1, "incident"), "T261123-0001");
	assert_string_equal(
	    row_text(list, "cases", 3, "incident"), "T261123-0001");
	assert_string_equal(json_text(one, "incident"), "T261123-0001");
	/* The closed one of that incident needs nothing any more. */
	assert_int_equal(rows_of(one, "incident_cases"), 1);
	assert_string_equal(
	    json_string_value(json_array_get(
		json_object_get(one, "incident_cases"), 0)),
	    "T261123-0001");
	assert_string_equal(json_text(other, "merged_into"), "T261123-0001");
	assert_null(json_text(other, "incident"));
}

static void
an_outgoing_message_tells_its_tries(void **state)
{
	struct fixture *fixture = *state;
	struct out_claim claim = { 0 };
	struct out_result result = {
		.out = 1,
		.state = OUT_FAILED,
		.result = "permanent",
		.code = 550,
		.answer = "no such user lin@example.com",
	};

	fixture_begin(fixture);
	assert_int_equal(out_claim_due(fixture->store, "smtp", MORNING,
			     &fixture->arena, &claim, 1, &fixture->err),
	    1);
	result.attempt = claim.status.attempt;
	assert_int_equal(
	    out_settle(fixture->store, &result, MORNING, &fixture->err), 1);
	fixture_commit(fixture);

	json_t *answer scoped(json_release) =
	    ask(*state, "{\"verb\": \"outbox\", \"id\": 1}");

	assert_string_equal(json_text(answer, "state"), "failed");
	assert_int_equal(rows_of(answer, "tries"), 1);
	assert_string_equal(
	    row_text(answer, "tries", 0, "result"), "permanent");
	assert_string_equal(row_text(answer, "tries", 0, "answer"),
	    "no such user l**@example.com");
	assert_string_equal(row_text(answer, "tries", 0, "started"),
	    "2026-11-23T09:00:00+08:00");
}

static void
the_outbox_says_which_channels_are_down(void **state)
{
	struct fixture *fixture = *state;
	json_t *before scoped(json_release) =
	    ask(fixture, "{\"verb\": \"outbox\"}");

	assert_int_equal(rows_of(before, "down"), 0);
	fixture_begin(fixture);
	assert_int_equal(channel_mark(fixture->store, "gateway", true,
			     "no balance, ask lin@example.com", MORNING,
			     &fixture->err),
	    1);
	assert_int_equal(channel_mark(fixture->store, "relay", true, NULL,
			     MORNING, &fixture->err),
	    1);
	assert_int_equal(channel_mark(fixture->store, "relay", false, NULL,
			     MORNING, &fixture->err),
	    1);
	fixture_commit(fixture);

	json_t *answer scoped(json_release) =
	    ask(fixture, "{\"verb\": \"outbox\"}");

	assert_int_equal(rows_of(answer, "down"), 1);
	assert_string_equal(row_text(answer, "down", 0, "channel"), "gateway");
	assert_string_equal(row_text(answer, "down", 0, "since"),
	    "2026-11-23T09:00:00+08:00");
	assert_string_equal(row_text(answer, "down", 0, "reason"),
	    "no balance, ask l**@example.com");
}

static void
a_message_in_quarantine_is_given_raw_and_again(void **state)
{
	struct fixture *fixture = *state;
	int64_t id = bin_a_mail(fixture, 2, "Subject: \xff\n\n");
	struct inbox_row row = { 0 };
	json_t *list scoped(json_release) =
	    ask(fixture, "{\"verb\": \"quarantine\", \"bin\": \"spam\"}");
	json_t *none scoped(json_release) =
	    ask(fixture, "{\"verb\": \"quarantine\", \"bin\": \"bounce\"}");
	json_t *raw scoped(json_release) = ask(fixture,
	    "{\"verb\": \"quarantine\", \"id\": 2, \"raw\": true, \"offset\": "
	    "9}");
	json_t *retry scoped(json_release) = ask(
	    fixture, "{\"verb\": \"quarantine\", \"id\": 2, \"retry\": true}");

	json_t *wrong scoped(json_release) =
	    ask(fixture, "{\"verb\": \"quarantine\", \"bin\": \"tea\"}");

	assert_non_null(strstr(json_text(wrong, "error"), "no such bin"));
	assert_int_equal(id, 2);
	assert_int_equal(rows_of(list, "quarantine"), 1);
	assert_int_equal(rows_of(none, "quarantine"), 0);
	assert_string_equal(json_text(raw, "raw_hex"), "ff0a0a");
	assert_int_equal(json_int(retry, "again", 0), 2);
	assert_int_equal(inbox_load(fixture->store, id, &fixture->arena, &row,
			     &fixture->err),
	    1);
	assert_int_equal(row.state, INBOX_RECEIVED);
	assert_int_equal(row.reads, 0);
	assert_null(row.bin);
}

static void
a_duplicate_has_nothing_to_be_read_again(void **state)
{
	struct fixture *fixture = *state;

	fixture_begin(fixture);
	assert_int_equal(
	    fixture_mail(fixture, 9, "From: a\r\n\r\nhello\r\n"), 1);
	fixture_commit(fixture);

	json_t *list scoped(json_release) =
	    ask(fixture, "{\"verb\": \"quarantine\", \"bin\": \"duplicate\"}");
	json_t *retry scoped(json_release) = ask(
	    fixture, "{\"verb\": \"quarantine\", \"id\": 2, \"retry\": true}");
	json_t *raw scoped(json_release) = ask(
	    fixture, "{\"verb\": \"quarantine\", \"id\": 2, \"raw\": true}");

	assert_int_equal(rows_of(list, "quarantine"), 1);
	assert_non_null(strstr(json_text(retry, "error"), "raw bytes"));
	assert_non_null(strstr(json_text(raw, "error"), "nothing raw"));
}

static void
a_part_of_a_long_text_is_not_read_alone(void **state)
{
	struct fixture *fixture = *state;

	fixture_begin(fixture);
	assert_int_equal(inbox_set_state(fixture->store, 1, INBOX_BINNED, "part",
			     "went with message 7", 1, &fixture->err),
	    0);
	fixture_commit(fixture);

	json_t *retry scoped(json_release) = ask(
	    fixture, "{\"verb\": \"quarantine\", \"id\": 1, \"retry\": true}");

	assert_string_equal(json_text(retry, "error"),
	    "message 1 is one part of a long text and cannot be read alone: it "
	    "went with message 7");
}

/* R43: what cannot be recorded is not shown. */
static void
a_store_that_takes_no_record_shows_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct err err = { 0 };

	store_close(&fixture->store);
	fixture->store = store_open_readonly(fixture->path, &err);
	assert_non_null(fixture->store);

	json_t *answer scoped(json_release) =
	    ask(fixture, "{\"verb\": \"list\"}");

	assert_non_null(json_text(answer, "error"));
	assert_null(json_object_get(answer, "cases"));
}

/* For tests/program/cli.t: the same store in a file, and a mail in a bin. */
static int
fill_file(const char *path)
{
	struct fixture fixture = { 0 };

	arena_init(&fixture.arena, LIMIT_WORK_BYTES);
	fixture.store = store_open(path, &fixture.err);
	assert_non_null(fixture.store);
	fixture_begin(&fixture);
	fill(&fixture);
	fixture_commit(&fixture);
	(void)bin_a_mail(
	    &fixture, 2, "From: b@owner.example\nSubject: \xff\n\n");
	store_close(&fixture.store);
	arena_done(&fixture.arena);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc == 3 && text_eq(argv[1], "--fill"))
		return fill_file(argv[2]);

#define WITH_STORE(test) \
	cmocka_unit_test_setup_teardown(test, setup, fixture_done)
	const struct CMUnitTest tests[] = {
		WITH_STORE(every_reading_is_recorded_with_who_and_what),
		WITH_STORE(an_archive_holds_its_own_case_only),
		WITH_STORE(cases_are_listed_by_what_is_asked),
		WITH_STORE(a_filter_that_names_nothing_is_refused),
		WITH_STORE(an_answer_that_is_late_is_marked),
		WITH_STORE(people_are_masked_unless_asked_for),
		WITH_STORE(a_case_tells_what_it_belongs_to),
		WITH_STORE(an_outgoing_message_tells_its_tries),
		WITH_STORE(the_outbox_says_which_channels_are_down),
		WITH_STORE(a_message_in_quarantine_is_given_raw_and_again),
		WITH_STORE(a_duplicate_has_nothing_to_be_read_again),
		WITH_STORE(a_part_of_a_long_text_is_not_read_alone),
		cmocka_unit_test_setup_teardown(
		    a_store_that_takes_no_record_shows_nothing, fixture_file,
		    fixture_done),
	};

	return cmocka_run_group_tests(tests, read_settings, drop_settings);
}
