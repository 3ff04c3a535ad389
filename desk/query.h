/*
 * query - what people may ask of the store: list, show, outbox, quarantine,
 * archive, verify.
 *
 * Requests and answers are JSON objects, the same over the control socket of
 * a running desk and straight from the store.  Reading personal data leaves
 * an access record (R43).
 */
#ifndef DESK_QUERY_H
#define DESK_QUERY_H

#include "lib/json.h"
#include "lib/units.h"

struct config;
struct store;

/* {"verb": "list" | "show" | "outbox" | "quarantine" | "archive" |
 * "verify", "who": the asking user, ...}.  A new reference, never NULL; a refusal is
 * {"error": sentence}. */
json_t *query_answer(struct store *store, const struct config *conf,
    const json_t *request, msec_t now);

#endif
