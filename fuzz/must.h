/*
 * must - what the rest of the program relies on, and the memory of one try.
 */
#ifndef FUZZ_MUST_H
#define FUZZ_MUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Emptied before each try. */
extern struct arena fuzz_arena;

/* Ends the process when it does not hold. */
void must(bool holds, const char *what);
/* What all of the program takes for granted of a text. */
void must_be_text(const char *text, size_t cap);
/* Clean UTF-8, as the reader's parts give it to each other. */
char *as_text(const uint8_t *data, size_t size);

#endif
