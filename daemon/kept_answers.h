/*
 * kept_answers - what gateways handed out once, and nobody had decided when an
 * run ended.
 *
 * Each is handed in at the start.  One whose channel is gone, or is not asked
 * any more, goes into quarantine, where people see it.
 */
#ifndef DAEMON_KEPT_ANSWERS_H
#define DAEMON_KEPT_ANSWERS_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/cleanup.h"
#include "lib/units.h"

struct config;
struct desk;
struct err;
struct kept_answers;
struct poll_kept;
struct store;

struct kept_answers *kept_answers_open(
    const struct config *conf, struct store *store, struct desk *desk);
void kept_answers_close(struct kept_answers **kept);
/* Hands in what can be; the rest is for the next try. */
void kept_answers_work(struct kept_answers *kept, msec_t now);
/* Milliseconds until the next try, or -1. */
int kept_answers_timeout(const struct kept_answers *kept);
/* Not where the store could not say it yet.  What is kept meanwhile would be
 * taken for an earlier run's, and handed in twice: nobody should be asked. */
bool kept_answers_are_known(const struct kept_answers *kept);

/* In a transaction of its own, before anybody looks at it: the gateway does
 * not say it again.  For whoever hands it in to drop. */
int kept_answers_add(struct kept_answers *kept, const struct poll_kept *answer,
    int64_t *ret_id, struct err *err) must_check;

#endif
