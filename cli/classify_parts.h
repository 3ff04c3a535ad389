/*
 * classify_parts - a message in, what was understood of it out; internal to
 * cli/classify*.c.
 */
#ifndef CLI_CLASSIFY_PARTS_H
#define CLI_CLASSIFY_PARTS_H

#include "core/classify.h"
#include "core/classify_why.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"

enum { LINE_BYTES_MAX = 2 * 1024 * 1024 };

/* What all messages share. */
struct run {
	struct config *conf;
	struct arena arena;
	struct buf mail, out;
	bool explains, is_json;
};

struct question {
	struct classify_context ctx;
	struct classify_in in;
};

/* An object of standard input; texts live in the run's arena. */
int question_read(struct run *run, const json_t *document, struct question *ret,
    struct err *err) must_check;

json_t *answer_to_json(
    const struct question *asked, const struct understanding *seen);
json_t *place_to_json(const struct place *place);

/* Why: a member "why" for programs, tables for people. */
json_t *why_to_json(const struct classify_why *why);
void why_print(const struct understanding *seen, const struct classify_why *why,
    struct arena *arena);

#endif
