#include "daemon/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "channels/sms_verify.h"
#include "core/config.h"
#include "core/limits.h"
#include "desk/desk.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/digest.h"
#include "lib/err.h"
#include "lib/json.h"
#include "lib/log.h"
#include "lib/text.h"

enum {
	CONNECTIONS_MAX = 512,
	BACKLOG = 1024, /* a burst must not be dropped (sms.md A.5) */
	IDLE_SECONDS = 20,
	SEGMENTS_MAX = 4,
	QUERY_MAX = 128,
};

struct http {
	const struct config *conf;
	struct desk *desk;
	struct MHD_Daemon *daemon;
	int epoll_fd;
	struct request *waiting; /* for a commit */
	unsigned long refused;	 /* pushes that were none of a gateway's */
	mono_t refusals_told;
};

struct request {
	struct request *next; /* of http->waiting */
	struct http *http;
	struct MHD_Connection *connection;
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
	result =
	    MHD_queue_response(connection, (unsigned)status, response);
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

/* The same bare answer whatever was wrong.  The log gets a count, once a
 * minute at most. */
static enum MHD_Result
refuse(struct http *http, struct MHD_Connection *connection)
{
	http->refused++;
	if (mono_left_ms(http->refusals_told) == 0) {
		log_event(LOG_LEVEL_WARN, "push_refused", "count=%lu",
		    http->refused);
		http->refusals_told = mono_add(clock_mono(), MSEC_MINUTE);
	}
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

/* The same time whatever differs, so that a secret cannot be felt out. */
static bool
is_secret(const char *given, const char *secret)
{
	uint8_t a[SHA256_BYTES], b[SHA256_BYTES];

	digest_sha256(given, strlen(given), a);
	digest_sha256(secret, strlen(secret), b);
	return digest_eq(a, b, sizeof(a));
}

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
	     at != NULL && count <= SEGMENTS_MAX; at = strtok_r(NULL, "/", &save))
		segments[count++] = at;
	if (count != SEGMENTS_MAX || strcmp(segments[0], "sms") != 0)
		return;
	channel = config_sms(http->conf, segments[1]);
	if (channel == NULL || channel->push_secret == NULL ||
	    !is_secret(segments[2], channel->push_secret))
		return;
	request->is_report = strcmp(segments[3], "dlr") == 0;
	if ((request->is_report && channel->provider->report.is_there) ||
	    (strcmp(segments[3], "mo") == 0 &&
		channel->provider->push.is_there))
		request->channel = channel;
}

/* ---- what it says ---- */

/* jansson holds only UTF-8; other bytes travel as hexadecimal in `hex'. */
static void
put_value(json_t *plain, const char *key, json_t *hex, const char *hex_key,
    struct bytes value)
{
	json_t *text = json_stringn(value.data, value.len);
	char *digits;

	if (text != NULL) {
		json_object_set_new(plain, key, text);
		return;
	}
	digits = malloc(2 * value.len + 1);
	if (digits == NULL)
		abort();
	digest_hex((const uint8_t *)value.data, value.len, digits);
	json_object_set_new(hex, hex_key, json_string(digits));
	free(digits);
}

struct fields {
	json_t *plain, *hex;
};

static enum MHD_Result
add_field(void *arg, enum MHD_ValueKind kind, const char *key, size_t key_len,
    const char *value, size_t value_len)
{
	struct fields *fields = arg;

	(void)kind;
	if (key_len > 0 && key_len < 64)
		put_value(fields->plain, key, fields->hex, key,
		    value == NULL ? (struct bytes){ "", 0 }
				  : (struct bytes){ value, value_len });
	return MHD_YES;
}

static void
describe(struct request *request, struct buf *raw)
{
	struct fields fields = { json_object(), json_object() };
	json_t *push = json_object();

	(void)MHD_get_connection_values_n(
	    request->connection, MHD_GET_ARGUMENT_KIND, add_field, &fields);
	json_object_set_new(push, "query", fields.plain);
	json_object_set_new(push, "query_hex", fields.hex);
	json_put_text(push, "content_type",
	    MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND,
		MHD_HTTP_HEADER_CONTENT_TYPE));
	put_value(push, "body", push, "body_hex",
	    (struct bytes){ buf_text(&request->body), request->body.len });
	json_to_buf(push, raw);
	json_decref(push);
}

/* ---- is it the gateway's ---- */

struct pairs {
	struct sms_pair list[QUERY_MAX];
	size_t count;
	bool is_cut;
};

static enum MHD_Result
add_pair(void *arg, enum MHD_ValueKind kind, const char *key, size_t key_len,
    const char *value, size_t value_len)
{
	struct pairs *pairs = arg;
	const char *text = text_or(value, "");

	(void)kind;
	if (pairs->count == QUERY_MAX || strlen(key) != key_len ||
	    strlen(text) != value_len)
		pairs->is_cut = true;
	else
		pairs->list[pairs->count++] = (struct sms_pair){ key, text };
	return MHD_YES;
}

static const char *
header_of(void *self, const char *name)
{
	const struct request *request = self;

	return MHD_lookup_connection_value(
	    request->connection, MHD_HEADER_KIND, name);
}

static bool
is_genuine(struct request *request)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char address[INET_ADDRSTRLEN] = "";
	struct sockaddr_in peer = { 0 };
	struct pairs pairs = { .count = 0 };
	struct push_facts facts = {
		.is_report = request->is_report,
		.address = address,
		.forwarded = header_of(request, "X-Forwarded-For"),
		.content_type = header_of(request, MHD_HTTP_HEADER_CONTENT_TYPE),
		.body = { buf_text(&request->body), request->body.len },
		.query = pairs.list,
		.now_seconds = clock_wall(&clock_real) / MSEC_SECOND,
		.header = header_of,
		.self = request,
	};

	if (info != NULL && info->client_addr->sa_family == AF_INET) {
		memcpy(&peer, info->client_addr, sizeof(peer));
		(void)inet_ntop(
		    AF_INET, &peer.sin_addr, address, sizeof(address));
	}
	(void)MHD_get_connection_values_n(
	    request->connection, MHD_GET_ARGUMENT_KIND, add_pair, &pairs);
	facts.query_count = pairs.count;
	facts.is_query_cut = pairs.is_cut;
	return sms_push_is_genuine(request->channel, &facts);
}

static enum MHD_Result
hand_in(struct request *request)
{
	struct buf raw scoped(buf_done) = { 0 };
	struct err err = { 0 };

	if (request->is_too_large)
		return respond(request->connection, MHD_HTTP_CONTENT_TOO_LARGE,
		    "the body is too large\n");
	if (!is_genuine(request))
		return refuse(request->http, request->connection);
	buf_init(&raw, 4 * LIMIT_PUSH_BYTES);
	describe(request, &raw);
	/* Suspended first: the desk may answer before this returns. */
	request->is_waiting = true;
	request->next = request->http->waiting;
	request->http->waiting = request;
	MHD_suspend_connection(request->connection);
	if (desk_push(request->http->desk, request->channel->name,
		request->is_report, buf_text(&raw), raw.len, request,
		&err) < 0) {
		log_event(LOG_LEVEL_ERROR, "push", "channel=%s err=\"%s\"",
		    request->channel->name, err.msg);
		http_answer(request->http, request,
		    MHD_HTTP_SERVICE_UNAVAILABLE, "try again later\n");
	}
	return MHD_YES;
}

/* ---- libmicrohttpd's callbacks ---- */

static struct request *
request_new(struct http *http, struct MHD_Connection *connection,
    const char *url)
{
	struct request *request = calloc(1, sizeof(*request));

	if (request == NULL)
		abort();
	request->http = http;
	request->connection = connection;
	buf_init(&request->body, LIMIT_PUSH_BYTES);
	recognise(http, url, request);
	return request;
}

/* libmicrohttpd wants these eight. */
static enum MHD_Result
on_request( /* NOLINT(readability-function-size) */
   void *arg, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **state)
{
	struct http *http = arg;
	struct request *request = *state;

	(void)version;
	if (request == NULL) {
		*state = request_new(http, connection, url);
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
	if (inet_pton(AF_INET, conf->listen_address, &at.sin_addr) != 1) {
		(void)err_set(err, ERR_CONF, "listen address %s is no IPv4 address",
		    conf->listen_address);
		free(http);
		return NULL;
	}
	http->daemon = MHD_start_daemon(
	    MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request,
	    http, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
	    MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)BACKLOG,
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
