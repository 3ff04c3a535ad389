#include "daemon/control.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/config.h"
#include "core/limits.h"
#include "core/zone.h"
#include "daemon/demo_clock.h"
#include "desk/desk.h"
#include "desk/query.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/json.h"
#include "lib/text.h"
#include "store/inbox.h"
#include "store/outbox.h"

enum { CLIENTS_MAX = CONTROL_FDS_MAX - 1 };
#define REQUEST_BYTES (64 * KIB)
#define ANSWER_BYTES  (64 * MIB)

struct client {
	int fd; /* -1: free */
	mono_t deadline; /* dropped then, unless it goes on */
	struct buf in, out;
};

struct control {
	struct control_setup setup;
	int fd;
	struct client clients[CLIENTS_MAX];
};

struct control *
control_open(const struct control_setup *setup, struct err *err)
{
	const char *path = setup->conf->control_socket;
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct control *control;
	mode_t mask;
	int fd, bound;

	if (strlen(path) >= sizeof(at.sun_path)) {
		(void)err_set(err, ERR_CONF, "control socket %s: name too long", path);
		return NULL;
	}
	memcpy(at.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	/* only_one() has shown that no other desk runs on this store. */
	(void)unlink(path);
	mask = umask(0117);
	bound = fd < 0 ? -1 : bind(fd, (struct sockaddr *)&at, sizeof(at));
	(void)umask(mask);
	if (bound < 0 || listen(fd, CLIENTS_MAX) < 0) {
		(void)err_sys(err, ERR_CONF, "control socket %s", path);
		if (fd >= 0)
			(void)close(fd);
		return NULL;
	}
	control = calloc(1, sizeof(*control));
	if (control == NULL)
		abort();
	control->setup = *setup;
	control->fd = fd;
	for (size_t i = 0; i < CLIENTS_MAX; i++)
		control->clients[i].fd = -1;
	return control;
}

static void
drop(struct client *client)
{
	(void)close(client->fd);
	client->fd = -1;
	buf_done(&client->in);
	buf_done(&client->out);
}

void
control_close(struct control **control)
{
	struct control *old = *control;

	*control = NULL;
	if (old == NULL)
		return;
	for (size_t i = 0; i < CLIENTS_MAX; i++)
		if (old->clients[i].fd >= 0)
			drop(&old->clients[i]);
	(void)close(old->fd);
	(void)unlink(old->setup.conf->control_socket);
	free(old);
}

/* ---- requests ---- */

/* {"verb": "clock", "until": RFC 3339}: let the demo's time go on. */
static json_t *
answer_clock(struct control *control, const json_t *request, msec_t now)
{
	const struct control_setup *setup = &control->setup;
	const char *until = json_text(request, "until");
	json_t *answer = json_object();
	msec_t limit, next;
	char text[32];

	if (setup->demo == NULL) {
		json_put_text(answer, "error",
		    "this desk runs on the real clock (see --demo-clock)");
		return answer;
	}
	if (until != NULL && time_from_rfc3339(until, &limit) < 0) {
		json_put_text(answer, "error", "until is no RFC 3339 time");
		return answer;
	}
	if (until != NULL)
		setup->demo->limit = limit;
	zone_rfc3339(setup->conf->estates[0].zone, now, text);
	json_put_text(answer, "now", text);
	json_put_flag(answer, "idle", desk_is_idle(setup->desk, now));
	next = desk_next(setup->desk);
	if (next > now) {
		zone_rfc3339(setup->conf->estates[0].zone, next, text);
		json_put_text(answer, "next", text);
	}
	json_put_int(
	    answer, "inbox_waiting", inbox_waiting_count(setup->store));
	json_put_int(
	    answer, "outbox_waiting", out_waiting_count(setup->store));
	return answer;
}

/* The access record (R43) holds what the kernel says of the asking user, not
 * only the name that was given. */
static void
vouch_for(const struct client *client, json_t *request)
{
	const char *given = text_or(json_text(request, "who"), "unknown");
	struct ucred peer = { 0 };
	socklen_t len = sizeof(peer);
	char who[96];

	if (getsockopt(client->fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) < 0)
		return;
	(void)snprintf(who, sizeof(who), "%.64s (uid %u)", given,
	    (unsigned)peer.uid);
	json_put_text(request, "who", who);
}

static void
gets_time(const struct control *control, struct client *client)
{
	client->deadline = mono_add(clock_mono(), control->setup.idle_ms);
}

static json_t *
answer_query(struct control *control, const struct client *client,
    json_t *request, msec_t now)
{
	json_t *answer;
	int64_t again;

	vouch_for(client, request);
	answer = query_answer(
	    control->setup.store, control->setup.conf, request, now);
	again = json_int(answer, "again", 0);
	if (again != 0)
		desk_read_again(control->setup.desk, again);
	return answer;
}

static void
answer_line(struct control *control, struct client *client, const char *line,
    size_t len, msec_t now)
{
	struct err err = { 0 };
	json_t *request scoped(json_release) = NULL;
	json_t *answer scoped(json_release) = NULL;

	request = json_from(line, len, &err);
	if (request == NULL) {
		answer = json_object();
		json_put_text(answer, "error", err.msg);
	} else if (text_eq(json_text(request, "verb"), "clock")) {
		answer = answer_clock(control, request, now);
	} else {
		answer = answer_query(control, client, request, now);
	}
	json_to_buf(answer, &client->out);
	buf_putc(&client->out, '\n');
}

/* 0, or -1 when the client is done with. */
static int
serve(struct control *control, struct client *client, msec_t now)
{
	char *room = buf_room(&client->in, 4096), *end;
	ssize_t got;

	if (room == NULL)
		return -1;
	got = recv(client->fd, room, 4096, MSG_DONTWAIT);
	if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
		return -1;
	if (got > 0) {
		buf_grow(&client->in, (size_t)got);
		gets_time(control, client);
	}
	while (client->in.len > 0 &&
	       (end = memchr(client->in.data, '\n', client->in.len)) != NULL) {
		size_t len = (size_t)(end - client->in.data);

		answer_line(control, client, client->in.data, len, now);
		buf_shift(&client->in, len + 1);
	}
	return 0;
}

static int
write_out(struct control *control, struct client *client)
{
	ssize_t put;

	if (client->out.len == 0)
		return 0;
	put = send(client->fd, client->out.data, client->out.len,
	    MSG_NOSIGNAL | MSG_DONTWAIT);
	if (put < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	buf_shift(&client->out, (size_t)put);
	gets_time(control, client);
	return 0;
}

static struct client *
client_with(struct control *control, int fd)
{
	for (size_t i = 0; i < CLIENTS_MAX; i++)
		if (control->clients[i].fd == fd)
			return &control->clients[i];
	return NULL;
}

static void
admit(struct control *control)
{
	struct client *client = client_with(control, -1);

	if (client == NULL)
		return;
	client->fd =
	    accept4(control->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (client->fd < 0)
		return;
	buf_init(&client->in, REQUEST_BYTES);
	buf_init(&client->out, ANSWER_BYTES);
	gets_time(control, client);
}

/* ---- the loop ---- */

size_t
control_poll(struct control *control, struct pollfd *fds)
{
	size_t count = 0;

	/* With no place free they wait in the listener's queue. */
	if (client_with(control, -1) != NULL)
		fds[count++] =
		    (struct pollfd){ .fd = control->fd, .events = POLLIN };
	for (size_t i = 0; i < CLIENTS_MAX; i++) {
		const struct client *client = &control->clients[i];

		/* Who does not read the answer is not asked what else. */
		if (client->fd >= 0)
			fds[count++] = (struct pollfd){
				.fd = client->fd,
				.events = client->out.len > 0 ? POLLOUT
							      : POLLIN,
			};
	}
	return count;
}

static void
drop_the_idle(struct control *control)
{
	for (size_t i = 0; i < CLIENTS_MAX; i++) {
		struct client *client = &control->clients[i];

		if (client->fd >= 0 && mono_left_ms(client->deadline) == 0)
			drop(client);
	}
}

int
control_timeout(const struct control *control)
{
	int soonest = -1;

	for (size_t i = 0; i < CLIENTS_MAX; i++) {
		int left = mono_left_ms(control->clients[i].deadline);

		if (control->clients[i].fd >= 0 &&
		    (soonest < 0 || left < soonest))
			soonest = left;
	}
	return soonest;
}

void
control_work(struct control *control, const struct pollfd *fds, size_t count,
    msec_t now)
{
	for (size_t i = 0; i < count; i++) {
		struct client *client;

		if (fds[i].revents == 0)
			continue;
		if (fds[i].fd == control->fd) {
			admit(control);
			continue;
		}
		client = client_with(control, fds[i].fd);
		if (client == NULL)
			continue;
		if (((fds[i].revents & ~POLLOUT) != 0 &&
			serve(control, client, now) < 0) ||
		    write_out(control, client) < 0)
			drop(client);
	}
	drop_the_idle(control);
}
