#include "core/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "core/template_node.h"

/* One step of the context stack; it lives on the C stack of the section that
 * pushed it. */
struct scope {
	const json_t *value;
	const struct scope *outer;
};

/* One template on its way out. */
struct render {
	const struct template *template;
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

/* A dotted name: its first part is looked for outwards, the rest only inside
 * what was found. */
static const json_t *
look_up(const struct scope *scope, const char *name)
{
	const json_t *value = NULL;
	size_t len = strcspn(name, ".");

	if (strcmp(name, ".") == 0)
		return scope->value;
	for (; scope != NULL && value == NULL; scope = scope->outer)
		value = json_object_getn(scope->value, name, len);
	while (value != NULL && name[len] == '.') {
		name += len + 1;
		len = strcspn(name, ".");
		value = json_object_getn(value, name, len);
	}
	return value;
}

static bool
is_true(const json_t *value)
{
	if (value == NULL)
		return false;
	if (json_is_array(value))
		return json_array_size(value) > 0;
	if (json_is_string(value))
		return json_string_length(value) > 0;
	return !json_is_null(value) && !json_is_false(value);
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

static void
add_real(struct buf *out, double number)
{
	for (int digits = 15; digits <= 17; digits++) {
		char text[40];

		(void)snprintf(text, sizeof(text), "%.*g", digits, number);
		if (strtod(text, NULL) == number || digits == 17) {
			buf_puts(out, text);
			return;
		}
	}
}

static void
add_value(struct buf *out, const json_t *value, bool escape)
{
	if (json_is_string(value) && escape)
		add_escaped(
		    out, json_string_value(value), json_string_length(value));
	else if (json_is_string(value))
		buf_add(
		    out, json_string_value(value), json_string_length(value));
	else if (json_is_integer(value))
		buf_printf(out, "%lld", (long long)json_integer_value(value));
	else if (json_is_real(value))
		add_real(out, json_real_value(value));
	else if (json_is_boolean(value))
		buf_puts(out, json_is_true(value) ? "true" : "false");
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

static void render_range(struct render *render, size_t from, size_t to,
    const struct scope *scope);

static void
render_partial(struct render *outer, const struct node *node,
    const struct scope *scope)
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
	const json_t *value = look_up(scope, node->text);
	struct scope inner = { .value = value, .outer = scope };
	size_t count = json_is_array(value) ? json_array_size(value) : 1;

	if (is_true(value) != (node->kind == NODE_SECTION))
		return;
	if (node->kind == NODE_INVERTED) {
		render_range(render, at + 1, node->jump, scope);
		return;
	}
	for (size_t i = 0; i < count && !buf_is_over(render->out); i++) {
		if (json_is_array(value))
			inner.value = json_array_get(value, i);
		render_range(render, at + 1, node->jump, &inner);
	}
}

static void
render_range(struct render *render, size_t from, size_t to,
    const struct scope *scope)
{
	for (size_t i = from; i < to; i++) {
		const struct node *node = &render->template->nodes[i];

		if (node->kind == NODE_TEXT) {
			add_text(render, node->text, node->len);
		} else if (node->kind == NODE_VALUE) {
			start_line(render);
			add_value(render->out, look_up(scope, node->text),
			    node->is_escaped &&
				render->template->escape == ESCAPE_HTML);
		} else if (node->kind == NODE_PARTIAL) {
			render_partial(render, node, scope);
		} else if (node->kind != NODE_CLOSE) {
			render_section(render, i, scope);
			i = node->jump - 1;
		}
	}
}

void
template_render(const struct template *template, const json_t *data,
    template_partial *partials, void *arg, struct buf *out)
{
	struct buf none = { .data = NULL };
	struct scope scope = { .value = data };
	struct render render = {
		.template = template,
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
