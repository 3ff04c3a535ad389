/*
 * push - what pushes of all gateways have in common.
 *
 * The desk makes of an HTTP request the JSON {"query": {...}, "query_hex":
 * {...}, "content_type", "body" or "body_hex"}; values that are not UTF-8 come
 * as hexadecimal.
 */
#ifndef READER_PUSH_H
#define READER_PUSH_H

#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/json.h"
#include "lib/units.h"
#include "reader/reader.h"

struct arena;

/* The request as a JSON object, or NULL with ERR_DATA. */
json_t *push_open(const char *raw, size_t len, struct err *err);

/* The bytes of a query field; ->data NULL when it is not there. */
struct bytes push_query(
    const json_t *request, const char *name, struct arena *arena);
struct bytes push_body(const json_t *request, struct arena *arena);

/* A query field as clean text, or NULL. */
const char *push_text(
    const json_t *request, const char *name, struct arena *arena);

/* Unix seconds or milliseconds, or RFC 3339; 0 for anything else. */
msec_t push_time(const char *text);

/* A delivery state in a gateway's words: one of push_report's. */
const char *push_state(const char *word);

/* The parts of a long text from its user data header (3GPP TS 23.040 9.2.3.24);
 * nothing is set when it names none. */
void push_parts(struct bytes header, struct message *ret);

int push_kannel_text(const json_t *request, struct arena *arena,
    struct message *ret, struct err *err) must_check;
int push_kannel_report(const json_t *request, struct arena *arena,
    struct push_report *ret, struct err *err) must_check;

int push_json_text(const struct push_map *map, const json_t *request,
    struct arena *arena, struct message *ret, struct err *err) must_check;
int push_json_report(const struct push_map *map, const json_t *request,
    struct arena *arena, struct push_report *ret, struct err *err) must_check;

#endif
