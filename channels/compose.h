/*
 * compose - an outgoing message as the bytes of an RFC 5322 mail.
 */
#ifndef CHANNELS_COMPOSE_H
#define CHANNELS_COMPOSE_H

#include "core/outgoing.h"
#include "lib/buf.h"
#include "lib/cleanup.h"

struct err;

struct compose_from {
	const char *addr; /* of the mailbox: From */
	const char *name;
	const char *date; /* RFC 5322 */
};

/* Appends the whole mail, CRLF line ends.  `parts' are the bytes of
 * out->parts, each a MIME part with its own headers, put behind the text as
 * they are.  Headers are folded and coded (RFC 2047); a line end in any value
 * cannot get in.  -1 with ERR_DATA when over the buffer's cap. */
int compose_mail(const struct outgoing *out, const struct compose_from *from,
    const struct bytes *parts, struct buf *ret, struct err *err) must_check;

#endif
