/*
 * events - the story of all cases, one chain.
 *
 * Each row's chain is SHA-256 over the row before it and everything in this
 * one, with the text only as the digest of a random salt and the text.  So a
 * row that was changed or taken out shows, and a text can be erased together
 * with its salt without a trace of what it said (architecture.md 5.8).
 */
#ifndef STORE_EVENTS_H
#define STORE_EVENTS_H

#include <stdint.h>

#include "core/effect.h"
#include "lib/cleanup.h"
#include "lib/units.h"

struct err;
struct store;

/* `inbox': the message that brought it about, or 0. */
int event_add(struct store *store, const struct event *event, int64_t inbox,
    msec_t now, struct err *err) must_check;

struct events_check {
	int64_t rows;
	int64_t erased; /* whose text is gone */
};
/* Walk the whole chain: 1 unbroken, 0 broken (err says where), -1. */
int events_verify(struct store *store, struct events_check *ret,
    struct err *err) must_check;

#endif
