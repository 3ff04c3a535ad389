#include "cli/ask.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/config.h"
#include "core/limits.h"
#include "desk/config.h"
#include "desk/query.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "store/store.h"

#define ANSWER_BYTES (256 * MIB)

static int
connect_desk(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(at.sun_path))
		return -1;
	memcpy(at.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

static int
exchange(int fd, const struct buf *line, struct buf *answer)
{
	size_t sent = 0;

	while (sent < line->len) {
		ssize_t put = send(
		    fd, line->data + sent, line->len - sent, MSG_NOSIGNAL);

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
	struct store *store = store_open(conf->database, err);
	json_t *answer;

	if (store == NULL)
		return NULL;
	answer = query_answer(store, conf, request, clock_wall(&clock_real));
	store_close(&store);
	return answer;
}

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
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

int
cli_ask(const char *conf_path, json_t *request, json_t **ret)
{
	struct config *conf scoped(config_free) = NULL;
	struct err err = { 0 };
	json_t *answer = NULL;
	int fd;

	put_who(request);
	if (config_load(conf_path, complain, NULL, &conf, &err) < 0) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		json_decref(request);
		return EX_CONFIG;
	}
	fd = connect_desk(conf->control_socket);
	answer = fd >= 0 ? ask_desk(fd, request, &err)
			 : ask_store(conf, request, &err);
	if (fd >= 0)
		(void)close(fd);
	json_decref(request);
	if (answer == NULL) {
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
		return err.kind == ERR_CONF ? EX_CONFIG : EX_TEMPFAIL;
	}
	*ret = answer;
	if (json_text(answer, "error") == NULL)
		return EX_OK;
	(void)fprintf(stderr, "shouwen: %s\n", json_text(answer, "error"));
	return EX_DATAERR;
}
