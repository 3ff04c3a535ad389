/*
 * store_fixture - a store in memory or in a file, and rows to put into it.
 */
#ifndef TESTS_SUPPORT_STORE_FIXTURE_H
#define TESTS_SUPPORT_STORE_FIXTURE_H

#include "core/effect.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "store/inbox.h"
#include "store/sql.h"
#include "store/store.h"

/* 2026-11-23 09:00 in Shanghai. */
#define MORNING ((msec_t)1795395600000)

struct fixture {
	struct store *store;
	struct arena arena;
	struct err err;
	char path[64]; /* "" in memory */
};

/* For cmocka: a new store in *state, with a transaction open. */
int fixture_memory(void **state);
/* A file below TMPDIR, no transaction open. */
int fixture_file(void **state);
int fixture_done(void **state);
/* Close and open the file again. */
void fixture_reopen(struct fixture *fixture);

/* Must succeed. */
void fixture_begin(struct fixture *fixture);
void fixture_commit(struct fixture *fixture);

/* A row of mailbox "desk": its id. */
int64_t fixture_mail(struct fixture *fixture, uint32_t uid, const char *raw);
/* A case with every field filled in. */
struct case_file fixture_case(case_id id);
struct outgoing fixture_out(out_id id, case_id of_case);
void fixture_save(struct fixture *fixture, const struct case_file *file);
struct case_file fixture_load(struct fixture *fixture, case_id id);
/* At MORNING; `inbox' as of store_apply(). */
void fixture_apply(
    struct fixture *fixture, const struct effects *effects, int64_t inbox);
void fixture_record(struct fixture *fixture, const struct event *event);
void fixture_queue(struct fixture *fixture, const struct outgoing *out);

/* The statement goes by this index, in these words of SQLite, walks through no
 * table and sorts nothing. */
void fixture_plan(struct fixture *fixture, enum sql sql, const char *wanted);
/* How often the statement has run since this was asked before. */
int fixture_runs(const struct fixture *fixture, enum sql sql);

#endif
