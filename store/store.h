/*
 * store - what must survive: one SQLite file, one writer.
 *
 * The only folder that knows that it is SQLite: callers see these verbs,
 * never SQL and never a statement.  Every write happens inside a transaction
 * begun by the caller, so a message and what follows from it are one fact.
 * Not thread-safe.  Errors: ERR_TEMP when the disk is full or busy, ERR_CONF
 * when the file is newer than this program or not ours, ERR_BUG otherwise.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/cleanup.h"
#include "lib/units.h"

struct arena;
struct effects;
struct err;
struct store;

/* Opens or makes the file (":memory:" for the simulator), upgrades it to the
 * newest schema. WAL, synchronous=FULL, foreign keys, defensive. */
struct store *store_open(const char *path, struct err *err);
/* For `shouwen' beside a running desk: changes nothing, waits for nobody. */
struct store *store_open_readonly(const char *path, struct err *err);
/* Rolls an open transaction back. Accepts NULL, clears the pointer. */
void store_close(struct store **store);

int store_begin(struct store *store, struct err *err) must_check;
int store_commit(struct store *store, struct err *err) must_check;
void store_rollback(struct store *store);
bool store_in_transaction(const struct store *store);

/* A unit of work inside the transaction: undone alone when it fails. */
int store_unit_begin(struct store *store, struct err *err) must_check;
int store_unit_keep(struct store *store, struct err *err) must_check;
void store_unit_undo(struct store *store);

/* Carry out a decision's effects in order.  `inbox' is the row that brought
 * it about, or 0; the row's state follows from ATTACH and BIN. */
int store_apply(struct store *store, const struct effects *effects,
    int64_t inbox, msec_t now, struct err *err) must_check;

#endif
