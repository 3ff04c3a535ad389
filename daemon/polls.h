/*
 * polls - looking into the inboxes of gateways that do not push.
 */
#ifndef DAEMON_POLLS_H
#define DAEMON_POLLS_H

#include <stdbool.h>

#include "lib/cleanup.h"
#include "lib/units.h"

struct config;
struct desk;
struct err;
struct polls;
struct store;
struct transfers;

struct polls *polls_open(const struct config *conf, struct store *store,
    struct transfers *transfers, struct err *err);
void polls_close(struct polls **polls);
void polls_serve(struct polls *polls, struct desk *desk, msec_t now);

/* Start what is due, hand on what came. */
void polls_work(struct polls *polls, msec_t now);
/* An answer of that inbox, or list of reports, is decided.  One that could not
 * be read counts as a look that failed. */
void polls_said(
    struct polls *polls, const char *channel, bool is_report, bool is_read);
int polls_timeout(const struct polls *polls);

#endif
