/*
 * answer - what the desk hears of one job (protocol.h).
 *
 * The message is the document that `shouwen parse' prints, but for the whole
 * text: the desk works with the writer's own words and with what they have
 * forwarded.
 */
#ifndef READER_ANSWER_H
#define READER_ANSWER_H

#include "lib/cleanup.h"
#include "lib/json.h"

#include <stdint.h>

struct arena;
struct buf;
struct err;
struct push_map;

/* Reads `raw' and makes an object with "message" (of a mail) or "items", or with
 * "error".  `kind' is one of enum reader_job_kind; `map' is for pushes
 * and polls.  A new reference. */
json_t *answer_make(uint32_t kind, const struct push_map *map, const char *raw,
    size_t len, struct arena *arena);

/* Replaces what is in `out': the object, and behind a NUL the own words of its
 * message, its longest text, which JSON would make everybody look at letter by
 * letter.  Long texts are shortened until the answer fits `out'; one that does
 * not even then becomes an error. */
void answer_write(json_t *answer, struct buf *out);
/* So large may the answer to a job of that kind be. */
size_t answer_most(uint32_t kind);
/* Both, without a worker: for the simulator and for tests, which have no
 * strangers.  `out' is opened here. */
void answer_text(uint32_t kind, const struct push_map *map, const char *raw,
    size_t len, struct buf *out);

/* The far end's part.  ERR_DATA when it is neither.  The caller has `ret' and
 * ret->own. */
struct answer {
	json_t *object;
	char *own; /* NULL where none was sent */
};
int answer_read(const char *data, size_t len, struct answer *ret,
    struct err *err) must_check;

#endif
