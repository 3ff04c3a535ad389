/*
 * buf - growing bytes with a ceiling that must be given.
 *
 * Passing the ceiling is sticky: the buffer stops growing, buf_is_over()
 * turns true, later appends do nothing.  So a long piece of rendering needs
 * one check at its end.  The bytes are always followed by a NUL.
 */
#ifndef LIB_BUF_H
#define LIB_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/cleanup.h"

struct buf {
	char *data; /* NULL until the first append; see buf_text() */
	size_t len;
	size_t size;
	size_t cap;
	bool over;
};

/* A slice of bytes that somebody else owns. */
struct bytes {
	const char *data;
	size_t len;
};

void buf_init(struct buf *buf, size_t cap_bytes);
/* For scoped(buf_done). */
void buf_done(struct buf *buf);
/* Empty it and keep the memory. */
void buf_reset(struct buf *buf);

void buf_add(struct buf *buf, const void *data, size_t len);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *fmt, ...) print_fmt(2, 3);

/* Make room for `len' more bytes and return where they go, or NULL when that
 * passes the ceiling; buf_grow() then says how many were written. */
char *buf_room(struct buf *buf, size_t len);
void buf_grow(struct buf *buf, size_t len);
/* Drop the first `len' bytes. */
void buf_shift(struct buf *buf, size_t len);

/* The text so far, never NULL. */
const char *buf_text(const struct buf *buf);
bool buf_is_over(const struct buf *buf);

#endif
