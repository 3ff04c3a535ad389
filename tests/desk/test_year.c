/*
 * Two weeks of the simulated year (bench/year/year.h), and whether each of
 * its rules would tell when it did not hold.
 */
#include "bench/year/year.h"
#include "core/config.h"
#include "desk/config.h"
#include "lib/err.h"
#include "tests/support/cmocka_fence.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MESSAGES = 400, DAYS = 14 };
/* Midnight after those days, in the estate. */
#define END ((msec_t)1768406400000)

struct played {
	char folder[40], path[60];
};

static void
forget(const struct played *played)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char name[80];

	for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
		(void)snprintf(
		    name, sizeof(name), "%s%s", played->path, ends[i]);
		(void)unlink(name);
	}
	(void)rmdir(played->folder);
}

static void
say(const char *fault, void *arg)
{
	(void)arg;
	print_error("%s\n", fault);
}

static void
say_nothing(const char *fault, void *arg)
{
	(void)fault;
	(void)arg;
}

static struct year_figures
play(struct played *played, uint64_t seed, int messages, int days)
{
	struct year_setup setup = {
		.seed = seed,
		.households = YEAR_HOUSEHOLDS_MAX,
		.messages = messages,
		.days = days,
		.path = played->path,
	};
	struct year_figures figures = { 0 };
	struct err err = { 0 };

	(void)snprintf(played->folder, sizeof(played->folder), "%s/year.XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(played->folder));
	(void)snprintf(
	    played->path, sizeof(played->path), "%s/year.db", played->folder);
	print_message("# seed %llu\n", (unsigned long long)seed);
	if (year_run(&setup, say, NULL, &figures, &err) < 0)
		fail_msg("%s", err.msg);
	return figures;
}

static void
two_weeks_break_no_rule(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct played played;
		struct year_figures figures =
		    play(&played, seed, MESSAGES, DAYS);

		forget(&played);
		assert_int_equal(figures.faults, 0);
		/* Something has happened, and of every kind. */
		assert_in_range(
		    figures.messages, MESSAGES * 9 / 10, MESSAGES * 11 / 10);
		assert_true(figures.cases > MESSAGES / 3);
		assert_true(figures.answers > MESSAGES / 2);
		assert_true(figures.reports > MESSAGES / 4);
		assert_true(figures.sent > 3 * MESSAGES);
	}
}

static void
the_same_seed_makes_the_same_weeks(void **state)
{
	struct played first, second;
	struct year_figures one = play(&first, 7, MESSAGES / 4, DAYS / 4);
	struct year_figures two = play(&second, 7, MESSAGES / 4, DAYS / 4);

	(void)state;
	forget(&first);
	forget(&second);
	assert_memory_equal(&one, &two, sizeof(one));
}

/* ---- does a rule tell? ---- */

static void
run_sql(sqlite3 *db, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
}

static sqlite3 *
open_store(const struct played *played)
{
	struct config *conf = NULL;
	struct err err = { 0 };
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(played->path, &db), SQLITE_OK);
	assert_int_equal(
	    config_load("conf/demo/shouwen.conf", NULL, NULL, &conf, &err), 0);
	assert_int_equal(year_rules_prepare(db, conf, &err), 0);
	config_free(&conf);
	/* The store itself forbids some of what is broken here. */
	run_sql(db, "PRAGMA foreign_keys = OFF; "
		    "PRAGMA ignore_check_constraints = ON; "
		    "DROP TRIGGER events_stay; DROP TRIGGER events_remain");
	return db;
}

static void
each_rule_tells_when_it_is_broken(void **state)
{
	struct played played;
	struct err err = { 0 };
	sqlite3 *db;

	(void)state;
	(void)play(&played, 1, MESSAGES, DAYS);
	db = open_store(&played);
	for (size_t i = 0; i < year_rule_count; i++) {
		const struct year_rule *rule = &year_rules[i];
		print_message("# %s\n", rule->name);
		assert_int_equal(
		    year_rule_check(db, rule, END, say, NULL, &err), 0);
		run_sql(db, "BEGIN");
		run_sql(db, rule->spoil);
		assert_true(year_rule_check(
				db, rule, END, say_nothing, NULL, &err) > 0);
		run_sql(db, "ROLLBACK");
	}
	(void)sqlite3_close(db);
	forget(&played);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_weeks_break_no_rule),
		cmocka_unit_test(the_same_seed_makes_the_same_weeks),
		cmocka_unit_test(each_rule_tells_when_it_is_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
