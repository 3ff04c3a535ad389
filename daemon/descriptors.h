/*
 * descriptors - how many files and sockets the desk may have open at once.
 *
 * With too few a reader does not start or a push is not taken, long after the
 * start and without a word that says why: so they are counted first.
 */
#ifndef DAEMON_DESCRIPTORS_H
#define DAEMON_DESCRIPTORS_H

#include <stddef.h>

#include "lib/cleanup.h"

struct config;
struct err;

/* What these settings take when all is busy: the connections of gateways and
 * servers, commands, messages on their way to the readers. */
size_t descriptors_needed(const struct config *conf);
/* How many there may be, now that the soft limit is as high as is of use and
 * the hard one allows. */
size_t descriptors_raise(void);
/* -1 ERR_CONF: nothing but another limit helps. */
int descriptors_check(
    const struct config *conf, size_t allowed, struct err *err) must_check;

#endif
