/*
 * parse_why - `shouwen parse --explain': why a mail was read so.
 */
#ifndef CLI_PARSE_WHY_H
#define CLI_PARSE_WHY_H

#include "lib/json.h"
#include "reader/explain.h"

struct arena;

/* For people, on standard output. */
void parse_print_why(const char *path, const struct message *message,
    const struct explanation *why, struct arena *arena);

/* For programs: {"lines": [{"line", "fate", "kept", "text"}], "machine":
 * [{"reason", "where"}]}.  A new reference. */
json_t *parse_why(const struct explanation *why);

#endif
