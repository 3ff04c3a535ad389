/*
 * letter_table - rows of a mail's table as lines of text whose columns stand
 * below each other, for core/letter.c only.
 */
#ifndef CORE_LETTER_TABLE_H
#define CORE_LETTER_TABLE_H

#include <stddef.h>

enum { LETTER_COLUMNS_MAX = 12 };

struct arena;
struct buf;
struct letter_row;

struct letter_table {
	struct arena *arena;
	struct letter_row *first, *last;
	int widths[LETTER_COLUMNS_MAX];
};

void letter_table_init(struct letter_table *table, struct arena *arena);
/* "a | b": a line of the template with its marks, behind the first bar; a bar
 * or a line end of a value becomes something harmless.  Cells beyond the last
 * column become part of it. */
void letter_table_add(
    struct letter_table *table, const char *line, size_t len);
/* "a    | b", each with its line end. */
void letter_table_write(const struct letter_table *table, struct buf *out);

#endif
