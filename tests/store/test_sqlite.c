/*
 * SQLite's driver itself: each statement compiles, each list of columns is
 * the list that is bound, and no hot query walks through a table.
 */
#include "tests/support/cmocka_fence.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/case_row.h"
#include "store/cases.h"
#include "store/db.h"
#include "store/outbox_row.h"
#include "tests/support/store_fixture.h"

static void
every_statement_can_be_prepared(void **state)
{
	struct fixture *fixture = *state;

	for (int i = SQL_UNIT_UNDO + 1; i < SQL_COUNT; i++) {
		struct query query scoped(query_done) = { 0 };

		assert_non_null(sql_texts[i]);
		if (query_open(&query, fixture->store, (enum sql)i,
			&fixture->err) < 0)
			fail_msg("%s: %s", sql_texts[i], fixture->err.msg);
	}
}

static void
a_statement_with_a_parameter_too_few_is_not_run(void **state)
{
	struct fixture *fixture = *state;
	struct query query scoped(query_done) = { 0 };

	assert_int_equal(query_open(&query, fixture->store, SQL_TIMER_CANCEL,
			     &fixture->err),
	    0);
	query_num(&query, 1);
	assert_int_equal(query_run(&query, &fixture->err), -1);
	assert_int_equal(fixture->err.kind, ERR_BUG);
}

static void
assert_columns(sqlite3_stmt *statement, int first,
    const struct column *columns, int count)
{
	for (int i = 0; i < count; i++)
		assert_string_equal(
		    sqlite3_column_name(statement, first + i), columns[i].name);
}

static void
columns_are_read_in_the_order_of_the_statement(void **state)
{
	struct fixture *fixture = *state;
	struct query cases scoped(query_done) = { 0 };
	struct query outs scoped(query_done) = { 0 };
	const int live = 1 + CASE_FIXED_COUNT;
	const int people = live + CASE_LIVE_COUNT;
	const int status = OUT_META_COUNT + OUT_TEXT_COUNT;

	assert_int_equal(query_open(&cases, fixture->store, SQL_CASE_LOAD,
			     &fixture->err),
	    0);
	assert_int_equal(sqlite3_column_count(cases.statement),
	    people + CASE_PEOPLE_COUNT);
	assert_columns(cases.statement, 1, case_fixed, CASE_FIXED_COUNT);
	assert_columns(cases.statement, live, case_live, CASE_LIVE_COUNT);
	assert_columns(cases.statement, people, case_people, CASE_PEOPLE_COUNT);

	assert_int_equal(query_open(&outs, fixture->store, SQL_OUT_LOAD,
			     &fixture->err),
	    0);
	assert_int_equal(sqlite3_column_count(outs.statement),
	    status + OUT_STATUS_COUNT);
	assert_columns(outs.statement, 0, out_meta, OUT_META_COUNT);
	assert_columns(outs.statement, OUT_META_COUNT, out_texts, OUT_TEXT_COUNT);
	assert_columns(
	    outs.statement, status, out_status_columns, OUT_STATUS_COUNT);
}

/* These are for people who look at everything; the others must stay fast
 * when the history is long. */
static const enum sql walkers[] = {
	SQL_INBOX_LIST_ALL,
	SQL_CASE_LIST,
	SQL_AUDIT_EVENTS,
	SQL_AUDIT_CASES,
	SQL_OUT_LIST,
	SQL_OUT_LIST_ALL,
	SQL_OPT_LIST,
	SQL_OWNERS_GONE,
	SQL_STAFF_NAMED, /* once a start, through the open cases */
	SQL_CHANNELS_DOWN, /* a row for each channel of the settings */
};

/* Sorting the few people of one address or flat, or what one day brought. */
static const enum sql sorters[] = {
	SQL_CASE_OF_BY_SERIAL, /* of one serial, a row a day at most */
	SQL_OWNER_BY_MAIL,
	SQL_OWNER_BY_PHONE,
	SQL_OWNER_OF_HOME,
	SQL_ROUND_BINS,
	SQL_WEEK_CASES, /* the cases of two weeks, once each */
	SQL_WEEK_HOT,	/* incidents of a week */
};

static bool
is_among(const enum sql *list, size_t count, enum sql sql)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i] == sql)
			return true;
	}
	return false;
}

/* A walk through a partial index meets only the rows that wait, and the end
 * of a table is found at once. */
static bool
is_cheap(const char *detail, enum sql sql)
{
	static const char *const small[] = { "inbox_received", "cases_open",
		"outbox_due", "outbox_flying", "timers_due",
		"cases_unheard",
		/* its table holds what waits, LIMIT_SMS_PARTS_WAITING rows */
		"sms_parts_due" };

	if (strncmp(detail, "SCAN", 4) != 0)
		return strstr(detail, "TEMP B-TREE") == NULL ||
		       is_among(sorters, ARRAY_COUNT(sorters), sql);
	for (size_t i = 0; i < ARRAY_COUNT(small); i++) {
		if (strstr(detail, small[i]) != NULL)
			return true;
	}
	return sql == SQL_EVENT_LAST || sql == SQL_AUDIT_EVENT_MAX ||
	       strcmp(detail, "SCAN CONSTANT ROW") == 0;
}

static void
no_hot_query_walks_through_a_table(void **state)
{
	struct fixture *fixture = *state;

	for (int i = SQL_UNIT_UNDO + 1; i < SQL_COUNT; i++) {
		char text[4096] = "EXPLAIN QUERY PLAN ";
		sqlite3_stmt *plan = NULL;

		if (is_among(walkers, ARRAY_COUNT(walkers), (enum sql)i))
			continue;
		strncat(text, sql_texts[i], sizeof(text) - 20);
		assert_int_equal(
		    sqlite3_prepare_v2(fixture->store->db, text, -1, &plan, NULL),
		    SQLITE_OK);
		while (sqlite3_step(plan) == SQLITE_ROW) {
			const char *detail =
			    (const char *)sqlite3_column_text(plan, 3);

			if (!is_cheap(detail, (enum sql)i))
				fail_msg("%s: %s", sql_texts[i], detail);
		}
		(void)sqlite3_finalize(plan);
	}
}

/* A word that the schema refuses would end a unit of work. */
static void
assert_accepted(struct fixture *fixture, const char *table,
    const struct words *words)
{
	char *text;
	sqlite3_stmt *schema = NULL;

	assert_int_equal(sqlite3_prepare_v2(fixture->store->db,
			     "SELECT sql FROM sqlite_schema WHERE name = ?", -1,
			     &schema, NULL),
	    SQLITE_OK);
	(void)sqlite3_bind_text(schema, 1, table, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(schema), SQLITE_ROW);
	text = strdup((const char *)sqlite3_column_text(schema, 0));
	(void)sqlite3_finalize(schema);
	for (int i = 0; i < words->count; i++) {
		char quoted[40];

		if (words->code(i) == NULL)
			continue;
		(void)snprintf(quoted, sizeof(quoted), "'%s'", words->code(i));
		if (strstr(text, quoted) == NULL)
			fail_msg("%s: no %s", table, quoted);
	}
	free(text);
}

static void
the_schema_knows_every_state(void **state)
{
	assert_accepted(*state, "cases", &words_case_state);
	assert_accepted(*state, "cases", &words_severity);
	assert_accepted(*state, "cases", &words_channel);
	assert_accepted(*state, "inbox", &words_inbox_state);
	assert_accepted(*state, "outbox", &words_out_state);
}

/* ---- failures ---- */

static void
run_sql(struct store *store, const char *sql)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(store->db));
}

static void
a_full_disk_is_temporary_and_leaves_nothing_half(void **state)
{
	struct fixture *fixture = *state;
	char *raw = malloc(400000);
	int added = 0;

	assert_non_null(raw);
	memset(raw, 'x', 399999);
	raw[399999] = '\0';
	fixture_begin(fixture);
	(void)fixture_mail(fixture, 1, "small");
	fixture_commit(fixture);
	run_sql(fixture->store, "PRAGMA max_page_count = 128");
	fixture_begin(fixture);
	for (int i = 0; i < 20 && added >= 0; i++) {
		char key[16];
		int64_t id;
		const struct inbox_new row = {
			.source = "desk",
			.estate = "sunshine",
			.key = key,
			.received_at = MORNING,
			.raw = raw,
			.raw_len = 399999,
		};

		(void)snprintf(key, sizeof(key), "8/%d", i);
		added = inbox_add(fixture->store, &row, &id, &fixture->err);
	}
	assert_int_equal(added, -1);
	assert_int_equal(fixture->err.kind, ERR_TEMP);
	/* SQLite may have undone it; nothing may be added to the void. */
	if (!store_in_transaction(fixture->store)) {
		const struct timer timer = { .case_id = 1 };

		assert_int_equal(
		    timer_set(fixture->store, &timer, &fixture->err), -1);
		assert_int_equal(fixture->err.kind, ERR_TEMP);
	}
	store_rollback(fixture->store);
	assert_int_equal(inbox_waiting_count(fixture->store), 1);

	run_sql(fixture->store, "PRAGMA max_page_count = 100000");
	fixture_begin(fixture);
	(void)fixture_mail(fixture, 2, raw);
	fixture_commit(fixture);
	assert_int_equal(inbox_waiting_count(fixture->store), 2);
	free(raw);
}

static void
a_store_that_somebody_writes_to_is_busy(void **state)
{
	struct fixture *fixture = *state;
	struct store *other = store_open(fixture->path, &fixture->err);

	assert_non_null(other);
	(void)sqlite3_busy_timeout(other->db, 0);
	fixture_begin(fixture);
	assert_int_equal(store_begin(other, &fixture->err), -1);
	assert_int_equal(fixture->err.kind, ERR_TEMP);
	store_rollback(fixture->store);
	assert_int_equal(store_begin(other, &fixture->err), 0);
	store_close(&other);
}

static void
a_look_up_that_failed_makes_the_commit_fail(void **state)
{
	struct fixture *fixture = *state;

	fixture_begin(fixture);
	run_sql(fixture->store, "ALTER TABLE outbox RENAME TO gone");
	assert_int_equal(out_next_id(fixture->store), 1);
	assert_int_equal(store_commit(fixture->store, &fixture->err), -1);
	assert_int_equal(fixture->err.kind, ERR_BUG);
	store_rollback(fixture->store);
	fixture_begin(fixture);
	fixture_commit(fixture);
}

static void
the_connection_is_as_careful_as_it_should_be(void **state)
{
	static const struct {
		const char *ask;
		const char *expect;
	} settings[] = {
		{ "PRAGMA journal_mode", "wal" },
		{ "PRAGMA synchronous", "2" },
		{ "PRAGMA foreign_keys", "1" },
		{ "PRAGMA trusted_schema", "0" },
		{ "PRAGMA integrity_check", "ok" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_COUNT(settings); i++) {
		sqlite3_stmt *answer = NULL;

		assert_int_equal(sqlite3_prepare_v2(fixture->store->db,
				     settings[i].ask, -1, &answer, NULL),
		    SQLITE_OK);
		assert_int_equal(sqlite3_step(answer), SQLITE_ROW);
		assert_string_equal(
		    (const char *)sqlite3_column_text(answer, 0),
		    settings[i].expect);
		(void)sqlite3_finalize(answer);
	}
	assert_int_not_equal(
	    sqlite3_exec(fixture->store->db,
		"PRAGMA writable_schema = ON; DELETE FROM sqlite_schema", NULL,
		NULL, NULL),
	    SQLITE_OK);
}

static void
the_story_of_a_case_is_append_only(void **state)
{
	static const char *const attempts[] = {
		"UPDATE events SET actor = 'nobody'",
		"DELETE FROM events",
		"REPLACE INTO events SELECT * FROM events",
	};
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	struct effects effects;

	fixture_save(fixture, &file);
	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_EVENT)->event =
	    (struct event){ .case_id = 1, .name = "created" };
	assert_int_equal(store_apply(fixture->store, &effects, 0, MORNING,
			     &fixture->err),
	    0);
	for (size_t i = 0; i < ARRAY_COUNT(attempts); i++)
		assert_int_not_equal(sqlite3_exec(fixture->store->db,
					 attempts[i], NULL, NULL, NULL),
		    SQLITE_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_statement_can_be_prepared,
		    fixture_memory, fixture_done),
		cmocka_unit_test_setup_teardown(
		    a_statement_with_a_parameter_too_few_is_not_run,
		    fixture_memory, fixture_done),
		cmocka_unit_test_setup_teardown(
		    columns_are_read_in_the_order_of_the_statement,
		    fixture_memory, fixture_done),
		cmocka_unit_test_setup_teardown(
		    no_hot_query_walks_through_a_table, fixture_memory,
		    fixture_done),
		cmocka_unit_test_setup_teardown(
		    the_schema_knows_every_state, fixture_memory, fixture_done),
		cmocka_unit_test_setup_teardown(
		    a_full_disk_is_temporary_and_leaves_nothing_half,
		    fixture_file, fixture_done),
		cmocka_unit_test_setup_teardown(
		    a_store_that_somebody_writes_to_is_busy, fixture_file,
		    fixture_done),
		cmocka_unit_test_setup_teardown(
		    a_look_up_that_failed_makes_the_commit_fail, fixture_file,
		    fixture_done),
		cmocka_unit_test_setup_teardown(
		    the_connection_is_as_careful_as_it_should_be, fixture_file,
		    fixture_done),
		cmocka_unit_test_setup_teardown(
		    the_story_of_a_case_is_append_only, fixture_memory,
		    fixture_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
