/*
 * app - everything that the desk role has open, and its opening and closing.
 *
 * Private to daemon/app.c and daemon/run.c.
 */
#ifndef DAEMON_APP_H
#define DAEMON_APP_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#include "daemon/demo_clock.h"
#include "lib/cleanup.h"
#include "lib/clock.h"
#include "lib/units.h"

struct config;
struct err;

/* Winding down: what is in flight may end, nothing new is begun. */
enum phase { RUNNING, STOPPING, RELOADING };

struct app {
	const struct config *conf;
	const char *const *overrides;
	const struct clock *clock;
	struct demo_clock demo;
	struct texts *texts;
	struct store *store;
	struct transfers *transfers;
	struct sender **senders;
	size_t sender_count;
	struct readers *readers;
	struct fetchers *fetchers;
	struct polls *polls;
	struct http *http;
	struct control *control;
	struct desk *desk;
	struct pollfd *fds;
	size_t descriptors; /* that it may have open */
	int signal_fd;
	int lock_fd; /* of the store: only one desk */
	enum phase phase;
	mono_t until; /* the end of a phase that is not RUNNING */
	bool is_holding; /* the desk wants no more mail for now */
	bool has_failed; /* the last turn */
	mono_t gather_until; /* see gathers() */
};

/* `conf', `clock', `descriptors' and those two (-1) are set.  -1 with err; app_close() also
 * after that. */
int app_open(struct app *app, struct err *err) must_check;
void app_close(struct app *app);

#endif
