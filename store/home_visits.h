/*
 * home_visits - whom staff are to call on, and what came of it (R36).
 */
#ifndef STORE_HOME_VISITS_H
#define STORE_HOME_VISITS_H

#include "core/home_visit.h"
#include "lib/cleanup.h"
#include "lib/units.h"

#include <stddef.h>

struct arena;
struct err;
struct store;

/* Households to propose, the most pressing first: the count.  Nobody who has
 * had `a_year' visits in that year, declined ones not counted, or to whom one
 * was proposed after `gap_since'. */
struct home_visit_frame {
	const char *estate;
	int year, a_year;
	msec_t gap_since, year_ago;
};
int home_visits_find(struct store *store, const struct home_visit_frame *frame,
    struct arena *arena, struct home_visit *ret, int max, struct err *err)
    must_check;

int64_t home_visit_next_id(struct store *store);
/* Refused, as an error, when it would be the owner's third of the year. */
int home_visit_add(struct store *store, const struct home_visit *visit,
    msec_t now, struct err *err) must_check;
int home_visit_note(struct store *store, const struct home_visit_news *news,
    msec_t now, struct err *err) must_check;

/* Look-ups: 1, 0 none, -1. */
int home_visit_load(struct store *store, const char *estate, int64_t id,
    struct arena *arena, struct home_visit *ret, struct err *err) must_check;
/* The one that this person has been asked about since then. */
int home_visit_open(struct store *store, int64_t owner, msec_t since,
    struct arena *arena, struct home_visit *ret, struct err *err) must_check;

#endif
