/*
 * html_flow - words one behind another, with the white space and the line ends
 * between them that a browser would show.
 */
#ifndef READER_HTML_FLOW_H
#define READER_HTML_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/buf.h"

/* Begins with nothing but `out' opened and at_start. */
struct html_flow {
	struct buf out; /* the caller's */
	int wants;      /* line ends owed before the next word */
	bool space;     /* white space owed */
	bool at_start;  /* of a line */
	bool is_bullet; /* a list item's first word is owed to its mark */
};

/* `mark': what a line begins with (HTML_MARK_REPLY, ...), or 0. */

/* At least so many line ends before the next word. */
void html_flow_want(struct html_flow *flow, int count);
/* Pay what is owed before a word, which the caller adds. */
void html_flow_word(struct html_flow *flow, char mark);
/* One line end now: <br>. */
void html_flow_break(struct html_flow *flow, char mark);
/* Words, and white space of any kind between them. */
void html_flow_add(
    struct html_flow *flow, char mark, const char *text, size_t len);
/* White space kept as it is: <pre>. */
void html_flow_keep(
    struct html_flow *flow, char mark, const char *text, size_t len);

#endif
