/*
 * run - the desk role: everything is opened, the one loop turns, everything
 * is closed.
 */
#ifndef DAEMON_RUN_H
#define DAEMON_RUN_H

#include "lib/units.h"

struct config;

struct run_setup {
	const struct config *conf;
	/* What was laid over its file, for a reload; NULL-terminated. */
	const char *const *overrides;
	msec_t demo_start; /* above 0: the demo clock begins there */
};

/* All is closed, and the same program is to begin anew with the settings that
 * are there now. */
enum { RUN_AGAIN = -1 };

/* An exit status of sysexits.h, or RUN_AGAIN. */
int run_desk(const struct run_setup *setup);

#endif
