/*
 * households - neighbours with the same trouble, for tests of incidents, and
 * questions to what a decision wants done about them.
 */
#ifndef TESTS_SUPPORT_HOUSEHOLDS_H
#define TESTS_SUPPORT_HOUSEHOLDS_H

#include "core/incident.h"
#include "tests/support/decision.h"

/* An open case about the lights of building 3, of the owner of 3-2-ROOM. */
struct incident_case neighbour(case_id id, const char *room);
/* Open, of building 3, with nobody who has it: id 3. */
struct incident the_incident(void);

/* The n-th effect of that kind, from 0; or NULL. */
const struct effect *nth_effect(
    const struct decision *d, enum effect_kind kind, int n);
/* The incident as the decision leaves it; NULL: as it was. */
const struct incident *incident_after(const struct decision *d);
/* What is to be said to all owners; or NULL. */
const struct incident_word *word_of(const struct decision *d);
/* When all its cases look into it; 0: they need not. */
msec_t ring_of(const struct decision *d);

#endif
