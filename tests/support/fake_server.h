/*
 * fake_server - a scripted SMTP or HTTP server on 127.0.0.1, for tests.
 *
 * A child process serves until fake_stop().  Rules are tried in order, those
 * of the test before the built-in good manners, so that a test writes down
 * only what goes wrong.
 */
#ifndef TESTS_SUPPORT_FAKE_SERVER_H
#define TESTS_SUPPORT_FAKE_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/buf.h"

enum fake_kind { FAKE_SMTP, FAKE_HTTP };
enum fake_then { FAKE_GO_ON, FAKE_CLOSE, FAKE_HANG };

struct fake_rule {
	/* What a line must start with.  SMTP: "" is a new connection, "BODY"
	 * the first line of a mail, "." its end.  HTTP: the request line,
	 * looked at when the whole request is there; "" every request. */
	const char *on;
	const char *say; /* raw; NULL: nothing */
	enum fake_then then;
	bool once; /* spent after its first use */
};

struct fake;

/* Ends at a rule whose `on' is NULL.  Fails the test when it cannot. */
struct fake *fake_start(enum fake_kind kind, const struct fake_rule *rules);
unsigned fake_port(const struct fake *fake);
/* All that was received so far: each line with its connection's number in
 * front, as in "1 MAIL FROM:<a@b>".  The caller frees. */
struct buf fake_heard(const struct fake *fake);
/* For scoped(fake_stop). */
void fake_stop(struct fake **fake);

#endif
