/*
 * obligations - what a case owes, and the timer that keeps it (docs/STATES.md,
 * "A timer").
 *
 * Nothing sleeps and nothing is polled: a duty without its timer would be
 * forgotten.  This says which timers a case must have now; `shouwen verify'
 * and the tests hold the store to it.
 */
#ifndef CORE_OBLIGATIONS_H
#define CORE_OBLIGATIONS_H

#include "core/case.h"
#include "core/config.h"
#include "core/input.h"

#include <stdbool.h>

/* Must a case that is kept like this have a timer of that kind at `now'? */
bool obligation_is_owed(const struct config *conf, const struct estate *estate,
    const struct case_file *file, enum timer_kind kind, msec_t now);

#endif
