/*
 * away - what an out-of-office answer says: that somebody is away, and until
 * when (R18, R27, R46).
 */
#ifndef CORE_AWAY_H
#define CORE_AWAY_H

#include <stdbool.h>

#include "lib/units.h"

struct arena;
struct estate;

/* It says that its writer is away, and not only that mail has come.  For what
 * a machine has sent: people write of leave, too. */
bool away_is_said(const char *text, struct arena *arena);

/* The first moment at which they are back, by the last day that is named; 0:
 * none is, or none that can be meant. */
msec_t away_until(const struct estate *estate, msec_t now, const char *text,
    struct arena *arena);

#endif
