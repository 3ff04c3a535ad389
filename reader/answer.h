/*
 * answer - what the desk hears of one job (protocol.h).
 *
 * The message is the document that `shouwen parse' prints, but for the whole
 * text: the desk works with the writer's own words and with what they have
 * forwarded.
 */
#ifndef READER_ANSWER_H
#define READER_ANSWER_H

#include <stdint.h>

#include "lib/json.h"

struct arena;
struct buf;
struct push_map;

/* Reads `raw' and makes an object with "message", "report" or "messages", or
 * with "error".  `kind' is one of enum reader_job_kind; `map' is for pushes
 * and polls.  A new reference. */
json_t *answer_make(uint32_t kind, const struct push_map *map, const char *raw,
    size_t len, struct arena *arena);

/* Replaces what is in `out'.  Long texts are shortened until the answer fits
 * its cap; one that does not even then becomes an error. */
void answer_write(json_t *answer, struct buf *out);

#endif
