/*
 * csv - comma-separated values (RFC 4180), one record at a time.
 *
 * More lenient than the RFC where spreadsheets are: line ends of any kind,
 * another separator.  Not more: text after a closing quote is a mistake, for
 * what it means is a guess.
 */
#ifndef LIB_CSV_H
#define LIB_CSV_H

#include <stddef.h>

struct arena;
struct err;

struct csv {
	const char *next; /* NUL-terminated text that is still to come */
	char separator;
	unsigned line; /* of the last record's first line, from 1 */
	unsigned next_line;
};

/* `text' must outlive the reading. */
void csv_open(struct csv *csv, const char *text, char separator);

/* The next record: 1 with its fields, 0 at the end, -1 with ERR_DATA (then
 * the rest of the text cannot be trusted).  Empty lines are skipped.  Fields
 * lie in the arena; at most `max' are kept, *ret_count says how many there
 * were. */
int csv_next(struct csv *csv, struct arena *arena, const char **fields,
    size_t max, size_t *ret_count, struct err *err);

#endif
