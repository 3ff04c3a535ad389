/*
 * control - the local socket over which `shouwen' asks a running desk.
 *
 * One JSON object a line in, one a line out; the socket's file mode is the
 * guard.  What is asked is answered by desk/query; only the demo's clock is
 * our own.
 */
#ifndef DAEMON_CONTROL_H
#define DAEMON_CONTROL_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/cleanup.h"
#include "lib/units.h"

struct config;
struct control;
struct demo_clock;
struct desk;
struct err;
struct store;

struct control_setup {
	const struct config *conf;
	struct store *store;
	struct desk *desk;
	struct demo_clock *demo; /* NULL: the real clock */
	int64_t idle_ms;	 /* who neither asks nor reads so long is dropped */
};

#define CONTROL_IDLE_MS (60 * MSEC_SECOND)

struct control *control_open(
    const struct control_setup *setup, struct err *err);
void control_close(struct control **control);

/* The listener and so many who ask at once; the others wait their turn. */
enum { CONTROL_FDS_MAX = 17 };
size_t control_poll(struct control *control, struct pollfd *fds);
/* `fds' as filled by control_poll, after the wait. */
void control_work(struct control *control, const struct pollfd *fds,
    size_t count, msec_t now);
/* ms until somebody may have to be dropped, or -1. */
int control_timeout(const struct control *control);

#endif
