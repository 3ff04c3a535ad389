/*
 * fetchers - one process per mailbox, started again with growing pauses.
 */
#ifndef DAEMON_FETCHERS_H
#define DAEMON_FETCHERS_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "lib/cleanup.h"
#include "lib/units.h"

struct config;
struct desk;
struct err;
struct fetchers;
struct store;

/* Starts nothing yet. */
struct fetchers *fetchers_open(const struct config *conf, struct store *store);
/* Asks each to log out, then ends it. */
void fetchers_close(struct fetchers **fetchers);
void fetchers_serve(struct fetchers *fetchers, struct desk *desk);

/* Ports of the desk. */
void fetchers_settle(void *self, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count);
void fetchers_hold(void *self, bool hold);

/* For the loop, as in readers.h. `now' goes to the desk with what arrives. */
size_t fetchers_count(const struct fetchers *fetchers);
size_t fetchers_poll(struct fetchers *fetchers, struct pollfd *fds);
void fetchers_work(struct fetchers *fetchers, msec_t now);
bool fetchers_reap(struct fetchers *fetchers, pid_t pid, int status,
    msec_t now);
int fetchers_timeout(const struct fetchers *fetchers);

#endif
