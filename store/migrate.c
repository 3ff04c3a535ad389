#include "store/migrate.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>

#include "lib/err.h"
#include "store/db.h"

/* "SHUW": what migration 0001 writes into the file's header. */
#define APPLICATION_ID 0x53485557

static int
keep_number(void *arg, int count, char **values, char **names)
{
	(void)names;
	if (count != 1 || values[0] == NULL)
		return 1;
	*(int64_t *)arg = strtoll(values[0], NULL, 10);
	return 0;
}

static int
ask(struct sqlite3 *db, const char *sql, int64_t *ret, struct err *err)
{
	if (sqlite3_exec(db, sql, keep_number, ret, NULL) != SQLITE_OK)
		return db_failed(db, "reading the schema", err);
	return 0;
}

static int
check(struct sqlite3 *db, int count, int64_t *ret_version, struct err *err)
{
	int64_t tables = 0, application = 0;

	if (ask(db, "SELECT count(*) FROM sqlite_schema", &tables, err) < 0 ||
	    ask(db, "PRAGMA application_id", &application, err) < 0 ||
	    ask(db, "PRAGMA user_version", ret_version, err) < 0)
		return -1;
	if (tables > 0 && application != APPLICATION_ID)
		return err_set(err, ERR_CONF, "this is no store of shouwen");
	if (*ret_version > count)
		return err_set(err, ERR_CONF,
		    "the store has schema %lld, this program knows %d: it is "
		    "older than the store",
		    (long long)*ret_version, count);
	return 0;
}

int
migrate_check(struct sqlite3 *db, struct err *err)
{
	int64_t version = 0;

	return check(db, store_migration_count, &version, err);
}

static int
run_one(struct sqlite3 *db, const char *sql, int version, struct err *err)
{
	int64_t reached = 0;

	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_failed(db, "migration", err);
	if (ask(db, "PRAGMA user_version", &reached, err) < 0)
		return -1;
	if (reached != version)
		return err_set(err, ERR_BUG,
		    "migration %d left user_version at %lld", version,
		    (long long)reached);
	return 0;
}

static void
undo(struct sqlite3 *db)
{
	if (!sqlite3_get_autocommit(db))
		(void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
}

/* The version is read again inside the transaction: two processes may have
 * started at once. */
static int
step(struct sqlite3 *db, const char *const *list, int count, int64_t *ret_done,
    struct err *err)
{
	if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
		return db_failed(db, "migration", err);
	if (check(db, count, ret_done, err) < 0 ||
	    (*ret_done < count &&
		run_one(db, list[*ret_done], (int)*ret_done + 1, err) < 0)) {
		undo(db);
		return -1;
	}
	if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
		(void)db_failed(db, "migration", err);
		undo(db);
		return -1;
	}
	return 0;
}

int
migrate_to(struct sqlite3 *db, const char *const *list, int count,
    struct err *err)
{
	int64_t done = 0;

	if (check(db, count, &done, err) < 0)
		return -1;
	while (done < count) {
		if (step(db, list, count, &done, err) < 0)
			return err_wrap(err, "schema %lld", (long long)done + 1);
		done++;
	}
	return 0;
}

int
migrate(struct sqlite3 *db, struct err *err)
{
	return migrate_to(db, store_migrations, store_migration_count, err);
}
