#include "channels/dial.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/err.h"

/* A connection in IDLE says nothing for half an hour; a router between
 * forgets it much earlier, and then nobody would tell us of new mail. */
enum { KEEP_IDLE_S = 120, KEEP_INTERVAL_S = 30, KEEP_PROBES = 4 };

bool
dial_is_address(const char *host)
{
	struct in6_addr address;

	return inet_pton(AF_INET, host, &address) == 1 ||
	       inet_pton(AF_INET6, host, &address) == 1;
}

static bool
is_loopback(const struct addrinfo *info)
{
	if (info->ai_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)info->ai_addr;

		return in->sin_addr.s_addr == htonl(INADDR_LOOPBACK);
	}
	if (info->ai_family == AF_INET6) {
		const struct sockaddr_in6 *in = (const void *)info->ai_addr;

		return IN6_IS_ADDR_LOOPBACK(&in->sin6_addr);
	}
	return false;
}

static int
finish(int fd, mono_t deadline)
{
	struct pollfd one = { .fd = fd, .events = POLLOUT };
	int why = 0, ready;
	socklen_t size = sizeof(why);

	do
		ready = poll(&one, 1, mono_left_ms(deadline));
	while (ready < 0 && errno == EINTR);
	if (ready == 0)
		errno = ETIMEDOUT;
	if (ready <= 0)
		return -1;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &size) < 0)
		return -1;
	errno = why;
	return why == 0 ? 0 : -1;
}

static void
keep_alive(int fd)
{
	static const struct {
		int level, name, value;
	} options[] = {
		{ SOL_SOCKET, SO_KEEPALIVE, 1 },
		{ IPPROTO_TCP, TCP_KEEPIDLE, KEEP_IDLE_S },
		{ IPPROTO_TCP, TCP_KEEPINTVL, KEEP_INTERVAL_S },
		{ IPPROTO_TCP, TCP_KEEPCNT, KEEP_PROBES },
		{ IPPROTO_TCP, TCP_NODELAY, 1 },
	};

	for (size_t i = 0; i < ARRAY_COUNT(options); i++)
		(void)setsockopt(fd, options[i].level, options[i].name,
		    &options[i].value, sizeof(options[i].value));
}

static int
try_address(const struct addrinfo *info, mono_t deadline)
{
	int fd = socket(info->ai_family,
	    info->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, info->ai_protocol);
	int why;

	if (fd < 0)
		return -1;
	if (connect(fd, info->ai_addr, info->ai_addrlen) == 0 ||
	    (errno == EINPROGRESS && finish(fd, deadline) == 0)) {
		keep_alive(fd);
		return fd;
	}
	why = errno;
	(void)close(fd);
	errno = why;
	return -1;
}

static int
try_all(const struct addrinfo *list, const struct dial *dial, struct err *err)
{
	mono_t deadline = mono_add(clock_mono(), dial->timeout_ms);
	int left = 0;

	for (const struct addrinfo *info = list; info != NULL;
	     info = info->ai_next)
		left++;
	for (const struct addrinfo *info = list; info != NULL;
	     info = info->ai_next, left--) {
		/* One dead address must not use up the others' time. */
		mono_t share =
		    mono_add(clock_mono(), mono_left_ms(deadline) / left);
		int fd;

		if (dial->only_loopback && !is_loopback(info))
			return err_set(err, ERR_CONF,
			    "%s:%u: without TLS only on 127.0.0.1 or ::1",
			    dial->host, dial->port);
		fd = try_address(info, share);
		if (fd >= 0)
			return fd;
		(void)err_sys(
		    err, ERR_TEMP, "connect to %s:%u", dial->host, dial->port);
	}
	return -1;
}

int
dial(const struct dial *dial, struct err *err)
{
	const struct addrinfo hints = {
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICSERV,
	};
	struct addrinfo *list = NULL;
	char service[16];
	int result;

	(void)snprintf(service, sizeof(service), "%u", dial->port);
	result = getaddrinfo(dial->host, service, &hints, &list);
	if (result != 0)
		return err_set(err, ERR_TEMP, "look up %s: %s", dial->host,
		    gai_strerror(result));
	result = try_all(list, dial, err);
	freeaddrinfo(list);
	return result;
}
