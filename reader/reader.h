/*
 * reader - strangers' bytes into `struct message'.
 *
 * Runs in the sandboxed reader process, in `shouwen parse' and in tests.
 */
#ifndef READER_READER_H
#define READER_READER_H

#include <stddef.h>

#include "core/message.h"
#include "core/sms_provider.h"
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

/* What the provider file of a gateway says of the four ways in. */
struct push_map {
	struct sms_fields push, report, poll, report_poll;
};
/* Borrows. */
struct push_map push_map_from(const struct sms_provider *provider);
/* Its JSON has LIMIT_PUSH_MAP_BYTES at the most; the settings are checked for
 * that. */
json_t *push_map_to_json(const struct push_map *map);
int push_map_from_json(const json_t *document, struct arena *arena,
    struct push_map *ret, struct err *err) must_check;

struct push_report {
	const char *id;	   /* as we gave it ({ref}), or the gateway's */
	const char *state; /* "delivered", "failed", "accepted", "unknown" */
	const char *answer;
	bool is_optout; /* it failed because they want no texts */
};

/* One text or report.  One that says nothing costs itself and not the others:
 * `error' says why. */
struct push_item {
	struct message message; /* of a text */
	struct push_report report;
	const char *raw; /* of one out of a list: what reader_push() reads
			  * again; else NULL */
	const char *error; /* or NULL */
};
struct push_page {
	struct push_item *items;
	size_t count;	    /* without what `only_at' passes over */
	size_t listed;	    /* with it */
	const char *cursor; /* or NULL */
	const char *last_id; /* or NULL */
};

/* A push; the request as the desk describes it (push.h).  ERR_DATA with a
 * sentence for the 400 answer when nothing can be taken apart. */
int reader_push(const struct push_map *map, bool is_report, const char *raw,
    size_t len, struct arena *arena, struct push_page *ret, struct err *err)
    must_check;
/* The body of a poll's answer.  ERR_DATA when there is no list in it. */
int reader_poll(const struct push_map *map, bool is_report, const char *raw,
    size_t len, struct arena *arena, struct push_page *ret, struct err *err)
    must_check;

#endif
