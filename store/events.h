/*
 * events - the story of all cases, one chain.
 *
 * Each row's chain is SHA-256 over the row before it and everything in this
 * one, with the text only as the digest of a random salt and the text.  So a
 * row that was changed or taken out shows, and a text can be erased together
 * with its salt without a trace of what it said (architecture.md 5.8).
 * store/audit.h walks it.
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

#endif
