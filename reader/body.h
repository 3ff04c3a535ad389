/*
 * body - which parts of a mail are its text, and that text.
 */
#ifndef READER_BODY_H
#define READER_BODY_H

#include <stdbool.h>

#include "reader/inner_file.h"
#include "reader/mime.h"

struct arena;

struct body {
	char *text; /* clean UTF-8, html.h's marks in it; never NULL */
	size_t first_length; /* bytes of it that the first part gave */
	bool *is_text; /* by part: it was used, or is another form of it */
	struct inner_files files; /* uuencoded ones, those of a winmail.dat */
	const char *warning;
};

/* text/plain is taken where a sender gives a choice, unless it is empty. */
void body_read(const char *raw, const struct mime *mime, struct arena *arena,
    struct body *ret);

#endif
