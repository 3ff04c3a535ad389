/*
 * header_block - the "From: / Sent: / To: / Subject:" lines that mail programs
 * put above a mail that they quote or forward.
 */
#ifndef READER_HEADER_BLOCK_H
#define READER_HEADER_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "reader/lines.h"
#include "reader/markers.h"

struct arena;

struct header_block {
	const char *values[LABEL_COUNT]; /* NULL when not in it */
	size_t end; /* first line behind it */
};

/* Does a block start at line `at'?  Demands what no writer's list has: a
 * sender and two more labels or an address, or a date and an address to go to. */
bool header_block_at(const struct lines *lines, size_t at, struct arena *arena,
    struct header_block *ret);

/* As above, less strict: behind a marker that says that one comes.  Blank
 * lines in front are skipped; `rest' is text behind the marker in its line,
 * where some programs have flattened the block. */
void header_block_read(const struct lines *lines, size_t at, const char *rest,
    struct arena *arena, struct header_block *ret);

#endif
