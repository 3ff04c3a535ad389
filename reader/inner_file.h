/*
 * inner_file - a file that is no part of its mail, but stands in one.
 */
#ifndef READER_INNER_FILE_H
#define READER_INNER_FILE_H

#include <stddef.h>

struct inner_file {
	const char *name; /* or NULL */
	const char *type;
	size_t size; /* decoded bytes */
};

struct inner_files {
	struct inner_file *list; /* room for LIMIT_ATTACHMENTS, or NULL */
	size_t count;
};

struct arena;

/* One more, if there is room; copies nothing. */
void inner_file_add(
    struct inner_files *files, struct arena *arena, struct inner_file file);

#endif
