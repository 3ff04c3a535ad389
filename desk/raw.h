/*
 * raw - bytes from outside, for desk and reader: in a sealed memfd that both
 * share, or, when they are few, in the desk's own memory, from which they go
 * to the reader with its job.
 */
#ifndef DESK_RAW_H
#define DESK_RAW_H

#include <stddef.h>

#include "lib/sealed.h"

struct err;

/* Counted: every mail that lies in it holds a reference. */
struct raw {
	int fd; /* -1: in `own' */
	struct sealed bytes;
	char *own;
	int references;
};

/* Takes `fd'; NULL with ERR_DATA when its maker could still change it. */
struct raw *raw_from_fd(int fd, struct err *err);
/* A copy of the bytes; in a new memfd when they are over LIMIT_JOB_BYTES. */
struct raw *raw_from_bytes(const char *data, size_t len, struct err *err);
struct raw *raw_keep(struct raw *raw);
/* Drops one reference, clears the pointer. */
void raw_drop(struct raw **raw);

#endif
