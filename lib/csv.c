#include "lib/csv.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"

void
csv_open(struct csv *csv, const char *text, char separator)
{
	*csv = (struct csv){ .next = text,
		.separator = separator,
		.next_line = 1 };
}

/* CR LF, LF or a lone CR. */
static void
line_end(struct csv *csv)
{
	if (*csv->next == '\r')
		csv->next++;
	if (*csv->next == '\n')
		csv->next++;
	csv->next_line++;
}

/* Behind the opening quote.  NULL when it is never closed. */
static char *
quoted_field(struct csv *csv, struct arena *arena)
{
	const char *from = csv->next;
	size_t len = 0;
	char *field;

	for (const char *p = from; !(p[0] == '"' && p[1] != '"'); p++, len++) {
		if (*p == '\0')
			return NULL;
		if (*p == '"')
			p++;
	}
	field = arena_alloc(arena, len + 1);
	for (size_t i = 0; i < len; i++, from++) {
		if (*from == '"')
			from++;
		if (*from == '\n')
			csv->next_line++;
		field[i] = *from;
	}
	csv->next = from + 1;
	return field;
}

static char *
plain_field(struct csv *csv, struct arena *arena)
{
	const char stops[] = { csv->separator, '\r', '\n', '\0' };
	size_t len = strcspn(csv->next, stops);
	char *field = arena_strndup(arena, csv->next, len);

	csv->next += len;
	return field;
}

int
csv_next(struct csv *csv, struct arena *arena, const char **fields, size_t max,
    size_t *ret_count, struct err *err)
{
	size_t count = 0;

	while (*csv->next == '\r' || *csv->next == '\n')
		line_end(csv);
	if (*csv->next == '\0')
		return 0;
	csv->line = csv->next_line;
	for (;;) {
		const char *field;

		if (*csv->next == '"') {
			csv->next++;
			field = quoted_field(csv, arena);
			if (field == NULL)
				return err_set(err, ERR_DATA,
				    "a quote is opened and never closed");
		} else {
			field = plain_field(csv, arena);
		}
		if (count < max)
			fields[count] = field;
		count++;
		if (*csv->next != csv->separator)
			break;
		csv->next++;
	}
	if (*csv->next == '\r' || *csv->next == '\n')
		line_end(csv);
	else if (*csv->next != '\0')
		return err_set(err, ERR_DATA,
		    "text after a closing quote; double a quote inside quotes");
	*ret_count = count;
	return 1;
}
