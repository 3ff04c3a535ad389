/*
 * retention - what is forgotten when its time is over (R43).
 *
 * Names, addresses, texts and raw messages go; the rows of cases, events and
 * messages stay with their instants and states, so that figures still add up
 * and the chain of events still holds.  All inside a transaction of the
 * caller's, and in steps of a bounded size.
 */
#ifndef STORE_RETENTION_H
#define STORE_RETENTION_H

#include "core/case.h"
#include "lib/cleanup.h"
#include "lib/units.h"

struct err;
struct store;

/* Cases that ended before that and are not erased yet, the oldest first; the
 * count. */
int cases_erasable(struct store *store, msec_t before, case_id *ret, int max,
    struct err *err) must_check;
/* The case and all its messages.  The caller writes the event. */
int case_erase(struct store *store, case_id id, msec_t now, struct err *err)
    must_check;

/* Messages that belong to no case (spam, machines, questions for a status) and
 * are older than that, the next `max' of them in and out; how many rows were
 * looked at, or -1. */
int messages_forget(
    struct store *store, msec_t before, int max, struct err *err) must_check;

/* People who left the register before that. */
int owners_forget(struct store *store, msec_t before, struct err *err)
    must_check;

#endif
