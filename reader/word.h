/*
 * word - find the words of mail programs in a text, whatever their case.
 *
 * Latin, Greek and Cyrillic capitals count as small ones, a no-break space as
 * a space.  Words are given in small letters.
 */
#ifndef READER_WORD_H
#define READER_WORD_H

#include <stdbool.h>
#include <stddef.h>

/* How many bytes at the start of `text' are `word'; 0 when it differs. */
size_t word_at(const char *text, const char *word);
bool word_at_any(const char *text, const char *const *words, size_t count);

/* Where it stands first, or NULL. */
const char *word_find(const char *text, const char *word);
bool word_find_any(const char *text, const char *const *words, size_t count);

#endif
