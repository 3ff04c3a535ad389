/*
 * text - small questions about NUL-terminated strings.
 *
 * Bytes only: what needs Unicode is in core/unicode.  NULL is taken for "".
 */
#ifndef LIB_TEXT_H
#define LIB_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/cleanup.h"

bool text_is_empty(const char *text);
bool text_eq(const char *a, const char *b);
/* ASCII case does not count. */
bool text_eq_nocase(const char *a, const char *b);
bool text_starts(const char *text, const char *prefix);
bool text_starts_nocase(const char *text, const char *prefix);
bool text_ends(const char *text, const char *suffix);

/* Never NULL. */
const char *text_or(const char *text, const char *otherwise);

/* A whole decimal number between min and max and nothing else: 0, or -1. */
int text_to_int(const char *text, int64_t min, int64_t max, int64_t *ret)
    must_check;

/* A number in decimal, as short as it is. */
enum { TEXT_INT = 21 };
void text_from_int(int64_t value, char ret[TEXT_INT]);

/* Lower the ASCII letters in place; returns `text'. */
char *text_lower(char *text);
/* Cut ASCII white space at both ends in place; returns the first byte kept. */
char *text_trim(char *text);

/* Of a hexadecimal digit in either case; -1 of anything else. */
int text_hex_value(char digit);

/* Edit distance, for "did you mean"; at most `limit' + 1 is returned. */
size_t text_distance(const char *a, const char *b, size_t limit);

#endif
