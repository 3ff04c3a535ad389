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

static json_t *
ask_store(const struct config *conf, const json_t *request, struct err *err)
{
	struct store *store;
	json_t *answer;

	/* Opening would make one. */
	if (access(conf->database, F_OK) < 0) {
		(void)err_sys(err, ERR_CONF,
		    "no desk is running, and its store cannot be opened: %s",
		    conf->database);
		return NULL;
	}
	store = store_open(conf->database, err);
	if (store == NULL)
		return NULL;
	answer = query_answer(store, conf, request, clock_wall(&clock_real));
	store_close(&store);
	return answer;
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

int
cli_ask(const struct cli_desk *desk, json_t *request, json_t **ret)
{
	struct config *conf scoped(config_free) = NULL;
	struct err err = { 0 };
	json_t *answer = NULL;
	int fd;

	put_who(request);
	if (config_load_public(
		desk->conf, desk->overrides, complain, NULL, &conf, &err) < 0)
		return fail(&err);
	fd = connect_desk(conf->control_socket);
	if (fd == -2) {
		(void)fprintf(stderr,
		    "shouwen: the desk does not answer this user (%s); join "
		    "the group of that socket, or ask as root\n",
		    conf->control_socket);
		return EX_NOPERM;
	}
	answer = fd >= 0 ? ask_desk(fd, request, &err)
			 : ask_store(conf, request, &err);
	if (fd >= 0)
		(void)close(fd);
	if (answer == NULL)
		return fail(&err);
	*ret = answer;
	if (json_text(answer, "error") == NULL)
		return EX_OK;
	(void)fprintf(stderr, "shouwen: %s\n", json_text(answer, "error"));
	return EX_DATAERR;
}
