/*
 * charset_choose - what bytes are, given what they are said to be.
 */
#ifndef READER_CHARSET_CHOOSE_H
#define READER_CHARSET_CHOOSE_H

#include <stddef.h>

struct arena;

/* An index of charset_table.h; `label' may be NULL, unknown or wrong. */
int charset_choose(
    const char *label, const char *data, size_t len, struct arena *arena);

#endif
