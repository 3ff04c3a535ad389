/*
 * kept_answers - what gateways handed out once, and nobody had decided when an
 * earlier run ended.
 *
 * Each is handed in at the start.  One whose channel is gone, or is not asked
 * any more, goes into quarantine, where people see it.
 */
#ifndef DAEMON_KEPT_ANSWERS_H
#define DAEMON_KEPT_ANSWERS_H

#include "lib/units.h"

struct config;
struct desk;
struct kept_answers;
struct store;

struct kept_answers *kept_answers_open(
    const struct config *conf, struct store *store, struct desk *desk);
void kept_answers_close(struct kept_answers **kept);
/* Hands in what can be; the rest is for the next try. */
void kept_answers_work(struct kept_answers *kept, msec_t now);
/* Milliseconds until the next try, or -1. */
int kept_answers_timeout(const struct kept_answers *kept);

#endif
