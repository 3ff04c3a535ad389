/*
 * headers - the values of header fields, forgiving (RFC 5322, RFC 2047).
 */
#ifndef READER_HEADERS_H
#define READER_HEADERS_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/units.h"

struct address;
struct arena;

/* One line without the folds and without white space at the ends; NULL gives
 * NULL. Still raw bytes. */
char *header_unfold(const char *raw, struct arena *arena);

/* Text for people: encoded words decoded (characters split over words are
 * joined again), raw 8-bit bytes guessed, cut at LIMIT_HEADER_BYTES. */
const char *header_text(const char *raw, struct arena *arena);

/* RFC 5322 date, also without a weekday or seconds. "CST" is +0800, as Chinese
 * senders mean it (mail.md B).  0 when there is no date in it. */
msec_t header_date(const char *raw, struct arena *arena);
/* Is "CST" all that such a date says of its zone? */
bool header_date_is_cst(const char *raw);

/* The message ids in a References or In-Reply-To field, without angle
 * brackets, at most `limit'. */
const char **header_ids(
    const char *raw, size_t limit, struct arena *arena, size_t *ret_count);

/* The mailboxes of an address field, at most `limit', whatever stands between
 * them; what has no "@" is left out. */
struct address *header_addresses(
    const char *raw, size_t limit, struct arena *arena, size_t *ret_count);

#endif
