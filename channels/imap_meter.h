/*
 * imap_meter - lines and literals of a server, counted.
 *
 * libetpan keeps whatever arrives.  The meter follows the stream just far
 * enough to tell a line from a literal (RFC 9051 4.3), so that a line
 * without end and a literal larger than any mail of ours are noticed before
 * they fill the memory.
 */
#ifndef CHANNELS_IMAP_METER_H
#define CHANNELS_IMAP_METER_H

#include <stddef.h>

#include "lib/cleanup.h"

struct imap_meter {
	size_t line_cap, literal_cap; /* bytes */
	size_t line;		      /* of the current line so far */
	size_t literal_left;
	size_t number; /* digits after the last '{' */
	enum {
		METER_TEXT,
		METER_NUMBER, /* {12 */
		METER_CLOSED, /* {12} */
		METER_CR,     /* {12}\r */
	} at;
};

/* Count `len' received bytes.  NULL, or why this must end. */
const char *imap_meter_count(
    struct imap_meter *meter, const char *data, size_t len) must_check;

#endif
