/*
 * compose_header - fields of a mail's header: clean, coded and folded.
 *
 * Values come from strangers.  Whatever they hold, a field that is made here
 * is one field: line ends and other control characters become spaces, runs of
 * white space one space, wrong bytes U+FFFD, and what is over
 * LIMIT_HEADER_BYTES is cut between characters.
 */
#ifndef CHANNELS_COMPOSE_HEADER_H
#define CHANNELS_COMPOSE_HEADER_H

#include <stdbool.h>

struct buf;

/* A mail address that can stand between angle brackets and in an SMTP
 * command: ASCII, one at-sign with something on both sides, nothing that
 * would have to be quoted. */
bool header_is_address(const char *address);

/* "Name: value", folded at 78 columns, RFC 2047 where it is not plain ASCII.
 * Nothing is written for a value that is NULL. */
void header_add_text(struct buf *out, const char *name, const char *value);
/* The same without coding, cut at 900 bytes: for fields of a foreign part,
 * whose own raw bytes and codes must be kept. */
void header_raw(struct buf *out, const char *name, const char *value);
/* "Name: Display <address>".  The address must have passed
 * header_is_address(); `display' may be NULL. */
void header_mailbox(struct buf *out, const char *name, const char *display,
    const char *address);
/* "Name: <id> <id>" of space-separated ids without brackets; `last' (or NULL)
 * follows them unless it is already the last one.  Ids that are none (RFC
 * 5322 3.6.4: no white space, no brackets, ASCII) are left out; with none
 * left nothing is written. */
void header_add_ids(
    struct buf *out, const char *name, const char *ids, const char *last);

#endif
