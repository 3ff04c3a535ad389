#include "daemon/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/limits.h"
#include "daemon/http_push.h"
#include "desk/desk.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/digest.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/text.h"

enum {
	BACKLOG = 1024, /* a burst must not be dropped (sms.md A.5) */
	IDLE_SECONDS = 20,
	SEGMENTS_MAX = 4,
};
/* Else those that wait would take all connections, and nobody could be told to
 * come again. */
_Static_assert(LIMIT_PUSHES_WAITING < HTTP_CONNECTIONS_MAX, "room for refusals");

/* Seconds; of a gateway that takes the hint. */
#define RETRY_AFTER "5"

/* What a stranger or a flood could fill the log with is counted. */
struct tally {
	const char *name;
	unsigned long count;
	mono_t told;
};

struct http {
	const struct config *conf;
	struct desk *desk;
	struct MHD_Daemon *daemon;
	int epoll_fd;
	struct request *waiting; /* for a commit */
	struct tally refused;    /* pushes that were none of a gateway's */
	struct tally put_off;    /* answered 503 */
};

struct request {
	struct request *next; /* of http->waiting */
	struct http *http;
	struct MHD_Connection *connection;
	char *query; /* as it came */
	bool is_begun;
	const struct sms_channel *channel; /* NULL: not a push */
	bool is_report;
	bool is_waiting; /* suspended until the commit */
	bool is_too_large;
	int status; /* 0: no answer yet */
	char why[160];
	struct buf body;
};

/* ---- answers ---- */

static enum MHD_Result
respond_as(struct MHD_Connection *connection, int status, const char *type,
    const char *text)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result result;

	if (response == NULL)
		return MHD_NO;
	if (*text != '\0')
		(void)MHD_add_response_header(
		    response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
		(void)MHD_add_response_header(
		    response, MHD_HTTP_HEADER_RETRY_AFTER, RETRY_AFTER);
	result = MHD_queue_response(connection, (unsigned)status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result
respond(struct MHD_Connection *connection, int status, const char *text)
{
	return respond_as(
	    connection, status, "text/plain; charset=utf-8", text);
}

/* What the gateway takes for "I have it". */
static enum MHD_Result
respond_taken(const struct request *request)
{
	const struct sms_provider *provider = request->channel->provider;
	const struct sms_push *push =
	    request->is_report ? &provider->report : &provider->push;

	return respond_as(request->connection, (int)push->status,
	    text_or(push->type, "text/plain; charset=utf-8"),
	    text_or(push->body, ""));
}

/* Once a minute at most. */
static void
count_up(struct tally *tally, const char *why)
{
	tally->count++;
	if (mono_left_ms(tally->told) > 0)
		return;
	log_event(LOG_LEVEL_WARN, tally->name, "count=%lu why=\"%s\"",
	    tally->count, why);
	tally->told = mono_add(clock_mono(), MSEC_MINUTE);
}

/* The same bare answer whatever was wrong. */
static enum MHD_Result
refuse(struct http *http, struct MHD_Connection *connection)
{
	count_up(&http->refused, "none of a gateway's");
	return respond(connection, MHD_HTTP_FORBIDDEN, "");
}

static void
forget(struct request *request)
{
	for (struct request **at = &request->http->waiting; *at != NULL;
	     at = &(*at)->next) {
		if (*at != request)
			continue;
		*at = request->next;
		return;
	}
}

void
http_answer(void *self, void *handle, int status, const char *why)
{
	struct request *request = handle;

	(void)self;
	request->status = status;
	(void)strncat(request->why, why, sizeof(request->why) - 1);
	if (request->is_waiting) {
		request->is_waiting = false;
		forget(request);
		MHD_resume_connection(request->connection);
	}
}

/* ---- whose push is it ---- */

static void
recognise(struct http *http, const char *url, struct request *request)
{
	char path[512] = "", *segments[SEGMENTS_MAX + 1] = { 0 }, *save = NULL;
	const struct sms_channel *channel;
	size_t count = 0;

	if (strlen(url) >= sizeof(path))
		return;
	memcpy(path, url, strlen(url) + 1);
	for (char *at = strtok_r(path, "/", &save);
	     at != NULL && count <= SEGMENTS_MAX;
	     at = strtok_r(NULL, "/", &save))
		segments[count++] = at;
	if (count != SEGMENTS_MAX || strcmp(segments[0], "sms") != 0)
		return;
	channel = config_sms(http->conf, segments[1]);
	if (channel == NULL || channel->push_secret == NULL ||
	    !digest_eq_text(segments[2], channel->push_secret))
		return;
	request->is_report = strcmp(segments[3], "dlr") == 0;
	if ((request->is_report && channel->provider->report.is_there) ||
	    (strcmp(segments[3], "mo") == 0 &&
		channel->provider->push.is_there))
		request->channel = channel;
}

/* ---- handing it in ---- */

static enum MHD_Result
hand_in(struct request *request)
{
	const struct bytes body = { buf_text(&request->body),
		request->body.len };
	struct buf raw scoped(buf_done) = { 0 };
	struct err err = { 0 };

	if (request->is_too_large)
		return respond(request->connection, MHD_HTTP_CONTENT_TOO_LARGE,
		    "the body is too large\n");
	if (!http_push_is_genuine(request->connection, request->channel,
		request->is_report, request->query, body))
		return refuse(request->http, request->connection);
	buf_init(&raw, 4 * LIMIT_PUSH_BYTES);
	http_push_describe(request->connection, body, &raw);
	/* Suspended first: the desk may answer before this returns. */
	request->is_waiting = true;
	request->next = request->http->waiting;
	request->http->waiting = request;
	MHD_suspend_connection(request->connection);
	if (desk_push(request->http->desk, request->channel->name,
		request->is_report, buf_text(&raw), raw.len, request,
		&err) < 0) {
		count_up(&request->http->put_off, err.msg);
		http_answer(request->http, request,
		    MHD_HTTP_SERVICE_UNAVAILABLE, "try again later\n");
	}
	return MHD_YES;
}

/* ---- libmicrohttpd's callbacks ---- */

/* Before anything is decoded: what is signed is the query as it came. */
static void *
on_uri(void *arg, const char *uri, struct MHD_Connection *connection)
{
	struct request *request = calloc(1, sizeof(*request));
	const char *query = strchr(uri, '?');

	if (request == NULL)
		abort();
	request->http = arg;
	request->connection = connection;
	request->query = strdup(query == NULL ? "" : query + 1);
	if (request->query == NULL)
		abort();
	buf_init(&request->body, LIMIT_PUSH_BYTES);
	return request;
}

/* libmicrohttpd wants these eight. */
static enum MHD_Result
on_request(/* NOLINT(readability-function-size) */
    void *arg, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **state)
{
	struct http *http = arg;
	struct request *request = *state;

	(void)version;
	if (!request->is_begun) {
		request->is_begun = true;
		recognise(http, url, request);
		return MHD_YES;
	}
	if (*size > 0) {
		/* The rest is still read, so that the answer arrives. */
		buf_add(&request->body, data, *size);
		request->is_too_large = buf_is_over(&request->body);
		*size = 0;
		return MHD_YES;
	}
	if (request->status == MHD_HTTP_OK)
		return respond_taken(request);
	if (request->status != 0)
		return respond(connection, request->status, request->why);
	if (strcmp(url, "/health") == 0)
		return respond(connection, MHD_HTTP_OK, "");
	if (request->channel == NULL)
		return refuse(http, connection);
	if (!text_eq(method, "GET") && !text_eq(method, "POST"))
		return respond(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "");
	return hand_in(request);
}

static void
on_completed(void *arg, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode code)
{
	struct http *http = arg;
	struct request *request = *state;

	(void)connection;
	(void)code;
	if (request == NULL)
		return;
	if (request->is_waiting)
		forget(request);
	desk_push_gone(http->desk, request);
	buf_done(&request->body);
	free(request->query);
	free(request);
	*state = NULL;
}

/* ---- the loop ---- */

struct http *
http_open(const struct config *conf, struct err *err)
{
	struct sockaddr_in at = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)conf->listen_port),
	};
	struct http *http = calloc(1, sizeof(*http));
	const union MHD_DaemonInfo *info;

	if (http == NULL)
		abort();
	http->conf = conf;
	http->refused.name = "push_refused";
	http->put_off.name = "push_put_off";
	if (inet_pton(AF_INET, conf->listen_address, &at.sin_addr) != 1) {
		(void)err_set(err, ERR_CONF,
		    "listen address %s is no IPv4 address",
		    conf->listen_address);
		free(http);
		return NULL;
	}
	http->daemon = MHD_start_daemon(
	    MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request,
	    http, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
	    MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)BACKLOG,
	    MHD_OPTION_URI_LOG_CALLBACK, on_uri, http,
	    MHD_OPTION_NOTIFY_COMPLETED, on_completed, http, MHD_OPTION_END);
	if (http->daemon == NULL) {
		(void)err_sys(err, ERR_CONF, "listen on %s:%u",
		    conf->listen_address, conf->listen_port);
		free(http);
		return NULL;
	}
	info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	http->epoll_fd = info->epoll_fd;
	return http;
}

void
http_serve(struct http *http, struct desk *desk)
{
	http->desk = desk;
}

void
http_close(struct http **http)
{
	struct http *old = *http;

	*http = NULL;
	if (old == NULL)
		return;
	/* Not committed: the gateway will come again. */
	while (old->waiting != NULL)
		http_answer(old, old->waiting, MHD_HTTP_SERVICE_UNAVAILABLE,
		    "the desk is stopping\n");
	MHD_stop_daemon(old->daemon);
	free(old);
}

struct pollfd
http_poll(const struct http *http)
{
	return (struct pollfd){ .fd = http->epoll_fd, .events = POLLIN };
}

int
http_timeout(const struct http *http)
{
	MHD_UNSIGNED_LONG_LONG left;

	if (MHD_get_timeout(http->daemon, &left) != MHD_YES)
		return -1;
	return left > 60000 ? 60000 : (int)left;
}

void
http_work(struct http *http)
{
	(void)MHD_run(http->daemon);
}
