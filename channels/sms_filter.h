/*
 * sms_filter - how a value is written where it stands: {text|url}.
 *
 * url (RFC 3986), json (inside quotes), xml, hex16be (UTF-16BE in
 * hexadecimal), b64, sha256 (of the bytes, in hexadecimal), percent (%
 * doubled), iso and day (of Unix seconds, in UTC).
 */
#ifndef CHANNELS_SMS_FILTER_H
#define CHANNELS_SMS_FILTER_H

#include <stddef.h>

#include "lib/buf.h"

struct arena;

struct sms_filter {
	const char *name;
	void (*add)(const char *text, struct buf *out);
};

/* NULL when there is none of that name. */
const struct sms_filter *sms_filter_find(const char *name);
/* All names, for people. */
const char *sms_filter_names(struct arena *arena);

/* Percent-coded as RFC 3986 2.3 wants it for everything not unreserved. */
void sms_url_add(struct buf *url, const char *data, size_t len);

#endif
