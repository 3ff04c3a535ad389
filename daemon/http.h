/*
 * http - the listener for pushes; owner of libmicrohttpd.
 *
 * Framing only: what a push says is for the reader.  Paths:
 *   /sms/<channel>/<secret>/mo    a text, GET or POST
 *   /sms/<channel>/<secret>/dlr   a delivery report
 *   /health                       200 while the desk turns
 * A wrong secret, an unknown channel and an unknown path get the same bare
 * 403.  A text is answered when it is committed: 200 and nothing else,
 * because a gateway may send our words on to the owner (sms.md A.2).
 */
#ifndef DAEMON_HTTP_H
#define DAEMON_HTTP_H

#include <poll.h>

#include "lib/cleanup.h"

struct config;
struct desk;
struct err;
struct http;

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
