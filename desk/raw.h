/*
 * raw - bytes from outside, in a sealed memfd that desk and reader share.
 */
#ifndef DESK_RAW_H
#define DESK_RAW_H

#include <stddef.h>

#include "lib/cleanup.h"

struct err;

/* Counted: every mail that lies in it holds a reference. */
struct raw {
	int fd;
	void *data; /* mapped read-only */
	size_t size;
	int references;
};

/* Takes `fd'; refuses one that its maker could still change. */
struct raw *raw_from_fd(int fd, struct err *err);
/* A new memfd with a copy of the bytes. */
struct raw *raw_from_bytes(const char *data, size_t len, struct err *err);
struct raw *raw_keep(struct raw *raw);
/* A descriptor of one's own on the same bytes, or -1. */
int raw_fd_copy(const struct raw *raw, struct err *err) must_check;
/* Drops one reference, clears the pointer. */
void raw_drop(struct raw **raw);

#endif
