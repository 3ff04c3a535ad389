/*
 * clock - where "now" comes from.
 *
 * A port: the real one below, a fake in tests, a jumping one in the demo.
 * Only daemon/ and cli/ ask for wall time; everybody else gets `now' as an
 * argument, fixed for the unit of work.
 */
#ifndef LIB_CLOCK_H
#define LIB_CLOCK_H

#include "lib/units.h"

struct clock {
	msec_t (*wall)(void *self);
	void *self;
};

/* The machine's wall clock. */
extern const struct clock clock_real;

msec_t clock_wall(const struct clock *clock);

/* Monotonic time for deadlines; channels/, reader/ and daemon/ may read it. */
mono_t clock_mono(void);
mono_t mono_add(mono_t start, int64_t ms);
/* Milliseconds from now until `deadline', never below 0. */
int mono_left_ms(mono_t deadline);

#endif
