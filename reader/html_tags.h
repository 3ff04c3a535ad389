/*
 * html_tags - what an HTML element does to its text.
 */
#ifndef READER_HTML_TAGS_H
#define READER_HTML_TAGS_H

#include <stdbool.h>

struct html_tag {
	const char *name;
	int lines; /* line ends around it: 1 a block, 2 a paragraph */
	bool hides, is_pre, is_quote, is_void, is_cell;
};

/* The attributes that matter; NULL when absent. */
struct html_facts {
	const char *id, *class, *type;
};

/* `name' is in small letters, as libxml2 gives it.  Never NULL: an unknown
 * element does nothing. */
const struct html_tag *html_tag_find(const char *name);

/* A container in which mail programs put what they quote. */
bool html_is_quote(const char *name, const struct html_facts *facts);

#endif
