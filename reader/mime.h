/*
 * mime - the structure of a mail, by gmime: its headers and its leaf parts.
 *
 * Owner of gmime.  What comes out are slices of the raw bytes, so that a part
 * can be passed on as it came; an attached message is a leaf too.
 */
#ifndef READER_MIME_H
#define READER_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/cleanup.h"
#include "reader/transfer.h"

struct arena;
struct err;

struct mime_header {
	const char *name;
	const char *raw; /* as it came, still folded; any bytes but NUL */
};

struct mime_part {
	const char *type; /* "text/plain", lower case */
	const char *parent; /* type of the multipart around it, or NULL */
	const char *charset; /* label, or NULL */
	const char *name; /* decoded file name, or NULL */
	bool is_attachment; /* Content-Disposition says so */
	bool has_id; /* Content-ID: shown by an HTML part */
	bool is_flowed, is_delsp; /* RFC 3676 */
	enum transfer transfer;
	size_t offset, length; /* with its own headers; of a whole mail's only
				* part: 0 and 0 */
	size_t body_offset, body_length;
	int group; /* parts of one multipart/alternative share it; else 0 */
};

struct mime {
	struct mime_header *headers;
	size_t header_count;
	struct mime_part *parts;
	size_t part_count;
	const char *type; /* of the whole mail */
	const char *report_type; /* multipart/report: "delivery-status" */
	const char *warning; /* what was cut, or NULL */
};

/* Start gmime; once a process. */
void mime_open(void);

/* Split `len' bytes, which must stay while `ret' is used.  -1 with ERR_DATA
 * when there is no header at all. */
int mime_read(const char *raw, size_t len, struct arena *arena,
    struct mime *ret, struct err *err) must_check;

/* The first header of that name, or NULL; the next after `after'. */
const char *mime_header(const struct mime *mime, const char *name);
const struct mime_header *mime_header_next(const struct mime *mime,
    const char *name, const struct mime_header *after);

/* The decoded bytes of a part, at most `cap', NUL after the last. */
char *mime_body(const char *raw, const struct mime_part *part, size_t cap,
    struct arena *arena, size_t *ret_len);

#endif
