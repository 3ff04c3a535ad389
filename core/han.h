/*
 * han - traditional characters read as simplified ones, so that one list of
 * words serves both.  Common words of homes and houses; not a dictionary:
 * where two characters became one (後 后), the simplified one is meant.
 */
#ifndef CORE_HAN_H
#define CORE_HAN_H

#include <stdint.h>

struct arena;

/* What han_simplify() looks up; lives as long as the arena. */
uint16_t *han_table(struct arena *arena);
/* In place; no character changes its length in UTF-8. */
void han_simplify(const uint16_t *table, char *text);

#endif
