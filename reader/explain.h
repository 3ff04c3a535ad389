/*
 * explain - what the reader saw in a mail, and why it read it so.
 */
#ifndef READER_EXPLAIN_H
#define READER_EXPLAIN_H

#include <stddef.h>

#include "core/message.h"
#include "lib/cleanup.h"
#include "reader/auto.h"
#include "reader/lines.h"

struct arena;
struct err;

struct explanation {
	struct lines lines; /* of its text, each with its fate */
	struct evidence evidence[AUTO_EVIDENCE_MAX];
	size_t evidence_count; /* 0: a person wrote it */
};

/* As reader_mail(), which see; `why' lives in the arena, too. */
int reader_mail_explained(const char *raw, size_t len, struct arena *arena,
    struct message *ret, struct explanation *why, struct err *err) must_check;

#endif
