/*
 * poll_place - where a look into a gateway's inbox goes on.
 */
#ifndef DAEMON_POLL_PLACE_H
#define DAEMON_POLL_PLACE_H

#include "lib/cleanup.h"
#include "lib/units.h"

struct arena;
struct err;
struct poll_place;
struct store;

/* Given source and form.  The first look begins now: old texts are not ours.
 * That instant is kept at once, so that what comes while the gateway cannot be
 * reached is ours; where the store refuses that, it is in the log. */
int poll_place_load(struct store *store, struct poll_place *place, msec_t now,
    struct arena *arena, struct err *err) must_check;

#endif
