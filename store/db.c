#include "store/db.h"

#include <sqlite3.h>
#include <stdio.h>

#include "lib/arena.h"

static enum err_kind
kind_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL:
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_IOERR:
	case SQLITE_NOMEM:
	case SQLITE_PROTOCOL:
		return ERR_TEMP;
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return ERR_CONF;
	default:
		return ERR_BUG;
	}
}

int
db_failed(struct sqlite3 *db, const char *what, struct err *err)
{
	return err_set(err, kind_of(sqlite3_extended_errcode(db)), "%s: %s", what,
	    sqlite3_errmsg(db));
}

static int
prepare(struct store *store, enum sql sql, struct err *err)
{
	struct sqlite3_stmt **place = &store->statements[sql];

	if (sqlite3_prepare_v3(store->db, sql_texts[sql], -1,
		SQLITE_PREPARE_PERSISTENT, place, NULL) == SQLITE_OK)
		return 0;
	return db_failed(store->db, "preparing", err);
}

/* These make transactions; everything else that writes needs one. */
static const bool is_control[SQL_COUNT] = {
	[SQL_BEGIN] = true,
	[SQL_COMMIT] = true,
	[SQL_ROLLBACK] = true,
	[SQL_UNIT_BEGIN] = true,
	[SQL_UNIT_KEEP] = true,
	[SQL_UNIT_UNDO] = true,
};

/* SQLite undoes a whole transaction by itself on some failures; what came
 * after would be committed row by row. */
static int
check_writer(const struct store *store, enum sql sql, struct err *err)
{
	if (is_control[sql] || !sqlite3_get_autocommit(store->db) ||
	    sqlite3_stmt_readonly(store->statements[sql]))
		return 0;
	if (store->has_begun)
		return err_set(err, ERR_TEMP, "the transaction was undone");
	return err_set(err, ERR_BUG, "a write outside a transaction");
}

int
query_open(
    struct query *query, struct store *store, enum sql sql, struct err *err)
{
	if (store->statements[sql] == NULL && prepare(store, sql, err) < 0)
		return -1;
	if (sqlite3_stmt_busy(store->statements[sql])) {
		(void)err_set(err, ERR_BUG, "statement %d is in use", (int)sql);
		return -1;
	}
	if (check_writer(store, sql, err) < 0)
		return -1;
	*query = (struct query){
		.store = store,
		.statement = store->statements[sql],
		.sql = sql,
	};
	return 0;
}

void
query_done(struct query *query)
{
	if (query->statement == NULL)
		return;
	(void)sqlite3_reset(query->statement);
	(void)sqlite3_clear_bindings(query->statement);
	query->statement = NULL;
}

static void
note_bind(struct query *query, int code)
{
	if (query->failed == SQLITE_OK)
		query->failed = code;
}

void
query_num(struct query *query, int64_t value)
{
	note_bind(query,
	    sqlite3_bind_int64(query->statement, ++query->bound, value));
}

void
query_maybe(struct query *query, int64_t value)
{
	/* Unbound is NULL. */
	query->bound++;
	if (value != 0)
		note_bind(query,
		    sqlite3_bind_int64(query->statement, query->bound, value));
}

void
query_text(struct query *query, const char *text)
{
	query->bound++;
	if (text != NULL)
		note_bind(query,
		    sqlite3_bind_text(query->statement, query->bound, text, -1,
			SQLITE_STATIC));
}

void
query_bytes(struct query *query, const void *data, size_t len)
{
	note_bind(query,
	    sqlite3_bind_blob64(query->statement, ++query->bound,
		data == NULL ? "" : data, len, SQLITE_STATIC));
}

static int
step(struct query *query, struct err *err)
{
	char what[40]; /* enough of the SQL to tell which it was */

	if (query->failed != SQLITE_OK)
		return err_set(err, kind_of(query->failed), "parameter %d: %s",
		    query->bound, sqlite3_errstr(query->failed));
	if (query->bound != sqlite3_bind_parameter_count(query->statement))
		return err_set(err, ERR_BUG, "statement %d: %d parameters",
		    (int)query->sql, query->bound);
	switch (sqlite3_step(query->statement)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		(void)snprintf(what, sizeof(what), "%s", sql_texts[query->sql]);
		return db_failed(query->store->db, what, err);
	}
}

int
query_row(struct query *query, struct err *err)
{
	return step(query, err);
}

int
query_run(struct query *query, struct err *err)
{
	return step(query, err) < 0 ? -1 : 0;
}

int
query_first(struct query *query, struct store *store, enum sql sql,
    int64_t number, struct err *err)
{
	if (query_open(query, store, sql, err) < 0)
		return -1;
	query_num(query, number);
	return query_row(query, err);
}

int
store_run(struct store *store, enum sql sql, int64_t number, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, sql, err) < 0)
		return -1;
	query_num(&query, number);
	return query_run(&query, err);
}

int
query_again(struct query *query, struct err *err)
{
	if (query_run(query, err) < 0)
		return -1;
	(void)sqlite3_reset(query->statement);
	(void)sqlite3_clear_bindings(query->statement);
	query->bound = 0;
	return 0;
}

int
query_insert(struct query *query, int64_t *ret_id, struct err *err)
{
	if (query_run(query, err) < 0)
		return -1;
	if (query_changes(query) == 0)
		return 0;
	*ret_id = sqlite3_last_insert_rowid(query->store->db);
	return 1;
}

int64_t
query_get(const struct query *query, int column)
{
	return sqlite3_column_int64(query->statement, column);
}

const char *
query_get_text(const struct query *query, int column, struct arena *arena)
{
	const char *text =
	    (const char *)sqlite3_column_text(query->statement, column);

	if (text == NULL)
		return NULL;
	return arena_strndup(arena, text,
	    (size_t)sqlite3_column_bytes(query->statement, column));
}

const char *
query_peek(const struct query *query, int column)
{
	return (const char *)sqlite3_column_text(query->statement, column);
}

struct bytes
query_get_bytes(const struct query *query, int column)
{
	const char *data = sqlite3_column_blob(query->statement, column);

	return (struct bytes){
		.data = data,
		.len = (size_t)sqlite3_column_bytes(query->statement, column),
	};
}

int
query_changes(const struct query *query)
{
	return sqlite3_changes(query->store->db);
}

int
query_list(struct query *query, int64_t *ret, int max, struct err *err)
{
	int count = 0, more = 0;

	while (count < max && (more = query_row(query, err)) > 0)
		ret[count++] = query_get(query, 0);
	return more < 0 ? -1 : count;
}

static void
remember(struct store *store, const struct err *err)
{
	if (store->failure.kind == ERR_NONE)
		store->failure = *err;
}

void
query_open_quietly(struct query *query, struct store *store, enum sql sql)
{
	struct err err = { 0 };

	if (query_open(query, store, sql, &err) < 0)
		remember(store, &err);
}

int64_t
query_number(struct query *query)
{
	struct err err = { 0 };
	int found;

	if (query->statement == NULL)
		return 0;
	found = query_row(query, &err);
	if (found < 0)
		remember(query->store, &err);
	return found > 0 ? query_get(query, 0) : 0;
}

int64_t
store_number(struct store *store, enum sql sql)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, sql);
	return query_number(&query);
}

int64_t
store_number_of(struct store *store, enum sql sql, const char *key)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, sql);
	query_text(&query, key);
	return query_number(&query);
}
