#include "cli/table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/words.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { TABLE_BYTES = 64 * 1024 * 1024, GAP = 2, CELLS_AT_FIRST = 64 };

struct cell {
	const char *text;
	enum table_colour colour;
};

struct table {
	struct arena arena;
	const char *const *heads;
	size_t columns;
	size_t *widths; /* the widest cell of each column */
	struct cell *cells;
	size_t count;
	size_t room;
};

/* SGR sequences (ECMA-48 8.3.117). */
static const char *const colours[] = {
	[TABLE_PLAIN] = "",
	[TABLE_GOOD] = "\033[32m",
	[TABLE_WARN] = "\033[33m",
	[TABLE_BAD] = "\033[31m",
};

size_t
table_width(const char *text)
{
	size_t width = 0;

	while (*text != '\0')
		width += (size_t)unicode_width(unicode_next(&text));
	return width;
}

struct table *
table_open(const char *const *heads)
{
	struct table *table = calloc(1, sizeof(*table));

	if (table == NULL)
		abort();
	arena_init(&table->arena, TABLE_BYTES);
	table->heads = heads;
	while (heads[table->columns] != NULL)
		table->columns++;
	table->widths = arena_array(
	    &table->arena, table->columns, sizeof(*table->widths));
	for (size_t i = 0; i < table->columns; i++)
		table->widths[i] = table_width(heads[i]);
	return table;
}

void
table_close(struct table **table)
{
	if (*table == NULL)
		return;
	arena_done(&(*table)->arena);
	free((*table)->cells);
	free(*table);
	*table = NULL;
}

void
table_cell_coloured(
    struct table *table, const char *text, enum table_colour colour)
{
	char *copy = arena_strdup(&table->arena, text_or(text, "-"));
	size_t *widest = &table->widths[table->count % table->columns];

	words_clean(copy, "");
	if (table_width(copy) > *widest)
		*widest = table_width(copy);
	if (table->count == table->room) {
		table->room = table->room == 0 ? CELLS_AT_FIRST :
						 table->room * 2;
		table->cells = reallocarray(
		    table->cells, table->room, sizeof(*table->cells));
		if (table->cells == NULL)
			abort();
	}
	table->cells[table->count++] =
	    (struct cell){ .text = copy, .colour = colour };
}

void
table_cell(struct table *table, const char *text)
{
	table_cell_coloured(table, text, TABLE_PLAIN);
}

size_t
table_rows(const struct table *table)
{
	return (table->count + table->columns - 1) / table->columns;
}

static bool
has_colour(FILE *out)
{
	const char *terminal = getenv("TERM");

	return isatty(fileno(out)) && getenv("NO_COLOR") == NULL &&
	    terminal != NULL && !text_eq(terminal, "dumb");
}

/* The last column is not padded: no blanks at the ends of lines. */
static void
print_cell(const struct table *table, size_t column, const char *text,
    const char *colour, FILE *out)
{
	size_t width = table_width(text);
	bool is_last = column + 1 == table->columns;

	(void)fprintf(out, "%s%s%s", colour, text, *colour != '\0' ? "\033[0m" : "");
	if (is_last)
		(void)fputc('\n', out);
	else
		(void)fprintf(out, "%*s",
		    (int)(table->widths[column] - width + GAP), "");
}

void
table_print(const struct table *table, FILE *out)
{
	bool colour = has_colour(out);

	for (size_t i = 0; i < table->columns; i++)
		print_cell(table, i, table->heads[i],
		    colour ? "\033[1m" : "", out);
	for (size_t i = 0, column = 0; i < table->count; i++) {
		print_cell(table, column, table->cells[i].text,
		    colour ? colours[table->cells[i].colour] : "", out);
		column = column + 1 < table->columns ? column + 1 : 0;
	}
}
