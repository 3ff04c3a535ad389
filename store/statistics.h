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
#include "core/weekly.h"
#include "lib/cleanup.h"
#include "lib/units.h"

struct arena;
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

/* All that are open, oldest first. */
int statistics_open_cases(struct store *store, const char *estate,
    statistics_case *visit, void *arg, struct err *err) must_check;

/* What happened to that case in [from, to). */
int statistics_events(struct store *store, case_id id, msec_t from, msec_t to,
    struct kpi_events *ret, struct err *err) must_check;

/* Has its household had another case of its category within `within' of it?
 * A failure is met by the next commit. */
bool statistics_came_again(
    struct store *store, const struct case_file *file, msec_t within);

/* Ratings in the stretch, with their cases. */
struct statistics_rating {
	int score;
	const char *words; /* or NULL */
	msec_t at;
};
typedef int statistics_rated(const struct case_file *file,
    const struct statistics_rating *rating, void *arg, struct err *err);
int statistics_ratings(struct store *store, const struct stretch *stretch,
    statistics_rated *visit, void *arg, struct err *err) must_check;

/* Incidents that began in the stretch or are open, newest first; at most
 * `max', the count. */
int statistics_hot(struct store *store, const struct stretch *stretch,
    struct arena *arena, struct weekly_hot *ret, int max, struct err *err)
    must_check;
/* A failure of this and of those below is met by the next commit. */
int statistics_hot_count(struct store *store, const struct stretch *stretch);

/* Messages that were refused or came back. */
int statistics_failed(
    struct store *store, const struct stretch *stretch, enum channel channel);

/* Stretches of any estate's channels that were down, cut to the stretch. */
typedef void statistics_outage(
    const char *channel, msec_t from, msec_t to, bool is_down, void *arg);
int statistics_outages(struct store *store, const struct stretch *stretch,
    statistics_outage *visit, void *arg, struct err *err) must_check;

#endif
