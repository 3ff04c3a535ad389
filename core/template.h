/*
 * template - Mustache (the specification's required modules: comments,
 * delimiters, interpolation, inverted, partials, sections).
 *
 * Parsed once, rendered often.  Values are asked for one by one as their names
 * are met, so that what no template says is never made.
 */
#ifndef CORE_TEMPLATE_H
#define CORE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/buf.h"
#include "lib/cleanup.h"

struct err;
struct template;

enum template_escape {
	ESCAPE_HTML, /* what the specification wants for {{x}} */
	ESCAPE_NONE, /* subjects and SMS */
	ESCAPE_MARKED, /* mail text: what values bring in can be told */
};

/* What ESCAPE_MARKED puts in place of a value's line ends and bars, and in
 * front of a value at the start of a line.  No control character of a value
 * comes through but the tab. */
enum { MARK_VALUE = 1, MARK_LINE_END = 2, MARK_PIPE = 3 };

/* What a name stands for.  Nothing, false, an empty text and an empty list
 * are false in sections. */
struct template_value {
	enum {
		VALUE_UNASKED, /* never a value of a name */
		VALUE_NONE,
		VALUE_FLAG,   /* number: 0 or 1 */
		VALUE_NUMBER, /* number */
		VALUE_TEXT,   /* text and len, valid UTF-8 */
		VALUE_LIST,   /* len items */
		VALUE_OBJECT, /* names may be asked of it */
	} kind;
	int mark; /* the source's own, of lists and objects */
	size_t len;
	union {
		const char *text;
		int64_t number;
		const void *of; /* the source's own */
	};
};

/* A name as it is written, dots included, and its number (template_bind()). */
struct template_name {
	const char *text;
	int number;
};

/* The data of one rendering. */
struct template_source {
	/* What `name' stands for in `object'.  False when the name, or its part
	 * before the first dot, is not known there: then the objects around it
	 * are asked. */
	bool (*get)(const struct template_source *source,
	    const struct template_value *object,
	    const struct template_name *name, struct template_value *ret);
	struct template_value (*item)(const struct template_source *source,
	    const struct template_value *list, size_t i);
	struct template_value root;
};

/* `place' is the file's name for messages ("templates/en/ack.mail") and `line'
 * the one on which `text' starts there; errors say place:line.  A new
 * template, or NULL with ERR_CONF. */
struct template *template_parse(const char *place, int line, const char *text,
    enum template_escape escape, struct err *err);
void template_free(struct template **template);

/* Gives each name that it uses a number, so that the source need not search
 * for it at each rendering; before that all are -1. */
void template_bind(struct template *template, int (*number)(const char *name));

/* The partial of that name, or NULL (then it renders as nothing). */
typedef const struct template *template_partial(const char *name, void *arg);

/* Appends to `out'; check buf_is_over() after. Depth of partials is capped. */
void template_render(const struct template *template,
    const struct template_source *source, template_partial *partials, void *arg,
    struct buf *out);

/* Each variable or section name that the template uses, dotted as written;
 * for checking against what a message kind offers.  `visit' returns false to
 * stop. */
void template_names(const struct template *template,
    bool (*visit)(const char *name, int line, void *arg), void *arg);
/* The same for those whose values it does not escape: {{{x}}} and {{&x}}. */
void template_raw(const struct template *template,
    bool (*visit)(const char *name, int line, void *arg), void *arg);
/* The same for the partials that it calls. */
void template_partials(const struct template *template,
    bool (*visit)(const char *name, int line, void *arg), void *arg);

#endif
