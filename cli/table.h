/*
 * table - rows for people on a terminal or in a pipe.
 *
 * Columns are as wide as their widest cell on the screen, where a Chinese
 * character takes two places.  Colour only where standard output is a
 * terminal and NO_COLOR is not set.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stddef.h>
#include <stdio.h>

enum table_colour { TABLE_PLAIN, TABLE_GOOD, TABLE_WARN, TABLE_BAD };

struct table;

/* `heads' is NULL-terminated; the texts are borrowed. */
struct table *table_open(const char *const *heads);
void table_close(struct table **table);

/* The next cell, copied; rows fill up from the left.  NULL is "-".  Control
 * characters become "?", for cells hold strangers' words. */
void table_cell(struct table *table, const char *text);
void table_cell_coloured(
    struct table *table, const char *text, enum table_colour colour);
size_t table_rows(const struct table *table);

void table_print(const struct table *table, FILE *out);

/* How many places a text takes on the screen. */
size_t table_width(const char *text);

#endif
