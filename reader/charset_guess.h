/*
 * charset_guess - what bytes without a label, or with a wrong one, are.
 *
 * Text in a language has few letters that make up most of it.  Under the right
 * charset most characters are among them, under a wrong one hardly any.
 */
#ifndef READER_CHARSET_GUESS_H
#define READER_CHARSET_GUESS_H

#include <stddef.h>

struct arena;

/* Build the tables; once a process. */
void charset_guess_open(void);

/* How much bytes look like text under a charset: 0 to 100; -1 of a label that
 * is no candidate. */
int charset_score(
    const char *label, const char *data, size_t len, struct arena *arena);

/* The label of the likeliest candidate, or NULL when none is likely. */
const char *charset_guess(
    const char *data, size_t len, struct arena *arena, unsigned *ret_score);

/* Escape sequences say what 7-bit text is (RFC 1468, 1557, 1922): a label, or
 * NULL. */
const char *charset_of_escapes(const char *data, size_t len);

#endif
