/*
 * html - HTML into text that people and the quote cutter can read.
 *
 * Owner of libxml2.  Lines that stand in a quote container carry a mark as
 * their first byte, which decoded text never has; html_unmark() turns the
 * marks into the "> " of plain text.
 */
#ifndef READER_HTML_H
#define READER_HTML_H

#include <stddef.h>

struct arena;

/* A quote that the mail program named as such, with what introduces it. */
#define HTML_MARK_REPLY '\x01'
/* <blockquote> alone: writers indent with it, too. */
#define HTML_MARK_BLOCK '\x02'

void html_open(void);

/* `html' is clean UTF-8.  At most LIMIT_TEXT_BYTES come back; deeper nesting
 * than LIMIT_DEPTH costs the marks, not the words. */
char *html_to_text(const char *html, struct arena *arena);

/* The same text for people. */
char *html_unmark(const char *text, struct arena *arena);

/* The charset that a <meta> in the first bytes names, or NULL. */
const char *html_meta_charset(
    const char *data, size_t len, struct arena *arena);

#endif
