#include "daemon/notify.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/text.h"

void
notify_state(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	const struct timeval patience = { .tv_sec = 1 };
	size_t len;
	int fd;

	if (path == NULL || (len = strlen(path)) >= sizeof(to.sun_path))
		return;
	memcpy(to.sun_path, path, len);
	/* systemd writes an abstract name with @. */
	if (to.sun_path[0] == '@')
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	/* Nobody to tell, or nobody who listens, is no reason to stop. */
	(void)setsockopt(
	    fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	(void)!sendto(fd, state, strlen(state), MSG_NOSIGNAL,
		(struct sockaddr *)&to,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
	(void)close(fd);
}

void
notify_reloading(void)
{
	char state[64];

	(void)snprintf(state, sizeof(state), "RELOADING=1\nMONOTONIC_USEC=%lld",
	    (long long)clock_mono().ms * 1000);
	notify_state(state);
}

int
notify_watchdog_ms(void)
{
	int64_t usec;

	if (text_to_int(getenv("WATCHDOG_USEC"), 2000, INT64_MAX, &usec) < 0)
		return -1;
	usec /= 2000;
	return usec > 60000 ? 60000 : (int)usec;
}

void
notify_alive(void)
{
	static mono_t next;
	int gap = notify_watchdog_ms();

	if (gap < 0 || mono_left_ms(next) > 0)
		return;
	next = mono_add(clock_mono(), gap / 2);
	notify_state("WATCHDOG=1");
}
