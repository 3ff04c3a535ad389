/*
 * own_text - a writer's own words apart from what they quote (rules.md 3.4).
 *
 * Losing words is worse than keeping too many: what is not plainly quoted
 * stays, and a text that would be quoted as a whole is kept, with its "> ".
 */
#ifndef READER_OWN_TEXT_H
#define READER_OWN_TEXT_H

#include <stdbool.h>

#include "core/message.h"
#include "reader/lines.h"

struct arena;

/* What is known of the mail; any of it may be absent. */
struct own_text_of {
	const char *subject;
	const char *from; /* its sender */
	const struct address *to;
	size_t to_count;
	bool is_answer; /* it names a mail that it answers */
};

struct own_text {
	const char *own; /* never NULL */
	struct forward forward;
	struct lines lines; /* each with its fate */
};

/* `text' is clean UTF-8, with html.h's marks where it was HTML. */
void own_text_split(const char *text, const struct own_text_of *of,
    struct arena *arena, struct own_text *ret);

#endif
