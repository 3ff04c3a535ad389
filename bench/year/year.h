/*
 * year - a year of an estate, played on the real desk in a few seconds.
 *
 * Owners, staff, gateways and strangers are made from a seed; the clock jumps
 * from one thing that happens to the next.  Meanwhile and afterwards the
 * record is held against the rules: year_rules() in the store, watch.c on
 * what is decided and what leaves.  The same seed makes the same year.
 */
#ifndef BENCH_YEAR_H
#define BENCH_YEAR_H

#include "lib/cleanup.h"
#include "lib/units.h"

#include <stddef.h>
#include <stdint.h>

struct err;
struct sqlite3;

struct year_setup {
	uint64_t seed;
	int households;   /* of at most YEAR_HOUSEHOLDS_MAX */
	int messages;     /* of owners, strangers and machines */
	int days;         /* from 2026-01-01 */
	const char *path; /* of a database that does not exist yet */
};

enum { YEAR_HOUSEHOLDS_MAX = 3000 };

struct year_figures {
	int64_t messages; /* of owners, strangers and machines */
	int64_t answers;  /* of staff */
	int64_t reports;  /* of the gateway */
	int64_t cases;
	int64_t sent;
	int64_t turns;
	int64_t faults; /* rules that did not hold */
};

/* A rule that did not hold: "R13: T260104-0007, 2026-01-05T10:00: ...". */
typedef void year_complain(const char *fault, void *arg);

/* From the top folder of the tree.  0 also when rules did not hold: `ret'
 * counts them.  -1 when the year could not be played. */
int year_run(const struct year_setup *setup, year_complain *complain, void *arg,
    struct year_figures *ret, struct err *err) must_check;

/* What must hold in a store at rest.  Each query names a case, an instant and
 * what is wrong, a row for each fault; its one parameter is now. */
struct year_rule {
	const char *name;
	const char *sql;
	const char *spoil; /* breaks it: for the test of the rule */
};
extern const struct year_rule year_rules[];
extern const size_t year_rule_count;

/* How many faults this rule finds; -1 when it cannot be asked. */
int year_rule_check(struct sqlite3 *db, const struct year_rule *rule,
    msec_t now, year_complain *complain, void *arg, struct err *err) must_check;
/* The staff of the configuration as a table for the rules about them. */
struct config;
int year_rules_prepare(
    struct sqlite3 *db, const struct config *conf, struct err *err) must_check;

#endif
