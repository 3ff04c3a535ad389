#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "core/template.h"
#include "core/template_node.h"
#include "lib/err.h"

enum { DELIMITER_MAX = 16 };

struct parser {
	const char *place;
	struct template *template;
	struct err *err;
	char *at;    /* the next byte to look at */
	char *plain; /* start of the text that no node covers yet */
	int line;    /* of `counted' */
	const char *counted;
	char open[DELIMITER_MAX];
	char close[DELIMITER_MAX];
	size_t sections[LIMIT_TEMPLATE_NESTING]; /* indexes of open ones */
	size_t depth;
};

/* One {{...}}. */
struct tag {
	char *start, *end; /* the whole of it, delimiters included */
	char sigil;	   /* '\0' for {{x}} */
	char *body;
	size_t body_len;
	int line;
};

static int
line_of(struct parser *parser, const char *at)
{
	for (; parser->counted < at; parser->counted++)
		parser->line += *parser->counted == '\n';
	return parser->line;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

#ifndef __clang__
/* gcc 12 loses sight of the array once it hangs in the template. */
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

static struct node *
add_node(struct parser *parser, enum node_kind kind, int line)
{
	struct template *template = parser->template;

	if (template->count == template->room) {
		size_t room = template->room == 0 ? 16 : template->room * 2;
		struct node *nodes =
		    realloc(template->nodes, room * sizeof(*nodes));

		if (nodes == NULL)
			abort();
		template->nodes = nodes;
		template->room = room;
	}
	template->nodes[template->count] =
	    (struct node){ .kind = kind, .line = line, .number = -1 };
	return &template->nodes[template->count++];
}

static void
add_text(struct parser *parser, const char *start, const char *end)
{
	struct node *node;

	if (start >= end)
		return;
	node = add_node(parser, NODE_TEXT, parser->line);
	node->text = start;
	node->len = (size_t)(end - start);
}

/* Find the tag that starts at tag->start. */
static int
read_tag(struct parser *parser, struct tag *tag)
{
	char *body = tag->start + strlen(parser->open);
	const char *close = parser->close;
	char triple[DELIMITER_MAX + 1] = "}";
	char *end;

	tag->line = line_of(parser, tag->start);
	tag->sigil = '\0';
	if (*body != '\0' && strchr("#^/>!&={", *body) != NULL)
		tag->sigil = *body++;
	if (tag->sigil == '{') {
		memcpy(triple + 1, close, strlen(close) + 1);
		close = triple;
	} else if (tag->sigil == '=') {
		triple[0] = '=';
		memcpy(triple + 1, close, strlen(close) + 1);
		close = triple;
	}
	end = strstr(body, close);
	if (end == NULL) {
		err_set(parser->err, ERR_CONF, "%s:%d: a tag is not closed",
		    parser->place, tag->line);
		return -1;
	}
	tag->end = end + strlen(close);
	while (body < end && is_space(*body))
		body++;
	while (end > body && is_space(end[-1]))
		end--;
	tag->body = body;
	tag->body_len = (size_t)(end - body);
	return 0;
}

/* A tag that renders nothing takes its whole line along, when it stands alone
 * there (specification: "standalone").  Returns where the text before it
 * ends; moves tag->end over the line end. */
static char *
trim_alone(const struct parser *parser, struct tag *tag, bool *is_alone)
{
	char *start = tag->start;
	char *end = tag->end;

	*is_alone = false;
	while (start > parser->template->source &&
	    (start[-1] == ' ' || start[-1] == '\t'))
		start--;
	if (start > parser->template->source && start[-1] != '\n')
		return tag->start;
	while (*end == ' ' || *end == '\t')
		end++;
	if (*end == '\r' && end[1] == '\n')
		end++;
	if (*end != '\n' && *end != '\0')
		return tag->start;
	*is_alone = true;
	tag->end = *end == '\0' ? end : end + 1;
	return start;
}

static int
set_delimiters(struct parser *parser, const struct tag *tag)
{
	const char *open = tag->body;
	const char *end = tag->body + tag->body_len;
	const char *space = open;
	const char *close;
	size_t open_len, close_len;

	while (space < end && !is_space(*space))
		space++;
	for (close = space; close < end && is_space(*close); close++)
		;
	open_len = (size_t)(space - open);
	close_len = (size_t)(end - close);
	if (open_len == 0 || close_len == 0 || open_len >= DELIMITER_MAX ||
	    close_len >= DELIMITER_MAX ||
	    memchr(close, ' ', close_len) != NULL ||
	    memchr(tag->body, '=', tag->body_len) != NULL)
		return err_set(parser->err, ERR_CONF,
		    "%s:%d: delimiters want to be {{=<open> <close>=}}",
		    parser->place, tag->line);
	memcpy(parser->open, open, open_len);
	parser->open[open_len] = '\0';
	memcpy(parser->close, close, close_len);
	parser->close[close_len] = '\0';
	return 0;
}

static int
open_section(struct parser *parser, struct node *node)
{
	if (parser->depth == LIMIT_TEMPLATE_NESTING)
		return err_set(parser->err, ERR_CONF,
		    "%s:%d: sections nest deeper than %d", parser->place,
		    node->line, LIMIT_TEMPLATE_NESTING);
	parser->sections[parser->depth++] =
	    (size_t)(node - parser->template->nodes);
	return 0;
}

static int
close_section(struct parser *parser, const struct node *node)
{
	struct node *opening;

	if (parser->depth == 0)
		return err_set(parser->err, ERR_CONF,
		    "%s:%d: {{/%s}} closes nothing", parser->place, node->line,
		    node->text);
	opening =
	    &parser->template->nodes[parser->sections[--parser->depth]];
	if (strcmp(opening->text, node->text) != 0)
		return err_set(parser->err, ERR_CONF,
		    "%s:%d: {{/%s}} closes {{%s}} of line %d", parser->place,
		    node->line, node->text, opening->text, opening->line);
	opening->jump = parser->template->count;
	return 0;
}

static int
add_tag(struct parser *parser, struct tag *tag)
{
	static const struct {
		enum node_kind kind;
		char sigil;
		bool escaped;
	} kinds[] = {
		{ NODE_VALUE, '\0', true },
		{ NODE_VALUE, '&', false },
		{ NODE_VALUE, '{', false },
		{ NODE_SECTION, '#', false },
		{ NODE_INVERTED, '^', false },
		{ NODE_CLOSE, '/', false },
		{ NODE_PARTIAL, '>', false },
	};
	char *text_end = tag->start;
	bool is_alone = false;
	size_t i = 0;
	struct node *node;

	if (tag->sigil != '\0' && tag->sigil != '&' && tag->sigil != '{')
		text_end = trim_alone(parser, tag, &is_alone);
	add_text(parser, parser->plain, text_end);
	parser->plain = parser->at = tag->end;
	if (tag->sigil == '!')
		return 0;
	if (tag->sigil == '=')
		return set_delimiters(parser, tag);
	if (tag->body_len == 0)
		return err_set(parser->err, ERR_CONF,
		    "%s:%d: a tag without a name", parser->place, tag->line);
	while (kinds[i].sigil != tag->sigil)
		i++;
	node = add_node(parser, kinds[i].kind, tag->line);
	node->is_escaped = kinds[i].escaped;
	node->is_alone = is_alone;
	node->indent = text_end;
	node->indent_len = is_alone ? (size_t)(tag->start - text_end) : 0;
	/* Line numbers up to here are counted, so the delimiter may go. */
	line_of(parser, tag->end);
	tag->body[tag->body_len] = '\0';
	node->text = tag->body;
	node->len = tag->body_len;
	if (node->kind == NODE_SECTION || node->kind == NODE_INVERTED)
		return open_section(parser, node);
	return node->kind == NODE_CLOSE ? close_section(parser, node) : 0;
}

static int
parse(struct parser *parser)
{
	struct tag tag = { 0 };

	while ((tag.start = strstr(parser->at, parser->open)) != NULL) {
		if (read_tag(parser, &tag) != 0 || add_tag(parser, &tag) != 0)
			return -1;
	}
	add_text(parser, parser->plain, parser->plain + strlen(parser->plain));
	if (parser->depth > 0) {
		const struct node *open = &parser->template
		    ->nodes[parser->sections[parser->depth - 1]];

		return err_set(parser->err, ERR_CONF,
		    "%s:%d: {{%s}} is not closed", parser->place, open->line,
		    open->text);
	}
	return 0;
}

struct template *
template_parse(const char *place, int line, const char *text,
    enum template_escape escape, struct err *err)
{
	struct template *template = calloc(1, sizeof(*template));
	struct parser parser = {
		.place = place,
		.template = template,
		.err = err,
		.line = line,
		.open = "{{",
		.close = "}}",
	};

	if (template == NULL || (template->source = strdup(text)) == NULL)
		abort();
	template->escape = escape;
	parser.at = parser.plain = template->source;
	parser.counted = template->source;
	if (parse(&parser) != 0)
		template_free(&template);
	return template;
}
