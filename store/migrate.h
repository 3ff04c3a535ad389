/*
 * migrate - bring the schema up to date.
 *
 * store/migrations/NNNN_name.sql, in order, each in one transaction; forward
 * only.  Each ends by setting PRAGMA user_version to its number.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "lib/cleanup.h"

struct err;
struct sqlite3;

/* Made by store/migrations.awk. */
extern const char *const store_migrations[];
extern const int store_migration_count;

/* ERR_CONF when the file is not a store of this program, or newer than it. */
int migrate_check(struct sqlite3 *db, struct err *err) must_check;
/* Run the migrations that the file has not seen. */
int migrate(struct sqlite3 *db, struct err *err) must_check;
/* The same with another list, for the test. */
int migrate_to(struct sqlite3 *db, const char *const *list, int count,
    struct err *err) must_check;

#endif
