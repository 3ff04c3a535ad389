/*
 * only_one - one desk for one store.
 *
 * Two would send the same rows: at its start a desk takes what is marked as
 * being sent for left by a death (desk/courier_settle.c).
 */
#ifndef DAEMON_ONLY_ONE_H
#define DAEMON_ONLY_ONE_H

#include "lib/cleanup.h"

struct err;

/* A descriptor that holds the lock of this database (the file beside it,
 * ending in .lock) until it is closed or the process ends or executes another
 * image; -1 with ERR_TEMP when another desk has it, ERR_CONF when the file
 * cannot be made. */
int only_one(const char *database, struct err *err) must_check;

#endif
