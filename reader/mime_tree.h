/*
 * mime_tree - gmime's tree of a mail, and what is asked of its nodes.
 */
#ifndef READER_MIME_TREE_H
#define READER_MIME_TREE_H

#include <gmime/gmime.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Start gmime; once a process. */
void tree_open(void);

/* The tree of `len' bytes, which must stay as long as it; a new reference, or
 * NULL. */
GMimeObject *tree_parse(const char *raw, size_t len);

bool tree_is_leaf(GMimeObject *object);
bool tree_is_mail(GMimeObject *object);
bool tree_is_multipart(GMimeObject *object);

/* The first field of that name, raw: gmime's own reading of parameters knows
 * neither what is broken nor a charset that is labelled wrong.  Or NULL. */
const char *tree_field(GMimeObject *object, const char *name);
/* gmime decides what is a multipart, parameters.h what the leaves are. */
const char *tree_type(GMimeObject *object, struct arena *arena);
const char *tree_parameter(
    GMimeObject *object, const char *name, struct arena *arena);
const char *tree_file_name(GMimeObject *object, struct arena *arena);

/* Of the first header field, or SIZE_MAX when there is none. */
size_t tree_offset(GMimeObject *object);
/* Of a leaf's content; both 0 when it has none. */
void tree_content(
    GMimePart *part, size_t len, size_t *ret_start, size_t *ret_end);
/* Where the last leaf under `object' ends; gmime remembers no other end. */
size_t tree_last_end(GMimeObject *object, size_t len);

#endif
