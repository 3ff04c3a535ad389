/*
 * reader - strangers' bytes into `struct message'.
 *
 * Runs in the sandboxed reader process, in `shouwen parse' and in tests.
 */
#ifndef READER_READER_H
#define READER_READER_H

#include <stddef.h>

#include "core/message.h"
#include "lib/cleanup.h"

struct arena;
struct err;

/* Start gmime and open every charset once (glibc loads a module a charset,
 * which the sandbox would forbid later).  Once a process. */
int reader_open(struct err *err) must_check;

/* A mail.  Broken MIME is read as far as it goes, with ->warning; -1 with
 * ERR_DATA only when nothing can be made of it (empty, no header). */
int reader_mail(const char *raw, size_t len, struct arena *arena,
    struct message *ret, struct err *err) must_check;

/* How a gateway names things; texts and reports both. Names that are NULL are
 * not sent by it. */
struct push_map {
	const char *preset; /* "kannel" or "json" */
	/* json: RFC 6901 pointers into the body, or into each poll item */
	const char *items;
	const char *cursor; /* into the whole poll answer */
	const char *id, *from, *to, *text, *time;
};
json_t *push_map_to_json(const struct push_map *map);
int push_map_from_json(const json_t *document, struct arena *arena,
    struct push_map *ret, struct err *err) must_check;

/* One pushed text. ERR_DATA with a sentence for the 400 answer. */
int reader_push_text(const struct push_map *map, const char *raw, size_t len,
    struct arena *arena, struct message *ret, struct err *err) must_check;

/* One pushed delivery report. */
struct push_report {
	const char *id;	   /* as we gave it in the report's URL, or provider id */
	const char *state; /* "delivered", "failed", "accepted", "unknown" */
	const char *answer;
};
int reader_push_report(const struct push_map *map, const char *raw, size_t len,
    struct arena *arena, struct push_report *ret, struct err *err) must_check;

/* One text of a poll answer.  `raw' is what a push of the same gateway would
 * have brought, so that reader_push_text() can read it again; one that says
 * nothing costs itself and not the others: `error' says why. */
struct poll_text {
	struct message message; /* where there is no error */
	const char *raw;
	const char *error; /* or NULL */
};

struct poll_page {
	struct poll_text *texts;
	size_t count;
	const char *cursor; /* or NULL */
};

/* ERR_DATA when there is no list in it. */
int reader_poll(const struct push_map *map, const char *raw, size_t len,
    struct arena *arena, struct poll_page *ret, struct err *err) must_check;

#endif
