/*
 * http - the listener for pushes; owner of libmicrohttpd.
 *
 * Framing only: what a push says is for the reader.  Paths:
 *   /sms/<channel>/<secret>/mo    a text, GET or POST
 *   /sms/<channel>/<secret>/dlr   a delivery report
 *   /health                       200 while the desk turns
 * A wrong secret, an unknown channel, an unknown path, and a push that its
 * provider file does not take for genuine (channels/sms_verify.h) get the same
 * bare 403.  A text is answered when it is committed, with what the provider
 * file says; Kannel gets nothing, because it may send our words on to the
 * owner (sms.md A.2).
 */
#ifndef DAEMON_HTTP_H
#define DAEMON_HTTP_H

#include <poll.h>

#include "lib/cleanup.h"

struct config;
struct desk;
struct err;
struct http;

/* Of gateways, at once. */
enum { HTTP_CONNECTIONS_MAX = 512 };

/* NULL with err when the address cannot be listened on. */
struct http *http_open(const struct config *conf, struct err *err);
void http_close(struct http **http);
void http_serve(struct http *http, struct desk *desk);

/* The answer port of the desk. */
void http_answer(void *self, void *handle, int status, const char *why);

/* For the loop: one descriptor. */
struct pollfd http_poll(const struct http *http);
int http_timeout(const struct http *http);
void http_work(struct http *http);

#endif
