/*
 * lines - a text as lines, each apart from its quote prefix.
 */
#ifndef READER_LINES_H
#define READER_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct line {
	const char *text; /* as it stands, without html.h's mark */
	const char *words; /* without prefix and white space at the ends */
	int quotes; /* ">" in front of it */
	char mark; /* html.h's mark, or 0 */
	bool blank;
};

struct lines {
	struct line *list;
	size_t count;
};

void lines_split(const char *text, struct arena *arena, struct lines *ret);

/* Lines [from, to) as text again, blank lines at the ends left out; `bare'
 * drops the quote prefix of one level. */
const char *lines_join(const struct lines *lines, size_t from, size_t to,
    bool bare, struct arena *arena);

#endif
