/*
 * arena - memory for one unit of work: one message, one timer, one run.
 *
 * Everything made while a message is decided lives here; one reset ends it.
 * Memory is zeroed.  malloc failing ends the process; passing the cap does
 * not: allocation goes on so that callers need no check on each call,
 * arena_is_over() turns true, and the unit of work ends as ERR_DATA.  At
 * four times the cap the process aborts, so memory stays bounded whatever
 * a caller forgets.
 */
#ifndef LIB_ARENA_H
#define LIB_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "lib/cleanup.h"

struct arena_block;

struct arena {
	struct arena_block *blocks;
	size_t cap;
	size_t used;
};

/* Ready for use; holds no memory until the first allocation. */
void arena_init(struct arena *arena, size_t cap_bytes);

/* Forget everything, keep one block for the next unit of work. */
void arena_reset(struct arena *arena);

/* Give all memory back.  For scoped(arena_done). */
void arena_done(struct arena *arena);

/* Zeroed, aligned for any object.  Never NULL. */
void *arena_alloc(struct arena *arena, size_t size)
    __attribute__((malloc, returns_nonnull));

/* Room for `count' objects of `size'; aborts on overflow. */
void *arena_array(struct arena *arena, size_t count, size_t size)
    __attribute__((malloc, returns_nonnull));

/* Copies; NULL gives NULL. */
char *arena_strdup(struct arena *arena, const char *text);
/* Copy `len' bytes and end them with NUL. */
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_printf(struct arena *arena, const char *fmt, ...)
    print_fmt(2, 3) __attribute__((returns_nonnull));

/* One text of `count' pieces; NULL is a piece of nothing. */
char *arena_join(struct arena *arena, const char *const *pieces, size_t count)
    __attribute__((returns_nonnull));

/* More than the cap was asked for since the last reset. */
bool arena_is_over(const struct arena *arena);

#endif
