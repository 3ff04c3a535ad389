#include "daemon/http_push.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "channels/sms_verify.h"
#include "lib/clock.h"
#include "lib/digest.h"
#include "lib/json.h"
#include "lib/text.h"

enum { QUERY_MAX = 128 };

static const char *
header_of(void *self, const char *name)
{
	return MHD_lookup_connection_value(self, MHD_HEADER_KIND, name);
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

void
http_push_describe(
    struct MHD_Connection *connection, struct bytes body, struct buf *raw)
{
	struct fields fields = { json_object(), json_object() };
	json_t *push = json_object();

	(void)MHD_get_connection_values_n(
	    connection, MHD_GET_ARGUMENT_KIND, add_field, &fields);
	json_object_set_new(push, "query", fields.plain);
	json_object_set_new(push, "query_hex", fields.hex);
	json_put_text(push, "content_type",
	    header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE));
	put_value(push, "body", push, "body_hex", body);
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

/* Some proxies write a line of their own behind those that came. */
static enum MHD_Result
take_forwarded(
    void *arg, enum MHD_ValueKind kind, const char *key, const char *value)
{
	const char **ret = arg;

	(void)kind;
	if (text_eq_nocase(key, "X-Forwarded-For"))
		*ret = value;
	return MHD_YES;
}

bool
http_push_is_genuine(struct MHD_Connection *connection,
    const struct sms_channel *channel, bool is_report, const char *query,
    struct bytes body)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char address[INET_ADDRSTRLEN] = "";
	struct sockaddr_in peer = { 0 };
	struct pairs pairs = { .count = 0 };
	struct push_facts facts = {
		.is_report = is_report,
		.address = address,
		.content_type =
		    header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE),
		.body = body,
		.raw_query = query,
		.query = pairs.list,
		.now_seconds = clock_wall(&clock_real) / MSEC_SECOND,
		.header = header_of,
		.self = connection,
	};

	if (info != NULL && info->client_addr->sa_family == AF_INET) {
		memcpy(&peer, info->client_addr, sizeof(peer));
		(void)inet_ntop(
		    AF_INET, &peer.sin_addr, address, sizeof(address));
	}
	(void)MHD_get_connection_values(
	    connection, MHD_HEADER_KIND, take_forwarded, &facts.forwarded);
	(void)MHD_get_connection_values_n(
	    connection, MHD_GET_ARGUMENT_KIND, add_pair, &pairs);
	facts.query_count = pairs.count;
	facts.is_query_cut = pairs.is_cut;
	return sms_push_is_genuine(channel, &facts);
}
