/*
 * child - one of our own processes in another role.
 *
 * The daemon runs itself again with --role; the child finds its end of a
 * socket pair as descriptor 3 and has nothing else of its parent.
 */
#ifndef DAEMON_CHILD_H
#define DAEMON_CHILD_H

#include <poll.h>
#include <stdbool.h>
#include <sys/types.h>

#include "lib/cleanup.h"
#include "lib/frame.h"

struct err;

enum { CHILD_LINK_FD = 3 };

struct child {
	pid_t pid; /* 0: not running */
	struct frame_link link;
};

/* `role' is "fetcher" or "reader", `title' what `ps' shows. */
int child_start(struct child *child, const char *role, const char *title,
    size_t frame_cap, struct err *err) must_check;
/* Kill it and take its pid back. */
void child_stop(struct child *child);
/* It has hung up, so it is of no use any more: kill it, and let its end be
 * noticed like any other. */
void child_kill(const struct child *child);
/* It has ended: put the reason ("exit 1", "signal 31") into `ret'. */
void child_ended(struct child *child, int status, char *ret, size_t size);
/* What a poll waits for; how many places of `ret' it took, 0 or 1. */
size_t child_poll(const struct child *child, struct pollfd *ret);

#endif
