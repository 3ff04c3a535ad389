/*
 * staff - what staff told the desk about themselves, and whose cases need
 * another hand (R18, rules.md 5.40).
 */
#ifndef STORE_STAFF_H
#define STORE_STAFF_H

#include "core/pin.h"
#include "core/roster.h"
#include "lib/cleanup.h"

struct arena;
struct err;
struct store;

/* Their own PIN; 1 set, 0 not, -1. */
int pin_set(struct store *store, const char *staff, const struct pin *pin,
    msec_t now, struct err *err) must_check;
int pin_load(struct store *store, const char *staff, struct pin *ret,
    struct err *err) must_check;

/* When a wrong PIN came from them by text since then, newest first: the count,
 * or -1. */
int pin_wrong(struct store *store, const char *staff, msec_t since,
    int64_t *ret, int max, struct err *err) must_check;

/* An absence; what the person said before about that time is void. */
int absence_set(struct store *store, const struct absence *absence, msec_t now,
    struct err *err) must_check;
/* All that are not over at `now', the first to end first: of one person that
 * is the order in which they begin, for none overlap. */
int absences_load(struct store *store, msec_t now, struct arena *arena,
    struct absences *ret, struct err *err) must_check;

/* At `due' a supervisor is told of this person's open cases: whatever was set
 * before, or at the earlier of both. */
int handover_set(struct store *store, const char *staff, msec_t due,
    struct err *err) must_check;
int handover_want(struct store *store, const char *staff, msec_t due,
    struct err *err) must_check;
int handover_stop(struct store *store, const char *staff, struct err *err)
    must_check;
/* One person whose time has come: 1 and *ret in the arena, 0 nobody, -1. */
int handover_due(struct store *store, msec_t now, struct arena *arena,
    const char **ret, struct err *err) must_check;
/* 0 when there is none. */
msec_t handover_next(struct store *store);
/* There is a row of that person: 1, 0, -1. */
int handover_is_set(struct store *store, const char *staff, struct err *err)
    must_check;

/* Everybody whom open cases name as first responder or handler: the count, in
 * the arena. */
int staff_named(struct store *store, struct arena *arena, const char **ret,
    int max, struct err *err) must_check;

#endif
