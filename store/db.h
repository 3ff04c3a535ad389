/*
 * db - inside of the store: the connection, and queries on it.
 *
 * Only files of store/ include this.  A query is one use of a prepared
 * statement: open, bind the parameters in order, run or step, done.  A bind
 * that fails is remembered and reported by the run, so that a long list of
 * parameters needs one check.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "store/sql.h"
#include "store/store.h"

struct arena;
struct sqlite3;
struct sqlite3_stmt;

struct store {
	struct sqlite3 *db;
	struct sqlite3_stmt *statements[SQL_COUNT];
	bool has_begun;
	struct buf scratch; /* of whoever needs it for a moment */
	/* A look-up without an error of its own failed: the commit fails. */
	struct err failure;
};

/* Fill *err from the connection's last failure and return -1. */
int db_failed(struct sqlite3 *db, const char *what, struct err *err);

struct query {
	struct store *store;
	struct sqlite3_stmt *statement;
	enum sql sql;
	int bound; /* parameters so far */
	int failed; /* the first bind's result that was not SQLITE_OK */
};

/* A query of `sql', prepared on its first use.  Declare it as
 * `struct query query scoped(query_done) = { 0 }'. */
int query_open(struct query *query, struct store *store, enum sql sql,
    struct err *err) must_check;
/* Resets the statement and lets go of what was bound. */
void query_done(struct query *query);

/* The next parameter.  Text and bytes are borrowed until query_done(). */
void query_num(struct query *query, int64_t value);
/* 0 is stored as NULL: instants and ids that may be absent. */
void query_maybe(struct query *query, int64_t value);
void query_text(struct query *query, const char *text); /* or NULL */
void query_bytes(struct query *query, const void *data, size_t len);

/* Run to its end; for statements without a result. */
int query_run(struct query *query, struct err *err) must_check;
/* Run, make it ready for other parameters. */
int query_again(struct query *query, struct err *err) must_check;
/* Run an INSERT: 1 and the new row's id, 0 when ON CONFLICT left it, -1. */
int query_insert(struct query *query, int64_t *ret_id, struct err *err)
    must_check;
/* The next row: 1, 0 no more, -1. */
int query_row(struct query *query, struct err *err) must_check;
/* Of a statement with one parameter, a number: opened and its first row, as
 * query_row(); or run to its end. */
int query_first(struct query *query, struct store *store, enum sql sql,
    int64_t number, struct err *err) must_check;
int store_run(struct store *store, enum sql sql, int64_t number,
    struct err *err) must_check;

/* Columns of the row, from 0.  NULL reads as 0 and NULL. */
int64_t query_get(const struct query *query, int column);
const char *query_get_text(
    const struct query *query, int column, struct arena *arena);
/* Text in place, until the next row. */
const char *query_peek(const struct query *query, int column);
struct bytes query_get_bytes(const struct query *query, int column);

/* Rows changed by the last query_run(). */
int query_changes(const struct query *query);

/* Rows whose first column is a number, at most `max'. The count, or -1. */
int query_list(
    struct query *query, int64_t *ret, int max, struct err *err) must_check;

/* For look-ups that have no error of their own: a failure is kept in the
 * store, where the next commit meets it.  Binding to a query that could not
 * be opened does nothing; query_number() is then 0, as it is without a row. */
void query_open_quietly(struct query *query, struct store *store, enum sql sql);
int64_t query_number(struct query *query);
/* Both, for a query without parameters; and for one with this text alone. */
int64_t store_number(struct store *store, enum sql sql);
int64_t store_number_of(struct store *store, enum sql sql, const char *key);

#endif
