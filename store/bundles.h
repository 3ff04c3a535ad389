/*
 * bundles - notices to staff that wait to go in one mail (rules.md 5.33).
 *
 * A notice is a row of the outbox like any other.  Held, it is `bundled' and
 * belongs to no bundle yet, and the row of its person and estate in `bundles'
 * says until when; docs/STATES.md has its life.
 */
#ifndef STORE_BUNDLES_H
#define STORE_BUNDLES_H

#include "core/outgoing.h"
#include "lib/cleanup.h"

struct arena;
struct err;
struct store;

/* Whose notices, of which estate. */
struct bundle_key {
	const char *person;
	const char *estate;
};

/* When the `nth' last mail of notices that went to that person alone after
 * `since' and before row `before' was made (from 1); 0: there are fewer. */
msec_t notice_before(struct store *store, const char *person, msec_t since,
    out_id before, unsigned nth);
/* Until when notices of that key wait; 0: none does. */
msec_t bundle_waits(struct store *store, const struct bundle_key *key);
/* A queued notice waits until `due', or until the others of its key. */
int notice_hold(struct store *store, out_id id, const struct bundle_key *key,
    msec_t due, msec_t now, struct err *err) must_check;

/* One key whose time has come: 1 and *ret in the arena, 0 none, -1; and when
 * the next one's comes, 0: never. */
int bundle_due(struct store *store, msec_t now, struct arena *arena,
    struct bundle_key *ret, struct err *err) must_check;
msec_t bundle_next(struct store *store);
int bundle_drop(struct store *store, const struct bundle_key *key,
    struct err *err) must_check;
/* Those that wait, the oldest first: the count, or -1. */
int notices_held(struct store *store, const struct bundle_key *key, out_id *ret,
    int max, struct err *err) must_check;

/* A held notice goes in that mail; or, with 0, by itself, with `sender' (NULL:
 * as it was to). */
int notice_join(struct store *store, out_id id, out_id bundle,
    const char *sender, msec_t now, struct err *err) must_check;
/* The same of all that wait, by themselves. */
int notices_alone(struct store *store, const struct bundle_key *key, msec_t now,
    struct err *err) must_check;

/* Those that went in that mail, in its order: the count, or -1. */
int notices_of(struct store *store, out_id bundle, out_id *ret, int max,
    struct err *err) must_check;
/* It did not arrive: each of them goes by itself. */
int bundle_lost(struct store *store, out_id bundle, struct err *err) must_check;

#endif
