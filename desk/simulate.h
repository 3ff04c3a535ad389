/*
 * simulate - the whole desk on a fake clock: nothing leaves, nothing is kept.
 *
 * Script and output are JSON lines (architecture.md 6).  The same engine,
 * reader, handlers and store run as in the daemon; only clock and senders are
 * the simulator's.
 */
#ifndef DESK_SIMULATE_H
#define DESK_SIMULATE_H

#include <stddef.h>

#include "lib/cleanup.h"

struct config;
struct err;
struct owner;
struct texts;

struct simulation {
	const struct config *conf;
	const struct texts *texts;
	/* The register of one estate each; may be empty. */
	const struct owner *owners;
	size_t owner_count;
	/* One line of output, without its end. */
	void (*print)(const char *line, void *arg);
	void *arg;
};

/* `script' is the whole text, `place' its name for messages, `folder' where
 * its raw_file paths start.  ERR_DATA: a mistake of the script, as
 * "place:line: why". */
int simulate_run(const struct simulation *simulation, const char *place,
    const char *folder, const char *script, struct err *err) must_check;

#endif
