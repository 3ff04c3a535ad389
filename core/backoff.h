/*
 * backoff - when to try again.
 */
#ifndef CORE_BACKOFF_H
#define CORE_BACKOFF_H

#include <stdint.h>

#include "lib/units.h"

/* The wait before attempt number `attempts' + 1: doubling from `first' up to
 * `most', then 75..125 % of it.  The jitter comes from `seed' (the row's id),
 * so that rows which failed together do not come back together, and so that a
 * decision can be repeated. */
msec_t backoff_delay(msec_t first, msec_t most, int attempts, int64_t seed);

#endif
