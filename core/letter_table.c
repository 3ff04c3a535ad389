#include "core/letter_table.h"

#include <string.h>

#include "core/letter.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"

/* A wider cell stands out of its column: to its width all others of the column
 * would be filled up, and a mail has room for no such table. */
enum { COLUMN_WIDTH_MAX = 60 };

struct letter_row {
	struct letter_row *next;
	const char *cells[LETTER_COLUMNS_MAX];
	int widths[LETTER_COLUMNS_MAX];
	int count;
};

static int
width_of(const char *text)
{
	int width = 0;
	uint32_t character;

	while ((character = unicode_next(&text)) != 0)
		width += unicode_width(character);
	return width;
}

/* Without marks, and without white space around it. */
static const char *
cell_text(const char *from, size_t len, struct arena *arena)
{
	char *cell = arena_strndup(arena, from, len);
	char *to = cell;

	for (const char *at = cell; *at != '\0'; at++) {
		if (*at == MARK_LINE_END)
			*to++ = ' ';
		else if (*at == MARK_PIPE || *at == '|')
			*to++ = '/';
		else if (*at != MARK_VALUE)
			*to++ = *at;
	}
	*to = '\0';
	return text_trim(cell);
}

void
letter_table_init(struct letter_table *table, struct arena *arena)
{
	*table = (struct letter_table){ .arena = arena };
}

void
letter_table_add(struct letter_table *table, const char *line, size_t len)
{
	struct letter_row *row = arena_alloc(table->arena, sizeof(*row));

	*row = (struct letter_row){ 0 };
	while (row->count < LETTER_COLUMNS_MAX) {
		const char *bar = row->count == LETTER_COLUMNS_MAX - 1 ?
		    NULL : memchr(line, '|', len);
		size_t part = bar == NULL ? len : (size_t)(bar - line);
		int i = row->count++;

		row->cells[i] = cell_text(line, part, table->arena);
		row->widths[i] = width_of(row->cells[i]);
		if (row->widths[i] > table->widths[i] &&
		    row->widths[i] <= COLUMN_WIDTH_MAX)
			table->widths[i] = row->widths[i];
		if (bar == NULL)
			break;
		line += part + 1;
		len -= part + 1;
	}
	if (table->first == NULL)
		table->first = row;
	else
		table->last->next = row;
	table->last = row;
}

void
letter_table_write(const struct letter_table *table, struct buf *out)
{
	for (const struct letter_row *row = table->first; row != NULL;
	     row = row->next) {
		for (int i = 0; i < row->count; i++) {
			int pad = table->widths[i] - row->widths[i];

			buf_puts(out, row->cells[i]);
			if (i == row->count - 1)
				break;
			for (; pad > 0; pad--)
				buf_putc(out, ' ');
			buf_puts(out, " | ");
		}
		buf_putc(out, '\n');
	}
}
