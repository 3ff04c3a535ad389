/*
 * mime_parts - the leaves of gmime's tree, as slices of the raw bytes.
 */
#ifndef READER_MIME_PARTS_H
#define READER_MIME_PARTS_H

#include <gmime/gmime.h>

#include "reader/mime.h"

/* Types and parts of `whole', which gmime made of the `len' raw bytes, or of a
 * part of their header: then the body starts at `body', else 0. */
void mime_parts_read(GMimeObject *whole, const char *raw, size_t len,
    size_t body, struct arena *arena, struct mime *ret);

#endif
