/*
 * auto - did a machine write this, so that no machine may answer it
 * (RFC 3834, R50)?
 */
#ifndef READER_AUTO_H
#define READER_AUTO_H

#include <stdbool.h>

#include "core/message.h"
#include "reader/mime.h"

struct arena;

/* Signs that a machine wrote it. */
struct evidence {
	const char *reason; /* "auto-submitted", "list", "vacation text" */
	const char *where;  /* the field or the words, for people */
};

enum { AUTO_EVIDENCE_MAX = 12 };

/* All that is found, the weightiest first; returns how many.  `message' holds
 * sender, subject, return path, text and bounce facts; `raw' is what `mime'
 * was read from. */
size_t auto_evidence(const char *raw, const struct mime *mime,
    const struct message *message, struct arena *arena,
    struct evidence ret[AUTO_EVIDENCE_MAX]);

/* The site's own filter called it spam. */
bool auto_spam_hint(const struct mime *mime, struct arena *arena);

#endif
