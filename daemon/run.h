/*
 * run - the desk role: everything is opened, the one loop turns, everything
 * is closed.
 */
#ifndef DAEMON_RUN_H
#define DAEMON_RUN_H

#include "lib/units.h"

struct config;

/* `demo_start' > 0: the demo clock begins there.  Returns an exit status of
 * sysexits.h. */
int run_desk(const struct config *conf, msec_t demo_start);

#endif
