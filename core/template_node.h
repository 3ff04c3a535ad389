/*
 * template_node - the inside of a parsed template, shared by template.c
 * (render) and template_parse.c only.
 *
 * A flat list: a section is its opening node, its contents, its closing
 * node, and `jump' leads from one to the other, so that rendering needs no
 * tree and no look-up by name but in the data.
 */
#ifndef CORE_TEMPLATE_NODE_H
#define CORE_TEMPLATE_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/template.h"

enum node_kind {
	NODE_TEXT,
	NODE_VALUE,    /* {{x}} */
	NODE_SECTION,  /* {{#x}} */
	NODE_INVERTED, /* {{^x}} */
	NODE_CLOSE,    /* {{/x}} */
	NODE_PARTIAL,  /* {{>x}} */
};

struct node {
	enum node_kind kind;
	bool is_escaped;     /* NODE_VALUE */
	bool is_alone;	     /* NODE_PARTIAL: nothing else on its line */
	int line;	     /* from 1 */
	size_t jump;	     /* index behind the closing node */
	const char *text;    /* verbatim text, or a name that ends with NUL */
	size_t len;	     /* of `text' */
	int number;	     /* of a name, see template_bind(); or -1 */
	const char *indent;  /* NODE_PARTIAL alone: white space before it */
	size_t indent_len;
};

struct template {
	char *source; /* owned; the nodes point into it */
	enum template_escape escape;
	struct node *nodes;
	size_t count;
	size_t room;
};

#endif
