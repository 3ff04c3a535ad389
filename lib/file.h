/*
 * file - small files whole.
 */
#ifndef LIB_FILE_H
#define LIB_FILE_H

#include <stddef.h>

#include "lib/cleanup.h"

struct arena;
struct buf;
struct err;

/* The file, of at most `cap' bytes, in the arena and followed by NUL; NULL with
 * ERR_CONF and a text that names `path': it cannot be read, is no regular
 * file, or is larger. */
char *file_read(const char *path, size_t cap, struct arena *arena,
    size_t *ret_len, struct err *err);
/* The same below an opened folder. */
char *file_read_in(int folder, const char *path, size_t cap,
    struct arena *arena, size_t *ret_len, struct err *err);

/* What is left to read of `fd', which may be a pipe, behind what is in `ret'; -1
 * with errno: it cannot be read, or does not fit with 64 KiB to spare (EFBIG). */
int file_read_rest(int fd, struct buf *ret) must_check;

#endif
