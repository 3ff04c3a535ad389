/*
 * frame - length-prefixed messages between our own processes.
 *
 * A frame is a 32-bit length, a 32-bit type (each side's own enum), the
 * payload, and optionally one descriptor that travels with its first byte.
 * Both ends are on one machine, so numbers are in host order; the far end may
 * be a process that a stranger's bytes have taken over, so every length is
 * checked against the ceiling given at the start.
 */
#ifndef LIB_FRAME_H
#define LIB_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/buf.h"
#include "lib/cleanup.h"

struct err;

struct frame {
	uint32_t type;
	const char *data; /* valid until the next call on the same link */
	size_t len;
	int fd; /* -1, or a descriptor that the receiver must close */
};

enum { FRAME_FDS_MAX = 64 };

/* One end of a socket pair. */
struct frame_link {
	int fd;
	size_t cap; /* largest payload */
	struct buf in, out;
	size_t in_shift;	 /* bytes of `in' already handed out */
	int in_fds[FRAME_FDS_MAX]; /* came with bytes not yet handed out */
	size_t in_fd_count;
	struct {
		size_t at; /* offset in `out' of the frame's first byte */
		int fd;
	} out_fds[FRAME_FDS_MAX];
	size_t out_fd_count;
};

/* Takes `fd' (a stream socket).  `cap_bytes' bounds one payload. */
void frame_link_init(struct frame_link *link, int fd, size_t cap_bytes);
/* Closes everything it holds. */
void frame_link_done(struct frame_link *link);

/* Queue a frame.  `pass_fd' (or -1) is taken and closed once sent.  0, or -1
 * when the payload is over the cap or too many descriptors wait. */
int frame_put(struct frame_link *link, uint32_t type, const void *data,
    size_t len, int pass_fd, struct err *err) must_check;

/* Write what the socket takes now; 0, or -1 when the far end is gone. */
int frame_flush(struct frame_link *link, struct err *err) must_check;
bool frame_wants_write(const struct frame_link *link);

/* Read what is there without waiting; 1, 0 at end of file, -1 on error. */
int frame_fill(struct frame_link *link, struct err *err) must_check;

/* The next whole frame: 1, 0 when none is complete, -1 when malformed. */
int frame_next(
    struct frame_link *link, struct frame *ret, struct err *err) must_check;

/* For processes with nothing else to do: send all, and wait for one frame.
 * timeout_ms < 0 waits for ever.  frame_wait: 1, 0 on end of file or
 * time-out (err set to ERR_TEMP then, untouched at end of file), -1. */
int frame_send(struct frame_link *link, uint32_t type, const void *data,
    size_t len, int pass_fd, struct err *err) must_check;
int frame_wait(struct frame_link *link, int timeout_ms, struct frame *ret,
    struct err *err) must_check;

#endif
