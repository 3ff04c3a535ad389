#include "cli/ask.h"

#include "core/config.h"
#include "core/limits.h"
#include "desk/config.h"
#include "desk/query.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "store/store.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#define ANSWER_BYTES (256 * MIB)

/* A descriptor; -1 when no desk listens there; -2 when one does, but not to
 * us. */
static int
connect_desk(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd, why;

	if (strlen(path) >= sizeof(at.sun_path))
		return -1;
	memcpy(at.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	why = errno;
	(void)close(fd);
	return why == EACCES || why == EPERM ? -2 : -1;
}

static int
exchange(int fd, const struct buf *line, struct buf *answer)
{
	size_t sent = 0;

	while (sent < line->len) {
		ssize_t put =
		    send(fd, line->data + sent, line->len - sent, MSG_NOSIGNAL);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		sent += (size_t)put;
	}
	while (answer->len == 0 || answer->data[answer->len - 1] != '\n') {
		char *room = buf_room(answer, 64 * KIB);
		ssize_t got = room == NULL ? -1 : read(fd, room, 64 * KIB);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return -1;
		buf_grow(answer, (size_t)got);
	}
	return 0;
}

static json_t *
ask_desk(int fd, const json_t *request, struct err *err)
{
	struct buf line scoped(buf_done);
	struct buf answer scoped(buf_done);

	buf_init(&line, 64 * KIB);
	buf_init(&answer, ANSWER_BYTES);
	json_to_buf(request, &line);
	buf_putc(&line, '\n');
	if (exchange(fd, &line, &answer) < 0) {
		(void)err_set(err, ERR_TEMP,
		    "the desk hung up; is it stopping? try again");
		return NULL;
	}
	return json_from(buf_text(&answer), answer.len, err);
}

/* Warnings are for `shouwen check'. */
static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	if (strstr(mistake, ": warning: ") == NULL)
		(void)fprintf(stderr, "%s\n", mistake);
}

/* Who asks stands in the access record (R43). */
static void
put_who(json_t *request)
{
	const struct passwd *user = getpwuid(getuid());
	char number[32];

	(void)snprintf(number, sizeof(number), "uid %u", (unsigned)getuid());
	json_put_text(request, "who", user == NULL ? number : user->pw_name);
}

static int
fail(const struct err *err)
{
	(void)fprintf(stderr, "shouwen: %s\n", err->msg);
	return err->kind == ERR_CONF ? EX_CONFIG : EX_TEMPFAIL;
}

/* Over the socket of a running desk, or straight from its store. */
struct cli_line {
	struct config *conf;
	int fd; /* -1: nobody listens */
	struct store *store;
};

static int
open_store(struct cli_line *line, struct err *err)
{
	const char *path = line->conf->database;

	/* Opening would make one. */
	if (access(path, F_OK) < 0)
		return err_sys(err, ERR_CONF,
		    "no desk is running, and its store cannot be opened: %s",
		    path);
	line->store = store_open(path, err);
	return line->store == NULL ? -1 : 0;
}

int
cli_line_open(const struct cli_desk *desk, struct cli_line **ret)
{
	struct cli_line *line scoped(cli_line_close) = calloc(1, sizeof(*line));
	struct err err = { 0 };

	if (line == NULL)
		abort();
	line->fd = -1;
	if (config_load_public(desk->conf, desk->overrides, complain, NULL,
		&line->conf, &err) < 0)
		return fail(&err);
	line->fd = connect_desk(line->conf->control_socket);
	if (line->fd == -2) {
		(void)fprintf(stderr,
		    "shouwen: the desk does not answer this user (%s); join "
		    "the group of that socket, or ask as root\n",
		    line->conf->control_socket);
		return EX_NOPERM;
	}
	if (line->fd < 0 && open_store(line, &err) < 0)
		return fail(&err);
	*ret = line;
	line = NULL;
	return EX_OK;
}

void
cli_line_close(struct cli_line **line)
{
	struct cli_line *old = *line;

	*line = NULL;
	if (old == NULL)
		return;
	if (old->fd >= 0)
		(void)close(old->fd);
	store_close(&old->store);
	config_free(&old->conf);
	free(old);
}

int
cli_line_ask(struct cli_line *line, json_t *request, json_t **ret)
{
	struct err err = { 0 };
	json_t *answer;

	put_who(request);
	answer = line->store != NULL
		     ? query_answer(line->store, line->conf, request,
			   clock_wall(&clock_real))
		     : ask_desk(line->fd, request, &err);
	if (answer == NULL)
		return fail(&err);
	*ret = answer;
	if (json_text(answer, "error") == NULL)
		return EX_OK;
	(void)fprintf(stderr, "shouwen: %s\n", json_text(answer, "error"));
	return EX_DATAERR;
}

int
cli_ask(const struct cli_desk *desk, json_t *request, json_t **ret)
{
	struct cli_line *line scoped(cli_line_close) = NULL;
	int status = cli_line_open(desk, &line);

	return status != EX_OK ? status : cli_line_ask(line, request, ret);
}
