/*
 * import_row - one row of the register into an owner; for desk/import only.
 */
#ifndef DESK_IMPORT_ROW_H
#define DESK_IMPORT_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "desk/import.h"

enum import_column {
	COLUMN_NAME,
	COLUMN_HOME,
	COLUMN_MAIL,
	COLUMN_PHONE,
	COLUMN_LANGUAGE,
	COLUMN_KIND,
	COLUMN_ELDERLY,
	COLUMN_COUNT
};

/* Addresses seen so far, for "line 5 has it too". */
struct import_seen;

struct import_rows {
	const struct import *import;
	struct owner_list *found;
	/* Which field of a row is which column; field_count: it is absent. */
	size_t field_of[COLUMN_COUNT];
	size_t field_count;
	struct import_seen *seen;
	size_t seen_room; /* a power of two */
};

/* "file:line: words" to whoever listens; line 0: the whole file. */
void import_say(const struct import *import, unsigned line, const char *words);

/* The line of column names.  -1 after telling what is wrong. */
int import_columns(struct import_rows *rows, unsigned line,
    const char *const *names, size_t count);
/* Make room for as many rows as the text has lines. */
void import_rows_room(
    struct import_rows *rows, const char *text, struct arena *arena);
void import_rows_done(struct import_rows *rows);
/* Adds an owner, or tells all mistakes of the row and returns false. */
bool import_row(struct import_rows *rows, unsigned line,
    const char *const *fields, size_t count, struct arena *arena);

#endif
