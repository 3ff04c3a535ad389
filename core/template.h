/*
 * template - Mustache (the specification's required modules: comments,
 * delimiters, interpolation, inverted, partials, sections).
 *
 * Parsed once, rendered often.  The data is a JSON object.
 */
#ifndef CORE_TEMPLATE_H
#define CORE_TEMPLATE_H

#include <stddef.h>

#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/json.h"

struct err;
struct template;

enum template_escape {
	ESCAPE_HTML, /* what the specification wants for {{x}} */
	ESCAPE_NONE, /* plain text and SMS */
};

/* `place' is the file's name for messages ("templates/en/ack.mail") and `line'
 * the one on which `text' starts there; errors say place:line.  A new
 * template, or NULL with ERR_CONF. */
struct template *template_parse(const char *place, int line, const char *text,
    enum template_escape escape, struct err *err);
void template_free(struct template **template);

/* The partial of that name, or NULL (then it renders as nothing). */
typedef const struct template *template_partial(const char *name, void *arg);

/* Appends to `out'; check buf_is_over() after. Depth of partials is capped. */
void template_render(const struct template *template, const json_t *data,
    template_partial *partials, void *arg, struct buf *out);

/* Each variable or section name that the template uses, dotted as written;
 * for checking against what a message kind offers.  `visit' returns false to
 * stop. */
void template_names(const struct template *template,
    bool (*visit)(const char *name, int line, void *arg), void *arg);
/* The same for the partials that it calls. */
void template_partials(const struct template *template,
    bool (*visit)(const char *name, int line, void *arg), void *arg);

#endif
