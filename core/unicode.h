/*
 * unicode - normal forms and character classes; owner of utf8proc.
 */
#ifndef CORE_UNICODE_H
#define CORE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* NFKC without zero-width and BOM characters; case folded when asked. */
const char *unicode_nfkc(const char *text, bool fold, struct arena *arena);
/* Valid UTF-8 without NUL whatever came in: wrong bytes become U+FFFD. */
const char *unicode_valid(const char *data, size_t len, struct arena *arena);
/* Decode one character and move on; 0 at the end, 0xFFFD for wrong bytes. */
uint32_t unicode_next(const char **text);
/* Bytes of the grapheme cluster that starts here; 0 at the end. */
size_t unicode_grapheme(const char *text);
/* Places on a terminal: 0, 1, or 2 for wide ones. */
int unicode_width(uint32_t character);
bool unicode_is_han(uint32_t character);
/* Most of the letters are Han: the writer's language is Chinese. */
bool unicode_is_chinese(const char *text);

#endif
