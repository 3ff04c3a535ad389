/*
 * migrate - bring the schema up to date.
 *
 * store/migrations/NNNN_name.sql, in order, each in one transaction with
 * PRAGMA user_version; forward only.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "lib/cleanup.h"

struct err;
struct sqlite3;

/* Made by store/migrations.awk. */
extern const char *const store_migrations[];
extern const int store_migration_count;

/* ERR_CONF when the file is newer than this program. */
int migrate(struct sqlite3 *db, struct err *err) must_check;

#endif
