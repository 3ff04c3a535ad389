/*
 * raw - bytes from outside, in a sealed memfd that desk and reader share.
 */
#ifndef DESK_RAW_H
#define DESK_RAW_H

#include <stddef.h>

#include "lib/sealed.h"

struct err;

/* Counted: every mail that lies in it holds a reference. */
struct raw {
	int fd;
	struct sealed bytes;
	int references;
};

/* Takes `fd'; NULL with ERR_DATA when its maker could still change it. */
struct raw *raw_from_fd(int fd, struct err *err);
/* A new memfd with a copy of the bytes. */
struct raw *raw_from_bytes(const char *data, size_t len, struct err *err);
struct raw *raw_keep(struct raw *raw);
/* Drops one reference, clears the pointer. */
void raw_drop(struct raw **raw);

#endif
