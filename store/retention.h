/*
 * retention - what is forgotten when its time is over (R43).
 *
 * Names, addresses, texts and raw messages of a case go; the case's row, its
 * events and the metadata of its messages stay, so that figures still add up
 * and the chain of events still holds.
 */
#ifndef STORE_RETENTION_H
#define STORE_RETENTION_H

#include "core/case.h"
#include "lib/cleanup.h"
#include "lib/units.h"

struct err;
struct store;

/* Cases closed before that and not erased yet, the oldest first; the count. */
int cases_erasable(struct store *store, msec_t before, case_id *ret, int max,
    struct err *err) must_check;
/* Inside a transaction of the caller's. */
int case_erase(struct store *store, case_id id, struct err *err) must_check;

#endif
