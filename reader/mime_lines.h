/*
 * mime_lines - the lines of a mail that give it its shape, where a sender got
 * them wrong: no blank line behind a header, a boundary that is not the one
 * that was announced.
 */
#ifndef READER_MIME_LINES_H
#define READER_MIME_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* Where the body behind a header starts.  Normally that is behind a blank line;
 * a line that is no field ends the header too, unless fields go on behind it:
 * then *ret_is_broken is true, and the body starts with that line. */
size_t mime_header_end(const char *raw, size_t len, bool *ret_is_broken);

/* A delimiter line ("--boundary") as a slice without its line end, and whether
 * there is one. */
struct mime_delimiter {
	size_t offset;
	const char *text;
	size_t length;
};

/* The first line that starts with "--" and has a Content- field behind it. */
bool mime_find_delimiter(
    const char *raw, size_t len, struct mime_delimiter *ret);

/* The next line from `from' on that is that delimiter, also as "--boundary--";
 * its offset, or `len'.  *ret_next is the line behind it. */
size_t mime_next_delimiter(const char *raw, size_t len, size_t from,
    const struct mime_delimiter *delimiter, size_t *ret_next);

#endif
