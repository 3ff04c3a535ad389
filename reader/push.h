/*
 * push - what a gateway said, by the fields of its provider file.
 *
 * The desk makes of an HTTP request the JSON {"query": {...}, "query_hex":
 * {...}, "content_type", "body" or "body_hex"}; values that are not UTF-8 come
 * as hexadecimal.  One text out of a list is kept as {"item": true, "body"},
 * with "poll": true where a poll brought it.
 */
#ifndef READER_PUSH_H
#define READER_PUSH_H

#include <stdbool.h>

#include "core/sms_provider.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/json.h"
#include "lib/units.h"
#include "reader/reader.h"

struct arena;

/* ---- push_source.c: one request or list item, taken apart ---- */

struct push_source {
	const struct sms_fields *fields;
	const json_t *request; /* NULL for an item of a poll */
	json_t *document;      /* JSON: the body or one item; form: its
				* fields, name to hexadecimal; else NULL */
	void *xml;             /* xmlDoc */
};
/* For scoped(push_source_close). */
void push_source_close(struct push_source *source);
/* Parses the body as the fields' format wants.  -1 ERR_DATA. */
int push_source_open(const struct sms_fields *fields, const json_t *request,
    struct arena *arena, struct push_source *ret, struct err *err) must_check;
/* The same of one item of a list; borrows it. */
void push_source_item(const struct sms_fields *fields, const json_t *item,
    struct push_source *ret);

/* The bytes at a field ("a|b" too); ->data NULL when there are none. */
struct bytes push_bytes(
    const struct push_source *source, const char *field, struct arena *arena);
/* The same as clean, trimmed text, or NULL when it is empty or not short. */
const char *push_text(
    const struct push_source *source, const char *field, struct arena *arena);
/* JSON as gateways write it: bytes that are no UTF-8 are mended, half a
 * character and NUL among the escapes are U+FFFD.  A new reference, or NULL
 * with err. */
json_t *push_json(struct bytes body, struct arena *arena, struct err *err);
struct bytes push_body(const json_t *request, struct arena *arena);
struct bytes push_unhex(const char *digits, size_t len, struct arena *arena);

/* ---- push_value.c ---- */

/* Unix seconds or milliseconds, RFC 3339 or 5322, "2026-11-25 09:30:00" in
 * `zone' ("+08:00"); 0 for anything else. */
msec_t push_time(const char *text, const char *zone, struct arena *arena);

/* A delivery state in a gateway's words: one of push_report's. */
const char *push_state(const char *word);

/* What may stand for a sender: a number of 15 digits, a short code, a name of
 * 11 letters, and what is written around them. */
enum { PUSH_SENDER_MOST = 32 };
/* Letters or digits, no more than that, without control characters. */
bool push_is_sender(struct bytes said);

/* The parts of a long text from its user data header (3GPP TS 23.040 9.2.3.24);
 * nothing is set when it names none. */
void push_parts(struct bytes header, struct message *ret);

/* ---- push_part.c ---- */

/* Half a character at its borders becomes a mark (core/sms_half.h). */
const char *push_part_words(
    const char *charset, struct bytes text, struct arena *arena);

#endif
