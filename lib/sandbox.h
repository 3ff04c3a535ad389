/*
 * sandbox - give up what a process that meets strangers does not need.
 *
 * Owner of libseccomp.  After sandbox_enter() a forbidden system call kills
 * the process with SIGSYS: a reader or fetcher that tries one has been taken
 * over, and dying costs one message (architecture.md 2).
 */
#ifndef LIB_SANDBOX_H
#define LIB_SANDBOX_H

#include <stddef.h>

#include "lib/cleanup.h"

struct err;

enum sandbox_profile {
	SANDBOX_READER, /* no files, no sockets, no processes: only its link */
	SANDBOX_FETCHER /* as reader, and the connection it already has */
};

struct sandbox_limits {
	size_t memory_bytes; /* RLIMIT_AS; 0: none (always none under ASan) */
	unsigned cpu_seconds; /* RLIMIT_CPU; 0: none */
	unsigned open_files; /* RLIMIT_NOFILE; 0: as it is */
};

/* No new privileges, not dumpable, limits, then the filter. */
int sandbox_enter(enum sandbox_profile profile,
    const struct sandbox_limits *limits, struct err *err) must_check;

#endif
