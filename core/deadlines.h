/*
 * deadlines - how long each duty has, by severity and kind (rules.md 2.3).
 *
 * The estate's table is by severity; a few kinds have an outcome time of
 * their own (struct rules).
 */
#ifndef CORE_DEADLINES_H
#define CORE_DEADLINES_H

#include "core/case.h"
#include "core/config.h"
#include "core/input.h"

/* The span of a duty; SPAN_NONE for timers that have none here. */
struct span deadlines_span(const struct config *conf,
    const struct estate *estate, const struct case_file *file,
    enum timer_kind duty);

/* Where the case keeps the due of that duty, or NULL. */
msec_t *deadlines_due(struct case_file *file, enum timer_kind duty);

/* The first due of an open case that lies in [from, to) and can be missed: not
 * the first reply once it is given, not the outcome while the owner is waited
 * for (R6).  0: none. */
msec_t deadlines_first(const struct case_file *file, msec_t from, msec_t to);

/* Fill in take, dispatch, reply and outcome dues, counted from `start'. */
void deadlines_set(const struct config *conf, const struct estate *estate,
    msec_t start, struct case_file *file);

#endif
