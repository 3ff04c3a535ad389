/*
 * tnef - the files and the text in a winmail.dat of Outlook ([MS-OXTNEF]).
 *
 * A reader of our own: it copies two kinds of text and a few numbers out of a
 * flat list of records, where the library that there is decodes the whole
 * format and has had its share of holes.
 */
#ifndef READER_TNEF_H
#define READER_TNEF_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct inner_files;

struct tnef_body {
	const char *text; /* clean UTF-8, or NULL */
	bool is_html;
};

/* What is readable up to the first record that is broken or cut. */
void tnef_read(const char *data, size_t len, struct arena *arena,
    struct inner_files *files, struct tnef_body *ret);

#endif
