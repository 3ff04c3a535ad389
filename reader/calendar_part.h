/*
 * calendar_part - an invitation as text (RFC 5545).
 */
#ifndef READER_CALENDAR_PART_H
#define READER_CALENDAR_PART_H

struct arena;

/* Of the first event: what, when, where, who asks, and what they say about it,
 * a line each and without labels, which would be in a language; "" when there
 * is no event.  `text' is clean UTF-8. */
char *calendar_to_text(const char *text, struct arena *arena);

#endif
