/*
 * readers - the pool of reader processes.
 *
 * A reader that crashes, hangs or outgrows its limits owes the message that
 * it was reading; that one fails, the others it had go to its successor.
 */
#ifndef DAEMON_READERS_H
#define DAEMON_READERS_H

#include <poll.h>
#include <stdbool.h>
#include <sys/types.h>

#include "desk/desk.h"
#include "lib/cleanup.h"

struct err;
struct readers;

struct readers *readers_open(unsigned count, struct err *err);
void readers_close(struct readers **readers);
/* Results go to this desk. */
void readers_serve(struct readers *readers, struct desk *desk);

/* The read port of the desk. */
void readers_read(void *self, const struct desk_read *read);

/* What the loop waits for; `fds' has room for readers_count(). */
size_t readers_count(const struct readers *readers);
size_t readers_poll(struct readers *readers, struct pollfd *fds);
/* After the wait: take results, hand out jobs, replace the dead. */
void readers_work(struct readers *readers);
/* One of ours has ended?  True when the pid was a reader's. */
bool readers_reap(struct readers *readers, pid_t pid, int status);
/* Milliseconds until the oldest job of a reader is overdue; -1: none. */
int readers_timeout(const struct readers *readers);

#endif
