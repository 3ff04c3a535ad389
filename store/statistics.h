/*
 * statistics - what there was in a stretch of time, for digests (R30).
 *
 * Every question is a range of an index: it costs what the stretch holds, not
 * what there ever was.
 */
#ifndef STORE_STATISTICS_H
#define STORE_STATISTICS_H

#include "core/case.h"
#include "core/kpi.h"
#include "lib/cleanup.h"
#include "lib/units.h"

struct err;
struct store;

/* [from, to) of one estate. */
struct stretch {
	const char *estate;
	msec_t from, to;
};

/* 0 to go on, -1 to stop with *err.  The case lives until it returns. */
typedef int statistics_case(
    const struct case_file *file, void *arg, struct err *err);
/* Cases that were received, due, fed back or ended in the stretch or since, and
 * all that are open, unheard or owe a report. */
int statistics_cases(struct store *store, const struct stretch *stretch,
    statistics_case *visit, void *arg, struct err *err) must_check;

/* What happened to that case in [from, to). */
int statistics_events(struct store *store, case_id id, msec_t from, msec_t to,
    struct kpi_events *ret, struct err *err) must_check;

/* Has its household had another case of its category within `within' of it?
 * A failure is met by the next commit. */
bool statistics_came_again(
    struct store *store, const struct case_file *file, msec_t within);

/* Ratings of all estates in [from, to), with their cases. */
struct statistics_rating {
	int score;
	const char *words; /* or NULL */
	msec_t at;
};
typedef int statistics_rated(const struct case_file *file,
    const struct statistics_rating *rating, void *arg, struct err *err);
int statistics_ratings(struct store *store, const struct stretch *stretch,
    statistics_rated *visit, void *arg, struct err *err) must_check;

#endif
