/*
 * A gateway with many texts: hands them in at the desk's listener, each from
 * another number and with other words, and takes the time of each answer.
 * A 503 is said again after a pause, as gateways do.
 *
 * usage: load_texts PORT PATH FIRST COUNT CONNECTIONS PER_SECOND [close|times]
 * FIRST: number of the first text (and of its sender and id); PER_SECOND: 0
 * is as fast as they are answered; close: a new connection for each text;
 * times: `sent NUMBER MS' (Unix time) of each, too.
 * Prints `rate N', `p50 MS', `p99 MS' (from request to answer), `refused N'.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/measure.h"
#include "lib/cleanup.h"
#include "lib/clock.h"
#include "lib/text.h"

enum { CONNECTIONS_MAX = 500, ANSWER_MAX = 4096, PAUSE_MS = 200 };

struct link {
	int fd; /* -1: not connected */
	size_t text;
	size_t len;
	double asked_at;
	char answer[ANSWER_MAX + 1];
};

struct load {
	struct sockaddr_in at;
	const char *path;
	long first;
	size_t count, given, answered, refused;
	size_t *again; /* texts that were answered 503 */
	size_t again_count;
	double again_at;
	double begun, per_second;
	double *took; /* seconds, of each text */
	bool closes, tells_times;
	int epoll;
	struct link links[CONNECTIONS_MAX];
	size_t link_count;
};

static void
die(const char *what)
{
	(void)fprintf(stderr, "load_texts: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- what is said ---- */

static const char *const matters[] = { "厨房水管漏水", "卫生间下水道堵了",
	"楼道灯不亮", "门禁卡刷不开", "家里突然停电", "对讲机没有声音",
	"楼上装修太吵", "垃圾没有人清理", "暖气片不热", "车位被人占用" };

static void
put_escaped(char *ret, size_t size, const char *text)
{
	size_t len = 0;

	for (; *text != '\0' && len + 4 <= size; text++)
		len += (size_t)snprintf(
		    ret + len, size - len, "%%%02X", (unsigned char)*text);
}

/* As conf/sms/kannel.conf has Kannel say it. */
static int
make_request(const struct load *load, size_t text, char *ret, size_t size)
{
	long number = load->first + (long)text;
	char words[200], escaped[600];

	(void)snprintf(words, sizeof(words),
	    "%ld-%ld-%ld%02ld%s，请来看看，编号%ld", number % 12 + 1,
	    number / 12 % 4 + 1, number / 48 % 18 + 1, number / 864 % 4 + 1,
	    matters[number % (long)ARRAY_COUNT(matters)], number);
	put_escaped(escaped, sizeof(escaped), words);
	return snprintf(ret, size,
	    "GET %s?id=load-%ld&from=%%2B86139%08ld&to=10690001"
	    "&ts=2026-11-23%%2002:00:00&coding=0&charset=UTF-8&text=%s"
	    " HTTP/1.1\r\nHost: desk\r\n%s\r\n",
	    load->path, number, number, escaped,
	    load->closes ? "Connection: close\r\n" : "");
}

/* ---- connections ---- */

static void
open_link(struct load *load, struct link *link)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = link };

	link->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (link->fd < 0 || connect(link->fd, (struct sockaddr *)&load->at,
				sizeof(load->at)) < 0)
		die("connect");
	if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, link->fd, &event) < 0)
		die("epoll");
}

static void
close_link(struct link *link)
{
	if (link->fd >= 0)
		(void)close(link->fd);
	link->fd = -1;
}

/* The next text, or false when none may be said yet. */
static bool
next_text(struct load *load, double now, size_t *ret)
{
	if (load->again_count > 0 && now >= load->again_at) {
		*ret = load->again[--load->again_count];
		return true;
	}
	if (load->given == load->count ||
	    (load->per_second > 0 &&
		(double)load->given > (now - load->begun) * load->per_second))
		return false;
	*ret = load->given++;
	return true;
}

static void
ask(struct load *load, struct link *link)
{
	double now = seconds();
	char request[1500];
	int len;

	link->asked_at = 0;
	if (!next_text(load, now, &link->text))
		return;
	if (link->fd < 0)
		open_link(load, link);
	len = make_request(load, link->text, request, sizeof(request));
	link->len = 0;
	link->asked_at = now;
	if (load->tells_times)
		(void)printf("sent %ld %lld\n", load->first + (long)link->text,
		    (long long)clock_wall(&clock_real));
	if (send(link->fd, request, (size_t)len, MSG_NOSIGNAL) != len)
		die("send");
}

static void
take_answer(struct load *load, struct link *link)
{
	long status = strtol(link->answer + strlen("HTTP/1.1 "), NULL, 10);
	double now = seconds();

	if (status == 200) {
		load->took[link->text] = now - link->asked_at;
		load->answered++;
	} else if (status == 503) {
		load->refused++;
		load->again[load->again_count++] = link->text;
		load->again_at = now + PAUSE_MS / 1e3;
	} else {
		(void)fprintf(
		    stderr, "load_texts: answered %.80s\n", link->answer);
		exit(1);
	}
	if (load->closes || strcasestr(link->answer, "Connection: close"))
		close_link(link);
	ask(load, link);
}

static bool
is_whole(const struct link *link)
{
	const char *end = strstr(link->answer, "\r\n\r\n");
	const char *name = "Content-Length:";
	const char *length = strcasestr(link->answer, name);
	size_t body =
	    length == NULL ? 0 : strtoul(length + strlen(name), NULL, 10);

	return end != NULL &&
	       link->len >= (size_t)(end + 4 - link->answer) + body;
}

static void
hear(struct load *load, struct link *link)
{
	ssize_t got =
	    recv(link->fd, link->answer + link->len, ANSWER_MAX - link->len, 0);

	if (got < 0)
		die("recv");
	if (got == 0 && link->asked_at > 0) {
		errno = ECONNRESET;
		die("an answer");
	}
	if (got == 0) {
		close_link(link);
		return;
	}
	link->len += (size_t)got;
	link->answer[link->len] = '\0';
	if (is_whole(link))
		take_answer(load, link);
}

static void
wake_idle(struct load *load)
{
	for (size_t i = 0; i < load->link_count; i++)
		if (load->links[i].asked_at == 0)
			ask(load, &load->links[i]);
}

static void
run(struct load *load)
{
	struct epoll_event events[CONNECTIONS_MAX];

	load->begun = seconds();
	while (load->answered < load->count) {
		int count;

		wake_idle(load);
		count = epoll_wait(load->epoll, events, CONNECTIONS_MAX,
		    load->per_second > 0 || load->again_count > 0 ? 1 : 1000);
		for (int i = 0; i < count; i++)
			hear(load, events[i].data.ptr);
	}
}

/* ---- figures ---- */

static int
compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static void
print(struct load *load, double spent)
{
	qsort(load->took, load->count, sizeof(*load->took), compare);
	(void)printf("rate %.1f\np50 %.2f\np99 %.2f\nrefused %zu\n",
	    (double)load->count / spent, load->took[load->count / 2] * 1e3,
	    load->took[load->count * 99 / 100] * 1e3, load->refused);
}

int
main(int argc, char **argv)
{
	static struct load load = { .at = { .sin_family = AF_INET } };

	if (argc < 7) {
		(void)fprintf(stderr,
		    "usage: load_texts PORT PATH FIRST COUNT CONNECTIONS "
		    "PER_SECOND [close|times]\n");
		return 64;
	}
	load.at.sin_port = htons((uint16_t)strtol(argv[1], NULL, 10));
	load.at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	load.path = argv[2];
	load.first = strtol(argv[3], NULL, 10);
	load.count = (size_t)strtol(argv[4], NULL, 10);
	load.link_count = (size_t)strtol(argv[5], NULL, 10);
	load.per_second = strtod(argv[6], NULL);
	load.closes = argc > 7 && strcmp(argv[7], "close") == 0;
	load.tells_times = argc > 7 && !load.closes;
	if (load.count == 0 || load.link_count == 0 ||
	    load.link_count > CONNECTIONS_MAX)
		return 64;
	load.took = calloc(load.count, sizeof(*load.took));
	load.again = calloc(load.count, sizeof(*load.again));
	load.epoll = epoll_create1(EPOLL_CLOEXEC);
	if (load.took == NULL || load.again == NULL || load.epoll < 0)
		die("start");
	for (size_t i = 0; i < load.link_count; i++)
		load.links[i].fd = -1;
	run(&load);
	print(&load, seconds() - load.begun);
	free(load.took);
	free(load.again);
	return 0;
}
