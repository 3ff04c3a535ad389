/*
 * phrase - words of the tables with places that are filled in.
 *
 * {} is the first argument, {1} too, {2} the second: a translator may say them
 * in another order, and no text from a file is ever a printf format.
 */
#ifndef CORE_PHRASE_H
#define CORE_PHRASE_H

#include <stddef.h>

#include "core/vocabulary.h"

struct arena;

/* The row in that language (language_pick()), filled.  A place without an
 * argument stays empty; a NULL argument is empty.  At most nine. */
const char *phrase(enum language language,
    const char *const row[LANGUAGE_COUNT], const char *const *args,
    size_t count, struct arena *arena);
/* The same with whole numbers. */
const char *phrase_count(enum language language,
    const char *const row[LANGUAGE_COUNT], const int *numbers, size_t count,
    struct arena *arena);

#endif
