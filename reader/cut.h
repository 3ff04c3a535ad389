/*
 * cut - where a text stops being its writer's: the first marker by which a
 * mail program sets off another mail.
 */
#ifndef READER_CUT_H
#define READER_CUT_H

#include <stddef.h>

#include "reader/lines.h"

struct arena;

enum cut_kind {
	CUT_NONE,
	CUT_FORWARD, /* a forward marker */
	CUT_ORIGINAL, /* "-----Original Message-----" */
	CUT_BLOCK, /* a header block */
	CUT_ATTRIBUTION,
	CUT_CONTAINER, /* HTML that says it is a quote */
};

struct cut {
	enum cut_kind kind;
	size_t at; /* first line that is not the writer's */
	size_t next; /* first line behind the marker */
	const char *rest; /* CUT_FORWARD: words behind the marker */
};

/* The first one at line `from' or below; where there is none, ->at is the end.
 * A line that holds words and an attribution becomes two. */
struct cut cut_find(struct lines *lines, size_t from, struct arena *arena);

#endif
