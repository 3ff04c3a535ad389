#include "store/store.h"

#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/limits.h"
#include "lib/text.h"
#include "store/db.h"
#include "store/migrate.h"

#define BUSY_MS 5000

/* Settings of the connection; those of the file are in make_durable(). */
static const char settings[] =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF;"
    /* Else REPLACE would pass the triggers that keep events. */
    "PRAGMA recursive_triggers = ON;"
    "PRAGMA cell_size_check = ON;"
    /* What a unit may have to undo stays in memory. */
    "PRAGMA temp_store = MEMORY;"
    /* 10 MB; 16 MB were no faster. */
    "PRAGMA cache_size = -10240;";

static const char durable_settings[] =
    "PRAGMA synchronous = FULL;"
    /* 32 MB: bulk load is copied into the file less often. */
    "PRAGMA wal_autocheckpoint = 8000;"
    "PRAGMA journal_size_limit = 67108864;";

static int
run(struct store *store, const char *sql, const char *what, struct err *err)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_failed(store->db, what, err);
	return 0;
}

static int
keep_wal_mode(void *arg, int count, char **values, char **names)
{
	(void)count;
	(void)names;
	*(bool *)arg = text_eq(values[0], "wal");
	return 0;
}

/* A file system without shared memory refuses WAL, and says so only in the
 * pragma's result. */
static int
make_durable(struct store *store, const char *path, struct err *err)
{
	bool is_wal = false;

	if (sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", keep_wal_mode,
		&is_wal, NULL) != SQLITE_OK)
		return db_failed(store->db, "write-ahead log", err);
	if (!is_wal)
		return err_set(err, ERR_CONF,
		    "%s: this file system allows no write-ahead log", path);
	return run(store, durable_settings, "settings", err);
}

/* SQLite says only that it cannot open the file. */
static bool
has_folder(const char *path)
{
	const char *end = strrchr(path, '/');
	char folder[PATH_MAX];

	if (end == NULL || end == path ||
	    (size_t)(end - path) >= sizeof(folder))
		return true;
	memcpy(folder, path, (size_t)(end - path));
	folder[end - path] = '\0';
	return access(folder, F_OK) == 0;
}

static struct store *
open_file(const char *path, int flags, struct err *err)
{
	struct store *store = calloc(1, sizeof(*store));

	if (store == NULL)
		abort();
	/* The store is used by one thread: no locks, no counting of memory.
	 * Refused, and of no matter, once SQLite is in use. */
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	buf_init(&store->scratch, LIMIT_WORK_BYTES);
	if (sqlite3_open_v2(path, &store->db, flags | SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK) {
		if (has_folder(path))
			(void)db_failed(store->db, path, err);
		else
			(void)err_set(err, ERR_CONF,
			    "%s: its folder is not there; make it, or set "
			    "state_dir",
			    path);
		store_close(&store);
		return NULL;
	}
	(void)sqlite3_extended_result_codes(store->db, 1);
	(void)sqlite3_db_config(
	    store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
	return store;
}

/* People's data are for the desk's user alone, whatever the umask; SQLite
 * gives its other files the same mode.  Why it cannot be made, SQLite says. */
static void
make_private(const char *path)
{
	int fd = text_eq(path, ":memory:")
		     ? -1
		     : open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0)
		(void)close(fd);
}

struct store *
store_open(const char *path, struct err *err)
{
	struct store *store;

	make_private(path);
	store =
	    open_file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);
	if (store == NULL)
		return NULL;
	(void)sqlite3_busy_timeout(store->db, BUSY_MS);
	/* Is it ours at all?  Only then may anything in it be changed. */
	if (run(store, settings, path, err) < 0 ||
	    migrate_check(store->db, err) < 0 ||
	    (!text_eq(path, ":memory:") &&
		make_durable(store, path, err) < 0) ||
	    migrate(store->db, err) < 0) {
		store_close(&store);
		return NULL;
	}
	return store;
}

struct store *
store_open_readonly(const char *path, struct err *err)
{
	struct store *store = open_file(path, SQLITE_OPEN_READONLY, err);

	if (store == NULL)
		return NULL;
	if (run(store, settings, path, err) < 0 ||
	    migrate_check(store->db, err) < 0) {
		store_close(&store);
		return NULL;
	}
	return store;
}

void
store_close(struct store **store)
{
	struct store *gone = *store;

	*store = NULL;
	if (gone == NULL)
		return;
	for (int i = 0; i < SQL_COUNT; i++)
		(void)sqlite3_finalize(gone->statements[i]);
	(void)sqlite3_close(gone->db);
	buf_done(&gone->scratch);
	free(gone);
}

static void
run_quietly(struct store *store, enum sql sql)
{
	struct query query scoped(query_done) = { 0 };

	/* SQLite may have undone the transaction by itself. */
	if (sqlite3_get_autocommit(store->db))
		return;
	query_open_quietly(&query, store, sql);
	(void)query_number(&query);
}

static int
run_one(struct store *store, enum sql sql, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, sql, err) < 0)
		return -1;
	return query_run(&query, err);
}

int
store_begin(struct store *store, struct err *err)
{
	store->failure = (struct err){ 0 };
	if (run_one(store, SQL_BEGIN, err) < 0)
		return -1;
	store->has_begun = true;
	return 0;
}

int
store_commit(struct store *store, struct err *err)
{
	if (store->failure.kind != ERR_NONE) {
		if (err != NULL)
			*err = store->failure;
		return -1;
	}
	if (!store_in_transaction(store))
		return err_set(err, store->has_begun ? ERR_TEMP : ERR_BUG,
		    "no transaction to commit");
	if (run_one(store, SQL_COMMIT, err) < 0)
		return -1;
	store->has_begun = false;
	return 0;
}

void
store_rollback(struct store *store)
{
	run_quietly(store, SQL_ROLLBACK);
	store->has_begun = false;
	store->failure = (struct err){ 0 };
}

bool
store_in_transaction(const struct store *store)
{
	return !sqlite3_get_autocommit(store->db);
}

int
store_unit_begin(struct store *store, struct err *err)
{
	/* A savepoint outside a transaction would be one of its own. */
	if (!store_in_transaction(store))
		return err_set(err, store->has_begun ? ERR_TEMP : ERR_BUG,
		    "a unit outside a transaction");
	return run_one(store, SQL_UNIT_BEGIN, err);
}

int
store_unit_keep(struct store *store, struct err *err)
{
	return run_one(store, SQL_UNIT_KEEP, err);
}

void
store_unit_undo(struct store *store)
{
	run_quietly(store, SQL_UNIT_UNDO);
	run_quietly(store, SQL_UNIT_KEEP);
}
