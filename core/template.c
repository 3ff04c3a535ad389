#include "core/template.h"

#include "core/limits.h"
#include "core/template_node.h"

#include <stdlib.h>
#include <string.h>

/* One step of the context stack; it lives on the C stack of the section that
 * pushed it. */
struct scope {
	struct template_value value;
	const struct scope *outer;
};

/* One template on its way out. */
struct render {
	const struct template *template;
	const struct template_source *source;
	template_partial *partials;
	void *arg;
	struct buf *out;
	/* White space in front of each line, of the standalone partials that
	 * led here; owned by the caller. */
	const struct buf *indent;
	bool at_line_start;
	int depth;
};

void
template_free(struct template **template)
{
	if (*template == NULL)
		return;
	free((*template)->nodes);
	free((*template)->source);
	free(*template);
	*template = NULL;
}

/* Outwards from the innermost. */
static struct template_value
look_up(const struct render *render, const struct scope *scope,
    const struct node *node)
{
	const struct template_source *source = render->source;
	const struct template_name name = { node->text, node->number };
	struct template_value value = { .kind = VALUE_NONE };

	if (name.text[0] == '.' && name.text[1] == '\0')
		return scope->value;
	for (; scope != NULL; scope = scope->outer)
		if (scope->value.kind == VALUE_OBJECT &&
		    source->get(source, &scope->value, &name, &value))
			break;
	return value;
}

static bool
is_true(const struct template_value *value)
{
	switch (value->kind) {
	case VALUE_UNASKED:
	case VALUE_NONE: return false;
	case VALUE_FLAG: return value->number != 0;
	case VALUE_TEXT:
	case VALUE_LIST: return value->len > 0;
	case VALUE_NUMBER:
	case VALUE_OBJECT: break;
	}
	return true;
}

static void
add_escaped(struct buf *out, const char *text, size_t len)
{
	static const char *const entities[256] = {
		['&'] = "&amp;",
		['<'] = "&lt;",
		['>'] = "&gt;",
		['"'] = "&quot;",
		['\''] = "&#39;",
	};
	size_t start = 0;

	for (size_t i = 0; i < len; i++) {
		const char *entity = entities[(unsigned char)text[i]];

		if (entity == NULL)
			continue;
		buf_add(out, text + start, i - start);
		buf_puts(out, entity);
		start = i + 1;
	}
	buf_add(out, text + start, len - start);
}

/* See ESCAPE_MARKED. */
static void
add_marked(struct buf *out, const char *text, size_t len)
{
	size_t start = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c >= ' ' && c != '|') || c == '\t')
			continue;
		buf_add(out, text + start, i - start);
		if (c == '\n')
			buf_putc(out, MARK_LINE_END);
		else if (c == '|')
			buf_putc(out, MARK_PIPE);
		start = i + 1;
	}
	buf_add(out, text + start, len - start);
}

static void
add_value(struct buf *out, const struct template_value *value,
    enum template_escape escape)
{
	if (escape == ESCAPE_MARKED &&
	    (out->len == 0 || out->data[out->len - 1] == '\n'))
		buf_putc(out, MARK_VALUE);
	if (value->kind == VALUE_TEXT && escape == ESCAPE_HTML)
		add_escaped(out, value->text, value->len);
	else if (value->kind == VALUE_TEXT && escape == ESCAPE_MARKED)
		add_marked(out, value->text, value->len);
	else if (value->kind == VALUE_TEXT)
		buf_add(out, value->text, value->len);
	else if (value->kind == VALUE_NUMBER)
		buf_printf(out, "%lld", (long long)value->number);
	else if (value->kind == VALUE_FLAG)
		buf_puts(out, value->number != 0 ? "true" : "false");
}

/* Indentation belongs to the lines of the template, never to line ends that
 * come in with a value. */
static void
start_line(struct render *render)
{
	if (render->at_line_start && render->indent->len > 0)
		buf_add(render->out, render->indent->data, render->indent->len);
	render->at_line_start = false;
}

static void
add_text(struct render *render, const char *text, size_t len)
{
	if (render->indent->len == 0) {
		buf_add(render->out, text, len);
		return;
	}
	while (len > 0) {
		const char *end = memchr(text, '\n', len);
		size_t line = end == NULL ? len : (size_t)(end - text) + 1;

		start_line(render);
		buf_add(render->out, text, line);
		render->at_line_start = end != NULL;
		text += line;
		len -= line;
	}
}

static void render_range(
    struct render *render, size_t from, size_t to, const struct scope *scope);

static void
render_partial(
    struct render *outer, const struct node *node, const struct scope *scope)
{
	scoped(buf_done) struct buf indent = { .cap = LIMIT_RENDERED_BYTES };
	struct render inner = *outer;

	inner.template = outer->partials == NULL
			     ? NULL
			     : outer->partials(node->text, outer->arg);
	if (inner.template == NULL || outer->depth == LIMIT_TEMPLATE_NESTING)
		return;
	if (node->is_alone) {
		buf_add(&indent, buf_text(outer->indent), outer->indent->len);
		buf_add(&indent, node->indent, node->indent_len);
	} else {
		start_line(outer);
	}
	inner.indent = &indent;
	inner.at_line_start = node->is_alone;
	inner.depth++;
	render_range(&inner, 0, inner.template->count, scope);
	outer->at_line_start = node->is_alone;
}

static void
render_section(struct render *render, size_t at, const struct scope *scope)
{
	const struct node *node = &render->template->nodes[at];
	const struct template_value value = look_up(render, scope, node);
	struct scope inner = { .value = value, .outer = scope };
	size_t count = value.kind == VALUE_LIST ? value.len : 1;

	if (is_true(&value) != (node->kind == NODE_SECTION))
		return;
	if (node->kind == NODE_INVERTED) {
		render_range(render, at + 1, node->jump, scope);
		return;
	}
	for (size_t i = 0; i < count && !buf_is_over(render->out); i++) {
		if (value.kind == VALUE_LIST)
			inner.value =
			    render->source->item(render->source, &value, i);
		render_range(render, at + 1, node->jump, &inner);
	}
}

static enum template_escape
escape_of(const struct render *render, const struct node *node)
{
	enum template_escape escape = render->template->escape;

	return escape == ESCAPE_HTML && !node->is_escaped ? ESCAPE_NONE
							  : escape;
}

static void
render_range(
    struct render *render, size_t from, size_t to, const struct scope *scope)
{
	for (size_t i = from; i < to; i++) {
		const struct node *node = &render->template->nodes[i];

		if (node->kind == NODE_TEXT) {
			add_text(render, node->text, node->len);
		} else if (node->kind == NODE_VALUE) {
			const struct template_value value =
			    look_up(render, scope, node);

			start_line(render);
			add_value(render->out, &value, escape_of(render, node));
		} else if (node->kind == NODE_PARTIAL) {
			render_partial(render, node, scope);
		} else if (node->kind != NODE_CLOSE) {
			render_section(render, i, scope);
			i = node->jump - 1;
		}
	}
}

void
template_render(const struct template *template,
    const struct template_source *source, template_partial *partials, void *arg,
    struct buf *out)
{
	struct buf none = { .data = NULL };
	struct scope scope = { .value = source->root };
	struct render render = {
		.template = template,
		.source = source,
		.partials = partials,
		.arg = arg,
		.out = out,
		.indent = &none,
	};

	render_range(&render, 0, template->count, &scope);
}

static bool
is_name(enum node_kind kind)
{
	return kind == NODE_VALUE || kind == NODE_SECTION ||
	       kind == NODE_INVERTED;
}

void
template_bind(struct template *template, int (*number)(const char *name))
{
	for (size_t i = 0; i < template->count; i++)
		if (is_name(template->nodes[i].kind))
			template->nodes[i].number =
			    number(template->nodes[i].text);
}

void
template_names(const struct template *template,
    bool (*visit)(const char *name, int line, void *arg), void *arg)
{
	for (size_t i = 0; i < template->count; i++) {
		const struct node *node = &template->nodes[i];

		if (is_name(node->kind) && !visit(node->text, node->line, arg))
			return;
	}
}

void
template_raw(const struct template *template,
    bool (*visit)(const char *name, int line, void *arg), void *arg)
{
	for (size_t i = 0; i < template->count; i++) {
		const struct node *node = &template->nodes[i];

		if (node->kind == NODE_VALUE && !node->is_escaped &&
		    !visit(node->text, node->line, arg))
			return;
	}
}

void
template_partials(const struct template *template,
    bool (*visit)(const char *name, int line, void *arg), void *arg)
{
	for (size_t i = 0; i < template->count; i++) {
		const struct node *node = &template->nodes[i];

		if (node->kind == NODE_PARTIAL &&
		    !visit(node->text, node->line, arg))
			return;
	}
}
