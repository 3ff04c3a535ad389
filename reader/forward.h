/*
 * forward - who wrote a mail that stands below a marker, about what, and its
 * words.
 */
#ifndef READER_FORWARD_H
#define READER_FORWARD_H

#include <stddef.h>

#include "core/message.h"
#include "reader/lines.h"

struct arena;

/* The marker stands at line `at', the mail starts at line `next'; `rest' is
 * what the marker's own line goes on with, or NULL.  is_forward is left to the
 * caller. */
void forward_read(const struct lines *lines, size_t at, size_t next,
    const char *rest, struct arena *arena, struct forward *ret);

#endif
