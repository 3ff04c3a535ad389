/*
 * A listener that answers every request at once and remembers nothing: the
 * most that libmicrohttpd could take on this machine at this moment.
 *
 * usage: bare_listen     prints its port, ends with its input
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <unistd.h>

#include "lib/cleanup.h"

enum { CONNECTIONS_MAX = 512 };

/* libmicrohttpd wants these eight. */
static enum MHD_Result
on_request(/* NOLINT(readability-function-size) */
    void *arg, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **state)
{
	static char nothing[1];
	struct MHD_Response *response;
	enum MHD_Result result;

	(void)arg;
	(void)url;
	(void)method;
	(void)version;
	(void)data;
	if (*state == NULL) {
		*state = nothing;
		return MHD_YES;
	}
	*size = 0;
	response =
	    MHD_create_response_from_buffer(0, nothing, MHD_RESPMEM_PERSISTENT);
	result = MHD_queue_response(connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	return result;
}

int
main(void)
{
	struct sockaddr_in at = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	struct MHD_Daemon *daemon =
	    MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL,
		on_request, NULL, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
		MHD_OPTION_END);
	const union MHD_DaemonInfo *info;
	char rest[64];

	if (daemon == NULL) {
		(void)fprintf(stderr, "bare_listen: no port to listen on\n");
		return 1;
	}
	info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
	(void)printf("%u\n", (unsigned)info->port);
	(void)fflush(stdout);
	while (read(STDIN_FILENO, rest, sizeof(rest)) > 0)
		;
	MHD_stop_daemon(daemon);
	return 0;
}
