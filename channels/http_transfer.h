/*
 * http_transfer - a curl handle that speaks HTTP to a gateway.
 */
#ifndef CHANNELS_HTTP_TRANSFER_H
#define CHANNELS_HTTP_TRANSFER_H

#include "channels/sms_wire.h"
#include "channels/transfer.h"
#include "lib/buf.h"

/* Opens it with the channel's CA; the answer's body goes to `body', what is
 * over its cap is dropped and buf_is_over() says so. */
int http_transfer_open(struct transfer *transfer, struct transfers *owner,
    const char *ca_file, struct buf *body, struct err *err) must_check;
/* Set it up for one request, which must live until it is done, as must
 * *headers, which is made anew. */
int http_transfer_ask(struct transfer *transfer, const struct sms_wire *wire,
    struct curl_slist **headers, struct err *err) must_check;
/* HTTP status, 0 when there was no answer. */
int http_transfer_status(const struct transfer *transfer);
/* How long it wants to be left in peace (RFC 9110 10.2.3), six hours at most;
 * 0: not said. */
msec_t http_transfer_retry_after(const struct transfer *transfer);
/* Some of the request had been written. */
bool http_transfer_was_asked(const struct transfer *transfer);

#endif
