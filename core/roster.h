/*
 * roster - who works when: duty rows of the configuration, and absences that
 * staff tell the desk (#leave; R16, R18, R46, rules.md 5.15, 5.40).
 */
#ifndef CORE_ROSTER_H
#define CORE_ROSTER_H

#include "core/config.h"

#include <stdbool.h>
#include <stddef.h>

/* Away from `from' on, back at `to'. */
struct absence {
	const char *staff;
	msec_t from;
	msec_t to;
};

struct absences {
	const struct absence *list;
	size_t count;
};

/* On leave at that instant, or has left the company.  NULL absences: none. */
bool roster_is_away(
    const struct absences *absences, const struct staff *staff, msec_t at);
/* Away for more than one working day from now on: nobody to hand a case to
 * (R18). */
bool roster_is_off(const struct absences *absences,
    const struct estate *estate, const struct staff *staff, msec_t now);
/* An absence is longer than one working day (R18). */
bool roster_is_long(const struct estate *estate, msec_t from, msec_t to);

/* Who is on duty: the first row that covers the moment and whose person is
 * there.  NULL when the roster has a gap (R46). */
const struct staff *roster_duty(const struct config *conf,
    const struct estate *estate, const struct absences *absences, msec_t now);

/* A stretch in which nobody who can be reached is on duty. */
struct roster_gap {
	msec_t from;
	msec_t to;
};
/* The first gap in [from, to), minute by minute.  It is followed past `to', at
 * most to `to' + 7 days (R46). */
bool roster_find_gap(const struct config *conf, const struct estate *estate,
    const struct absences *absences, msec_t from, msec_t to,
    struct roster_gap *ret);

#endif
