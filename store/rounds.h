/*
 * rounds - what an estate looks after by the clock, and what it then sees.
 */
#ifndef STORE_ROUNDS_H
#define STORE_ROUNDS_H

#include "core/round.h"
#include "lib/cleanup.h"
#include "lib/units.h"

struct arena;
struct err;
struct store;

/* Make it, or move it on. */
int round_set(struct store *store, const struct round *round, struct err *err)
    must_check;
/* 1, 0 there is none yet, -1.  The estate's name is the caller's. */
int round_load(struct store *store, const char *estate, enum round_kind kind,
    struct round *ret, struct err *err) must_check;

/* Of which estate, from when to when, and how long a list may be. */
struct round_window {
	const char *estate;
	msec_t since, now;
	int max;
};

/* Messages of [since, now) that became no case, by bin; the count of bins. */
int round_bins_load(struct store *store, const struct round_window *window,
    struct arena *arena, struct round_bin *ret, size_t max, struct err *err)
    must_check;

/* The open cases, the new ones of [since, now), those that are late at `now',
 * and what became no case meanwhile. */
int round_view_load(struct store *store, const struct round_window *window,
    struct arena *arena, struct round_view *ret, struct err *err) must_check;

#endif
