/*
 * transfer - undo a content transfer encoding (RFC 2045 section 6), forgiving.
 */
#ifndef READER_TRANSFER_H
#define READER_TRANSFER_H

#include <stddef.h>

enum transfer {
	TRANSFER_NONE, /* 7bit, 8bit, binary and what is unknown */
	TRANSFER_BASE64,
	TRANSFER_QUOTED,
	TRANSFER_UUENCODE,
};

/* What a Content-Transfer-Encoding field names, however it is spelt; NULL is
 * none. */
enum transfer transfer_named(const char *raw);

/* Decode at most `room' bytes into `out'; returns how many.  `out' NULL
 * counts only, with `room' SIZE_MAX.  Junk between base64 digits and missing
 * padding cost nothing. */
size_t transfer_decode(enum transfer transfer, const char *data, size_t len,
    char *out, size_t room);

#endif
