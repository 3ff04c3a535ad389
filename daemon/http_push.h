/*
 * http_push - a request to the listener as a push: what it says, for the
 * reader, and whether a gateway of ours says it.
 */
#ifndef DAEMON_HTTP_PUSH_H
#define DAEMON_HTTP_PUSH_H

#include <stdbool.h>

#include "lib/buf.h"

struct MHD_Connection;
struct sms_channel;

/* Query, content type and body as the JSON that reader/push.c takes. */
void http_push_describe(
    struct MHD_Connection *connection, struct bytes body, struct buf *raw);

/* What its provider file wants besides the secret in the path; `query' as it
 * came. */
bool http_push_is_genuine(struct MHD_Connection *connection,
    const struct sms_channel *channel, bool is_report, const char *query,
    struct bytes body);

#endif
