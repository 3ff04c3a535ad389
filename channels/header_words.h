/*
 * header_words - a field's text: cleaned, coded where it must be, folded.
 *
 * `column' is where the line has got to.
 */
#ifndef CHANNELS_HEADER_WORDS_H
#define CHANNELS_HEADER_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/limits.h"

struct buf;

enum { HEADER_FOLD_AT = 78 }; /* RFC 5322 2.1.1 */

/* `value' as compose_header.h promises, at most `max' bytes; its length. */
size_t header_clean(
    const char *value, size_t max, char ret[LIMIT_HEADER_BYTES + 1]);

/* A clean text that needs no coding. */
bool header_is_plain(const char *text);
/* Plain words, folded in front of a space where the line gets long. */
void header_put_plain(struct buf *out, const char *text, size_t *column);
/* As many words of RFC 2047 as it takes, each of whole characters. */
void header_put_coded(struct buf *out, const char *text, size_t *column);
void header_fold(struct buf *out, size_t *column);

#endif
