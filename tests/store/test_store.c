/*
 * Transactions, units of work, and what can be wrong with the file.
 */
#include "tests/support/cmocka_fence.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/cases.h"
#include "store/outbox.h"
#include "tests/support/store_fixture.h"

#define IN_FILE(test)                                                          \
	cmocka_unit_test_setup_teardown(test, fixture_file, fixture_done)

static void
run_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	(void)sqlite3_close(db);
}

static void
what_was_committed_is_there_after_reopening(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	struct case_file found;

	fixture_begin(fixture);
	fixture_save(fixture, &file);
	fixture_commit(fixture);
	fixture_reopen(fixture);
	assert_int_equal(case_load(fixture->store, 1, &fixture->arena, &found,
			     &fixture->err),
	    1);
	assert_string_equal(found.number, file.number);
}

static void
what_was_rolled_back_is_not(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);

	fixture_begin(fixture);
	fixture_save(fixture, &file);
	assert_true(store_in_transaction(fixture->store));
	store_rollback(fixture->store);
	assert_false(store_in_transaction(fixture->store));
	assert_int_equal(case_count(fixture->store), 0);
	assert_int_equal(case_next_serial(fixture->store, "261123"), 1);
}

static void
closing_undoes_an_open_transaction(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);

	fixture_begin(fixture);
	fixture_save(fixture, &file);
	fixture_reopen(fixture);
	assert_int_equal(case_count(fixture->store), 0);
}

static void
a_unit_is_undone_alone(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file first = fixture_case(1);
	const struct case_file second = fixture_case(2);

	fixture_begin(fixture);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
		    store_unit_begin(fixture->store, &fixture->err), 0);
		fixture_save(fixture, i == 0 ? &first : &second);
		if (i == 0)
			assert_int_equal(
			    store_unit_keep(fixture->store, &fixture->err), 0);
		else
			store_unit_undo(fixture->store);
	}
	fixture_commit(fixture);
	assert_int_equal(case_count(fixture->store), 1);
}

static void
a_write_outside_a_transaction_is_refused(void **state)
{
	struct fixture *fixture = *state;
	const struct timer timer = { .case_id = 1, .due = MORNING };

	assert_int_equal(timer_set(fixture->store, &timer, &fixture->err), -1);
	assert_int_equal(fixture->err.kind, ERR_BUG);
	assert_int_equal(store_unit_begin(fixture->store, &fixture->err), -1);
	assert_int_equal(store_commit(fixture->store, &fixture->err), -1);
}

static void
a_reader_sees_what_is_committed_and_changes_nothing(void **state)
{
	struct fixture *fixture = *state;
	const struct case_file file = fixture_case(1);
	const struct timer timer = { .case_id = 1 };
	struct store *reader;

	fixture_begin(fixture);
	fixture_save(fixture, &file);
	fixture_commit(fixture);
	reader = store_open_readonly(fixture->path, &fixture->err);
	assert_non_null(reader);
	fixture_begin(fixture);
	assert_int_equal(case_count(reader), 1);
	store_rollback(fixture->store);
	assert_int_equal(store_begin(reader, &fixture->err), 0);
	assert_int_equal(timer_set(reader, &timer, &fixture->err), -1);
	assert_int_equal(fixture->err.kind, ERR_CONF);
	store_close(&reader);
}

static void
a_missing_file_is_not_made_by_a_reader(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_null(store_open_readonly("/nonexistent/store", &err));
	assert_int_equal(err.kind, ERR_CONF);
	assert_null(store_open("/nonexistent/store", &err));
	assert_int_equal(err.kind, ERR_CONF);
}

static void
a_newer_file_is_the_operators_matter(void **state)
{
	struct fixture *fixture = *state;

	store_close(&fixture->store);
	run_sql(fixture->path, "PRAGMA user_version = 9999");
	assert_null(store_open(fixture->path, &fixture->err));
	assert_int_equal(fixture->err.kind, ERR_CONF);
	assert_non_null(strstr(fixture->err.msg, "9999"));
	assert_null(store_open_readonly(fixture->path, &fixture->err));
}

static void
somebody_elses_database_is_left_alone(void **state)
{
	struct fixture *fixture = *state;

	store_close(&fixture->store);
	run_sql(fixture->path, "PRAGMA application_id = 1");
	assert_null(store_open(fixture->path, &fixture->err));
	assert_int_equal(fixture->err.kind, ERR_CONF);
}

static void
a_file_that_is_no_database_is_left_alone(void **state)
{
	static const char words[] = "Dear owner, this is a letter.\n";
	struct fixture *fixture = *state;
	FILE *file;
	char kept[sizeof(words)] = "";

	store_close(&fixture->store);
	file = fopen(fixture->path, "w");
	assert_non_null(file);
	for (int i = 0; i < 100; i++)
		assert_true(fputs(words, file) >= 0);
	(void)fclose(file);
	assert_null(store_open(fixture->path, &fixture->err));
	assert_int_equal(fixture->err.kind, ERR_CONF);
	file = fopen(fixture->path, "r");
	assert_non_null(file);
	assert_non_null(fgets(kept, sizeof(kept), file));
	assert_string_equal(kept, words);
	(void)fclose(file);
}

static void
the_file_is_made_to_survive_a_power_cut(void **state)
{
	struct fixture *fixture = *state;
	char name[80];

	(void)snprintf(name, sizeof(name), "%s-wal", fixture->path);
	assert_int_equal(access(name, F_OK), 0);
}

static void
a_new_file_is_for_its_user_alone(void **state)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char folder[] = "/tmp/shouwen-store-XXXXXX", path[80], name[90];
	mode_t mask = umask(0022);
	struct err err = { 0 };
	struct store *store;
	struct stat found;

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/store", folder);
	store = store_open(path, &err);
	assert_non_null(store);
	for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		assert_int_equal(stat(name, &found), 0);
		assert_int_equal(found.st_mode & 0777, 0600);
	}
	store_close(&store);
	(void)unlink(path);
	(void)rmdir(folder);
	(void)umask(mask);
}

/* ---- crashes ---- */

static void
work_and_die(const char *path, bool after_commit)
{
	const struct case_file file = fixture_case(1);
	const struct outgoing out = fixture_out(1, 1);
	struct fixture fixture = { 0 };
	struct effects effects;
	int64_t inbox;

	arena_init(&fixture.arena, 1 << 20);
	fixture.store = store_open(path, &fixture.err);
	if (fixture.store == NULL || store_begin(fixture.store, &fixture.err) < 0)
		_exit(1);
	inbox = fixture_mail(&fixture, 1, "help");
	effects_init(&effects, &fixture.arena);
	effects_add(&effects, EFFECT_CASE)->the_case = file;
	effects_add(&effects, EFFECT_EVENT)->event =
	    (struct event){ .case_id = 1, .name = "created", .text = "help" };
	effects_add(&effects, EFFECT_TIMER_SET)->timer =
	    (struct timer){ .case_id = 1, .due = MORNING };
	effects_add(&effects, EFFECT_SEND)->send = out;
	effects_add(&effects, EFFECT_ATTACH)->attach = 1;
	if (store_apply(
		fixture.store, &effects, inbox, MORNING, &fixture.err) < 0)
		_exit(1);
	if (after_commit && store_commit(fixture.store, &fixture.err) < 0)
		_exit(1);
	_exit(42);
}

static void
die_in_child(const char *path, bool after_commit)
{
	pid_t child = fork();
	int status = 0;

	assert_true(child >= 0);
	if (child == 0)
		work_and_die(path, after_commit);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 42);
}

static void
a_crash_before_the_commit_leaves_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct timer timer;

	store_close(&fixture->store);
	die_in_child(fixture->path, false);
	fixture_reopen(fixture);
	assert_int_equal(case_count(fixture->store), 0);
	assert_int_equal(inbox_waiting_count(fixture->store), 0);
	assert_int_equal(out_waiting_count(fixture->store), 0);
	assert_int_equal(
	    timers_due(fixture->store, MORNING, &timer, 1, &fixture->err), 0);
}

static void
a_crash_after_the_commit_leaves_everything(void **state)
{
	struct fixture *fixture = *state;
	struct inbox_row row;
	struct timer timer;

	store_close(&fixture->store);
	die_in_child(fixture->path, true);
	fixture_reopen(fixture);
	assert_int_equal(case_count(fixture->store), 1);
	assert_int_equal(out_waiting_count(fixture->store), 1);
	assert_int_equal(
	    timers_due(fixture->store, MORNING, &timer, 1, &fixture->err), 1);
	assert_int_equal(inbox_load(fixture->store, 1, &fixture->arena, &row,
			     &fixture->err),
	    1);
	assert_int_equal(row.state, INBOX_DONE);
	assert_int_equal(row.case_id, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FILE(what_was_committed_is_there_after_reopening),
		IN_FILE(what_was_rolled_back_is_not),
		IN_FILE(closing_undoes_an_open_transaction),
		IN_FILE(a_unit_is_undone_alone),
		IN_FILE(a_write_outside_a_transaction_is_refused),
		IN_FILE(a_reader_sees_what_is_committed_and_changes_nothing),
		cmocka_unit_test(a_missing_file_is_not_made_by_a_reader),
		IN_FILE(a_newer_file_is_the_operators_matter),
		IN_FILE(somebody_elses_database_is_left_alone),
		IN_FILE(a_file_that_is_no_database_is_left_alone),
		IN_FILE(the_file_is_made_to_survive_a_power_cut),
		IN_FILE(a_crash_before_the_commit_leaves_nothing),
		IN_FILE(a_crash_after_the_commit_leaves_everything),
		cmocka_unit_test(a_new_file_is_for_its_user_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
