/*
 * leave - an absence becomes known: it is kept, and whoever plans the roster
 * hears of it (R18, R46).
 */
#ifndef HANDLERS_LEAVE_H
#define HANDLERS_LEAVE_H

#include "core/roster.h"
#include "handlers/work.h"

/* `reason' in their own words, or NULL.  About no case. */
void leave_take(struct work *work, const struct staff *staff,
    const struct absence *absence, const char *reason);

#endif
