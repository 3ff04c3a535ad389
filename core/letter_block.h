/*
 * letter_block - a letter's lines as blocks, rows and cells, for
 * core/letter_html.c only.
 */
#ifndef CORE_LETTER_BLOCK_H
#define CORE_LETTER_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/letter.h"

struct letter_line {
	enum letter_form form; /* that of the line it goes on with */
	bool is_more;	       /* it goes on with the line before */
	bool breaks;	       /* it is not the first of its paragraph */
	const char *text;      /* without what marks its form */
	const char *label;     /* of a fact or a button, or NULL */
	size_t more;	       /* lines behind it that go on with it */
};

/* Lines of one form that follow one another; rows with their head. */
struct letter_block {
	enum letter_form form;
	const struct letter_line *lines;
	size_t count;
};

struct letter_blocks {
	struct letter_line *lines;
	size_t line_count;
	struct letter_block *list;
	size_t count;
};

struct letter_cell {
	const char *text;
	bool is_number; /* of digits: to the right */
	int percent;	/* of a bar, from 1; 0: no bar */
};

/* All in the arena. */
void letter_blocks_read(const struct letter *letter, struct arena *arena,
    struct letter_blocks *ret);
/* The cells of a row; those of a head stand like what is below them. */
size_t letter_cells(const struct letter_blocks *blocks,
    const struct letter_line *row, struct arena *arena,
    struct letter_cell **ret);

#endif
