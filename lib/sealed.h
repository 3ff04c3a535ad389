/*
 * sealed - bytes in memory (memfd) that go from process to process by their
 * descriptor, and that nobody can change any more, their maker included.
 */
#ifndef LIB_SEALED_H
#define LIB_SEALED_H

#include <stddef.h>

#include "lib/buf.h"
#include "lib/cleanup.h"

struct err;

/* A new descriptor, close-on-exec, of all parts in a row; nothing at all
 * becomes a line end, because an empty file cannot be mapped.  -1 with
 * ERR_TEMP. */
int sealed_new(const struct bytes *parts, size_t count, struct err *err)
    must_check;

/* What another process handed over, for reading. */
struct sealed {
	void *data;
	size_t size; /* never 0 */
};

/* ERR_DATA without the seals: its maker could cut the file under our mapping,
 * and reading it would kill us with SIGBUS.  Leaves `fd' open. */
int sealed_map(int fd, struct sealed *ret, struct err *err) must_check;
/* For scoped(sealed_unmap). */
void sealed_unmap(struct sealed *sealed);

#endif
