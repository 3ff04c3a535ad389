#include "tests/support/fake_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"

enum { RULES_MAX = 16, CLIENTS_MAX = 32, INPUT_MAX = 32 << 20 };

struct fake {
	pid_t pid;
	unsigned port;
	int heard;
};

struct client {
	int fd;
	int number;
	struct buf in;
	bool in_mail;
	bool mail_begun;
	bool hangs;
};

struct server {
	enum fake_kind kind;
	struct fake_rule rules[RULES_MAX];
	size_t rule_count;
	int listener;
	int heard;
	int accepted;
	struct client clients[CLIENTS_MAX];
	size_t client_count;
};

static const struct fake_rule good_manners[] = {
	{ .on = "EHLO", .say = "250-fake\r\n250 SIZE 100000000\r\n" },
	{ .on = "HELO", .say = "250 fake\r\n" },
	{ .on = "MAIL", .say = "250 2.1.0 sender\r\n" },
	{ .on = "RCPT", .say = "250 2.1.5 recipient\r\n" },
	{ .on = "DATA", .say = "354 go on\r\n" },
	{ .on = "BODY" },
	{ .on = ".", .say = "250 2.0.0 taken\r\n" },
	{ .on = "QUIT", .say = "221 bye\r\n", .then = FAKE_CLOSE },
	{ .on = "", .say = "220 fake\r\n" },
};

static bool
fits(const struct fake_rule *rule, const char *line)
{
	if (rule->on[0] == '\0')
		return line[0] == '\0';
	return strncasecmp(line, rule->on, strlen(rule->on)) == 0;
}

static void
obey(struct client *client, const struct fake_rule *rule)
{
	if (rule->say != NULL)
		(void)!send(client->fd, rule->say, strlen(rule->say),
		    MSG_NOSIGNAL);
	client->in_mail = text_starts(rule->say, "354");
	client->hangs = rule->then == FAKE_HANG;
	if (rule->then == FAKE_CLOSE) {
		close(client->fd);
		client->fd = -1;
	}
}

static void
react(struct server *server, struct client *client, const char *line)
{
	for (size_t i = 0; i < server->rule_count; i++) {
		struct fake_rule *rule = &server->rules[i];

		if (rule->on == NULL ||
		    !(fits(rule, line) ||
			(server->kind == FAKE_HTTP && rule->on[0] == '\0')))
			continue;
		obey(client, rule);
		if (rule->once)
			rule->on = NULL;
		return;
	}
	for (size_t i = 0; i < ARRAY_COUNT(good_manners); i++) {
		if (server->kind == FAKE_SMTP && fits(&good_manners[i], line)) {
			obey(client, &good_manners[i]);
			return;
		}
	}
	obey(client,
	    &(struct fake_rule){ .say = server->kind == FAKE_SMTP
		      ? "500 what\r\n"
		      : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" });
}

static void
note(const struct server *server, const struct client *client,
    const char *line, size_t len)
{
	struct buf text scoped(buf_done);

	buf_init(&text, len + 32);
	buf_printf(&text, "%d %.*s\n", client->number, (int)len, line);
	(void)!write(server->heard, buf_text(&text), text.len);
}

static void
hear_mail_line(struct server *server, struct client *client, const char *line)
{
	if (strcmp(line, ".") == 0) {
		react(server, client, ".");
	} else if (!client->mail_begun) {
		client->mail_begun = true;
		react(server, client, "BODY");
		client->in_mail = true;
	}
}

static void
hear_smtp(struct server *server, struct client *client)
{
	char *end;

	while (client->fd >= 0 && !client->hangs && client->in.len > 0 &&
	    (end = strstr(client->in.data, "\r\n")) != NULL) {
		size_t len = (size_t)(end - client->in.data);
		char *line = strndup(client->in.data, len);

		note(server, client, line, len);
		buf_shift(&client->in, len + 2);
		if (client->in_mail) {
			hear_mail_line(server, client, line);
		} else {
			client->mail_begun = false;
			react(server, client, line);
		}
		free(line);
	}
}

static void
hear_http(struct server *server, struct client *client)
{
	const char *head = buf_text(&client->in);
	const char *end = strstr(head, "\r\n\r\n");
	const char *length;
	size_t body = 0;
	char line[200] = "";
	size_t len;

	if (end == NULL || client->hangs)
		return;
	length = strcasestr(head, "\r\nContent-Length:");
	if (length != NULL && length < end)
		body = strtoul(length + strlen("\r\nContent-Length:"), NULL, 10);
	if (client->in.len < (size_t)(end - head) + 4 + body)
		return;
	note(server, client, head, client->in.len);
	len = strcspn(head, "\r");
	len = len < sizeof(line) ? len : sizeof(line) - 1;
	memcpy(line, head, len);
	buf_reset(&client->in);
	react(server, client, line);
}

static void
hear(struct server *server, struct client *client)
{
	char data[16384];
	ssize_t len = recv(client->fd, data, sizeof(data), 0);

	if (len <= 0) {
		note(server, client, "(gone)", 6);
		close(client->fd);
		client->fd = -1;
		return;
	}
	buf_add(&client->in, data, (size_t)len);
	if (server->kind == FAKE_SMTP)
		hear_smtp(server, client);
	else
		hear_http(server, client);
}

static void
welcome(struct server *server)
{
	struct client *client = &server->clients[server->client_count];

	if (server->client_count == CLIENTS_MAX)
		return;
	*client = (struct client){
		.fd = accept(server->listener, NULL, NULL),
		.number = ++server->accepted,
	};
	if (client->fd < 0)
		return;
	buf_init(&client->in, INPUT_MAX);
	server->client_count++;
	if (server->kind == FAKE_SMTP)
		react(server, client, "");
}

static void
forget_gone(struct server *server)
{
	size_t kept = 0;

	for (size_t i = 0; i < server->client_count; i++) {
		if (server->clients[i].fd < 0)
			buf_done(&server->clients[i].in);
		else
			server->clients[kept++] = server->clients[i];
	}
	server->client_count = kept;
}

__attribute__((noreturn)) static void
serve(struct server *server)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		struct pollfd fds[CLIENTS_MAX + 1] = { { 0 } };
		size_t count = server->client_count;

		fds[count] = (struct pollfd){ server->listener, POLLIN, 0 };
		for (size_t i = 0; i < count; i++)
			fds[i] = (struct pollfd){ server->clients[i].fd, POLLIN,
				0 };
		if (poll(fds, count + 1, -1) < 0)
			_exit(1);
		for (size_t i = 0; i < count; i++) {
			if (fds[i].revents != 0)
				hear(server, &server->clients[i]);
		}
		if (fds[count].revents != 0)
			welcome(server);
		forget_gone(server);
	}
}

struct fake *
fake_start(enum fake_kind kind, const struct fake_rule *rules)
{
	static struct server server;
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(address);
	struct fake *fake = calloc(1, sizeof(*fake));

	assert_non_null(fake);
	server = (struct server){ .kind = kind };
	for (; rules->on != NULL && server.rule_count < RULES_MAX; rules++)
		server.rules[server.rule_count++] = *rules;
	server.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	server.heard = memfd_create("heard", MFD_CLOEXEC);
	/* The offset is shared with the child. */
	(void)fcntl(server.heard, F_SETFL, O_APPEND);
	assert_int_equal(bind(server.listener, (struct sockaddr *)&address, len), 0);
	assert_int_equal(listen(server.listener, 64), 0);
	assert_int_equal(
	    getsockname(server.listener, (struct sockaddr *)&address, &len), 0);
	fake->port = ntohs(address.sin_port);
	fake->heard = server.heard;
	fake->pid = fork();
	assert_true(fake->pid >= 0);
	if (fake->pid == 0)
		serve(&server);
	close(server.listener);
	return fake;
}

unsigned
fake_port(const struct fake *fake)
{
	return fake->port;
}

struct buf
fake_heard(const struct fake *fake)
{
	struct buf text;
	off_t size = lseek(fake->heard, 0, SEEK_END);
	char *room;

	buf_init(&text, INPUT_MAX);
	room = buf_room(&text, (size_t)size);
	assert_non_null(room);
	assert_int_equal(pread(fake->heard, room, (size_t)size, 0), size);
	buf_grow(&text, (size_t)size);
	return text;
}

void
fake_stop(struct fake **fake)
{
	if (*fake == NULL)
		return;
	(void)kill((*fake)->pid, SIGKILL);
	(void)waitpid((*fake)->pid, NULL, 0);
	close((*fake)->heard);
	free(*fake);
	*fake = NULL;
}
