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

struct arena;

struct own_text {
	const char *own; /* never NULL */
	struct forward forward;
};

/* `text' is clean UTF-8, with html.h's marks where it was HTML.  `subject'
 * may be NULL; `is_answer': the mail names one that it answers. */
void own_text_split(const char *text, const char *subject, bool is_answer,
    struct arena *arena, struct own_text *ret);

#endif
