/*
 * demo_clock - a day in a minute, without lying about order.
 *
 * It starts at a given instant and runs at real speed; over a stretch in
 * which the desk is idle it jumps to the next thing that is due, but never
 * past the limit that the player of the demo has set (control verb "clock").
 */
#ifndef DAEMON_DEMO_CLOCK_H
#define DAEMON_DEMO_CLOCK_H

#include <stdbool.h>

#include "lib/clock.h"

struct demo_clock {
	struct clock clock;
	msec_t offset; /* added to the machine's wall clock */
	msec_t limit;  /* no jump goes past it */
};

void demo_clock_init(struct demo_clock *demo, msec_t start);
/* The desk is idle and next wants to turn at `next' (0: never): jump.  True
 * when time has moved. */
bool demo_clock_jump(struct demo_clock *demo, msec_t next);

#endif
