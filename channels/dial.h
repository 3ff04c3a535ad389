/*
 * dial - a TCP connection to a named host, within a time.
 */
#ifndef CHANNELS_DIAL_H
#define CHANNELS_DIAL_H

#include <stdbool.h>

#include "lib/cleanup.h"

struct err;

struct dial {
	const char *host; /* name or IP literal */
	unsigned port;
	bool only_loopback; /* any other address is refused (ERR_CONF) */
	int timeout_ms;	    /* for all addresses together */
};

/* Looks the name up and tries its addresses in turn.  The descriptor does not
 * block, is closed on exec and keeps the connection alive while it is idle.
 * -1 with ERR_TEMP, or ERR_CONF as above.  The look-up itself has only the
 * resolver's own time-outs. */
int dial(const struct dial *dial, struct err *err) must_check;

/* An IPv4 or IPv6 address as text: it has no place in SNI. */
bool dial_is_address(const char *host);

#endif
