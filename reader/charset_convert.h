/*
 * charset_convert - bytes under one charset that is taken at its word.
 *
 * Private to reader/charset*.c.
 */
#ifndef READER_CHARSET_CONVERT_H
#define READER_CHARSET_CONVERT_H

#include <stddef.h>

struct arena;

/* Under exactly this label, one of charset_label(), with control characters;
 * *ret_bad bytes fit nothing. */
char *charset_convert(const char *label, const char *data, size_t len,
    struct arena *arena, size_t *ret_bad);
/* The same by its place in the table, into `out' with room for 3 * len + 8
 * bytes; how many it took. */
size_t charset_convert_into(
    int charset, const char *data, size_t len, char *out, size_t *ret_bad);

#endif
