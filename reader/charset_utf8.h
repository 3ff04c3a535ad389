/*
 * charset_utf8 - how much of some bytes is UTF-8 (RFC 3629).
 */
#ifndef READER_CHARSET_UTF8_H
#define READER_CHARSET_UTF8_H

#include <stddef.h>

/* Bytes from `data' on that are well formed. */
size_t utf8_run(const char *data, size_t len);

/* How bytes look as UTF-8. */
struct utf8_look {
	size_t high;          /* bytes that are no ASCII */
	size_t pairs, longer; /* characters of two bytes, of more */
	size_t bad; /* bytes that fit nowhere, but for a character cut at the
		     * end */
};

struct utf8_look utf8_look(const char *data, size_t len);

#endif
