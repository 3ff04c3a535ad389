/*
 * archive_file - the file that `shouwen archive' writes: one mail (RFC 5322,
 * MIME) that any mail client opens, with an index that a person can read and
 * everything that came in and went out as attachments.
 *
 * The index holds the SHA-256 of each attachment's bytes, so that a changed
 * one shows.  Attachments are kept in a file without a name until the index
 * is known, so memory does not grow with the case.
 */
#ifndef CLI_ARCHIVE_FILE_H
#define CLI_ARCHIVE_FILE_H

#include "lib/buf.h"

struct archive;

/* NULL: told on standard error.  `path' is not touched before
 * archive_finish(). */
struct archive *archive_open(const char *path);
/* For scoped(archive_close); accepts NULL. */
void archive_close(struct archive **archive);

/* An attachment: begin, its bytes, end.  A failure is kept for the end. */
void archive_begin(struct archive *archive, const char *name, const char *type);
void archive_add(struct archive *archive, const void *data, size_t len);
void archive_end(struct archive *archive);

/* Write it all, with `index' as the text of the mail; the list of attachments
 * is added to it.  A new file that only its owner may read: one that is there
 * is left alone.  0, or -1 and told. */
int archive_finish(
    struct archive *archive, const char *subject, const struct buf *index);

#endif
