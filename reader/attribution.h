/*
 * attribution - "On ... wrote:", the line or lines with which a mail program
 * introduces what it quotes.
 */
#ifndef READER_ATTRIBUTION_H
#define READER_ATTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

#include "reader/lines.h"

struct arena;

/* The line behind an attribution that starts at line `at', which may be
 * wrapped over several; 0 when none starts there. */
size_t attribution_end(
    const struct lines *lines, size_t at, struct arena *arena);

/* "Thanks! On ... wrote:": some programs put both into one line.  Where the
 * attribution starts in the line's words; 0 when it is not of that form. */
size_t attribution_inside(const char *words);

#endif
