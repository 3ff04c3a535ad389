#include "tests/support/cmocka_fence.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "lib/err.h"
#include "store/migrate.h"

#define OURS "PRAGMA application_id = 1397249367;"

static const char *const steps[] = {
	OURS "CREATE TABLE a (x); PRAGMA user_version = 1;",
	"ALTER TABLE a ADD COLUMN y; PRAGMA user_version = 2;",
	"CREATE TABLE b (z); PRAGMA user_version = 3;",
};

static int
with_database(void **state)
{
	return sqlite3_open(":memory:", (sqlite3 **)state) != SQLITE_OK;
}

static int
close_database(void **state)
{
	return sqlite3_close(*state) != SQLITE_OK;
}

/* Everything that the schema says, in one text. */
static char *
schema(sqlite3 *db)
{
	sqlite3_stmt *list = NULL;
	char *text = NULL;

	assert_int_equal(sqlite3_prepare_v2(db,
			     "SELECT group_concat(sql, ';') FROM "
			     "(SELECT sql FROM sqlite_schema ORDER BY name)",
			     -1, &list, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(list), SQLITE_ROW);
	if (sqlite3_column_text(list, 0) != NULL)
		text = strdup((const char *)sqlite3_column_text(list, 0));
	(void)sqlite3_finalize(list);
	return text;
}

static void
every_version_upgrades_to_the_schema_of_a_fresh_file(void **state)
{
	struct err err = { 0 };
	char *fresh, *upgraded;

	(void)state;
	for (int from = 0; from < store_migration_count; from++) {
		sqlite3 *old = NULL, *new = NULL;

		assert_int_equal(sqlite3_open(":memory:", &old), SQLITE_OK);
		assert_int_equal(sqlite3_open(":memory:", &new), SQLITE_OK);
		assert_int_equal(migrate(new, &err), 0);
		assert_int_equal(
		    migrate_to(old, store_migrations, from, &err), 0);
		assert_int_equal(migrate(old, &err), 0);
		assert_int_equal(migrate(old, &err), 0);
		fresh = schema(new);
		upgraded = schema(old);
		assert_non_null(fresh);
		assert_string_equal(upgraded, fresh);
		free(fresh);
		free(upgraded);
		(void)sqlite3_close(old);
		(void)sqlite3_close(new);
	}
}

static void
only_what_is_missing_is_run(void **state)
{
	sqlite3 *db = *state;
	struct err err = { 0 };
	char *text;

	assert_int_equal(migrate_to(db, steps, 1, &err), 0);
	assert_int_equal(migrate_to(db, steps, 3, &err), 0);
	assert_int_equal(migrate_to(db, steps, 3, &err), 0);
	text = schema(db);
	assert_string_equal(
	    text, "CREATE TABLE a (x, y);CREATE TABLE b (z)");
	free(text);
}

static void
a_step_that_fails_leaves_the_file_at_the_one_before(void **state)
{
	static const char *const broken[] = {
		OURS "CREATE TABLE a (x); PRAGMA user_version = 1;",
		"CREATE TABLE half (x); PRAGMA user_version = 2; SELECT oops;",
	};
	sqlite3 *db = *state;
	struct err err = { 0 };
	char *text;

	assert_int_equal(migrate_to(db, broken, 2, &err), -1);
	assert_int_equal(err.kind, ERR_BUG);
	assert_non_null(strstr(err.msg, "schema 2"));
	text = schema(db);
	assert_string_equal(text, "CREATE TABLE a (x)");
	free(text);
	assert_int_equal(migrate_to(db, steps, 3, &err), 0);
}

static void
a_step_that_does_not_say_its_number_is_a_fault(void **state)
{
	static const char *const silent[] = { OURS "CREATE TABLE a (x);" };
	struct err err = { 0 };

	assert_int_equal(migrate_to(*state, silent, 1, &err), -1);
	assert_int_equal(err.kind, ERR_BUG);
	assert_null(schema(*state));
}

static void
a_newer_file_is_not_touched(void **state)
{
	sqlite3 *db = *state;
	struct err err = { 0 };
	char *text;

	assert_int_equal(migrate_to(db, steps, 3, &err), 0);
	assert_int_equal(migrate_to(db, steps, 2, &err), -1);
	assert_int_equal(err.kind, ERR_CONF);
	text = schema(db);
	assert_non_null(strstr(text, "TABLE b"));
	free(text);
}

static void
a_database_of_somebody_else_is_not_touched(void **state)
{
	sqlite3 *db = *state;
	struct err err = { 0 };

	assert_int_equal(sqlite3_exec(db, "CREATE TABLE theirs (x)", NULL, NULL,
			     NULL),
	    SQLITE_OK);
	assert_int_equal(migrate(db, &err), -1);
	assert_int_equal(err.kind, ERR_CONF);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_version_upgrades_to_the_schema_of_a_fresh_file),
		cmocka_unit_test_setup_teardown(only_what_is_missing_is_run,
		    with_database, close_database),
		cmocka_unit_test_setup_teardown(
		    a_step_that_fails_leaves_the_file_at_the_one_before,
		    with_database, close_database),
		cmocka_unit_test_setup_teardown(
		    a_step_that_does_not_say_its_number_is_a_fault,
		    with_database, close_database),
		cmocka_unit_test_setup_teardown(a_newer_file_is_not_touched,
		    with_database, close_database),
		cmocka_unit_test_setup_teardown(
		    a_database_of_somebody_else_is_not_touched, with_database,
		    close_database),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
