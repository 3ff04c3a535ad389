#include "reader/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"
#include "reader/html_tags.h"

/* An open element that changes something. */
struct level {
	const struct html_tag *tag;
	char name[12];
	bool hides;
	char mark; /* HTML_MARK_... or 0 */
};

struct render {
	struct buf out;
	htmlParserCtxtPtr parser;
	struct level stack[LIMIT_DEPTH];
	int depth;
	int hidden, pre; /* open elements that hide, that keep white space */
	int item; /* of the open <ol>, or -1 */
	int wants; /* line ends owed before the next word */
	bool space; /* white space owed */
	bool at_start; /* of a line */
	bool is_deep;
	size_t stop; /* bytes read when it got too deep */
};

void
html_open(void)
{
	xmlInitParser();
	/* Entities and encodings are set up by the first parse. */
	htmlDocPtr document = htmlReadMemory("<p>&eacute;</p>", 15, NULL,
	    "UTF-8", HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);

	xmlFreeDoc(document);
}

static char
current_mark(const struct render *r)
{
	char mark = 0;

	for (int i = 0; i < r->depth; i++)
		if (r->stack[i].mark == HTML_MARK_REPLY)
			return HTML_MARK_REPLY;
		else if (r->stack[i].mark != 0)
			mark = r->stack[i].mark;
	return mark;
}

static void
want_lines(struct render *r, int count)
{
	if (r->wants < count)
		r->wants = count;
	r->space = false;
}

/* Pay what is owed before a word. */
static void
start_word(struct render *r)
{
	char mark = current_mark(r);

	if (r->out.len == 0)
		r->wants = 0;
	if (r->at_start && r->wants > 0)
		r->wants--;
	for (; r->wants > 0; r->wants--) {
		buf_putc(&r->out, '\n');
		r->at_start = true;
	}
	if (r->at_start && mark != 0)
		buf_putc(&r->out, mark);
	else if (r->space && !r->at_start)
		buf_putc(&r->out, ' ');
	r->at_start = false;
	r->space = false;
	r->wants = 0;
}

static void
break_line(struct render *r)
{
	char mark = current_mark(r);

	if (r->wants > 0 && !r->at_start && r->out.len > 0) {
		r->wants = 0;
		buf_putc(&r->out, '\n');
		r->at_start = true;
	}
	if (r->out.len == 0)
		return;
	if (r->at_start && mark != 0)
		buf_putc(&r->out, mark);
	buf_putc(&r->out, '\n');
	r->at_start = true;
	r->space = false;
	r->wants = 0;
}

static bool
is_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void
add_pre(struct render *r, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\n') {
			break_line(r);
			continue;
		}
		if (r->at_start || r->wants > 0)
			start_word(r);
		buf_putc(&r->out, text[i]);
	}
}

static void
on_text(void *ctx, const xmlChar *text, int size)
{
	struct render *r = ctx;
	size_t len = size < 0 ? 0 : (size_t)size;

	if (r->hidden > 0)
		return;
	if (r->pre > 0) {
		add_pre(r, (const char *)text, len);
		return;
	}
	for (size_t i = 0; i < len;) {
		size_t from = i;

		if (is_space(text[i]) || text[i] < ' ') {
			r->space = r->space || is_space(text[i]);
			i++;
			continue;
		}
		while (i < len && !is_space(text[i]) && text[i] >= ' ')
			i++;
		start_word(r);
		buf_add(&r->out, text + from, i - from);
	}
}

static const char *
attribute(const xmlChar **list, const char *name)
{
	for (; list != NULL && list[0] != NULL; list += 2)
		if (text_eq_nocase((const char *)list[0], name))
			return text_or((const char *)list[1], "");
	return NULL;
}

static void
push_level(struct render *r, const struct html_tag *tag, const char *name,
    const xmlChar **list)
{
	struct level *level = &r->stack[r->depth++];
	struct html_facts facts = {
		.id = attribute(list, "id"),
		.class = attribute(list, "class"),
		.style = attribute(list, "style"),
		.type = attribute(list, "type"),
		.has_hidden = attribute(list, "hidden") != NULL,
	};

	*level = (struct level){ .tag = tag };
	(void)memcpy(level->name, name, strnlen(name, sizeof(level->name) - 1));
	level->hides = tag->hides || html_is_hidden(&facts);
	if (html_is_quote(name, &facts))
		level->mark = HTML_MARK_REPLY;
	else if (tag->is_quote)
		level->mark = HTML_MARK_BLOCK;
	r->hidden += level->hides;
	r->pre += tag->is_pre;
}

static void
start_list_item(struct render *r)
{
	char number[16];

	start_word(r);
	if (r->item < 0) {
		buf_puts(&r->out, "- ");
		return;
	}
	(void)snprintf(number, sizeof(number), "%d. ", ++r->item);
	buf_puts(&r->out, number);
}

static void
on_start(void *ctx, const xmlChar *element, const xmlChar **list)
{
	struct render *r = ctx;
	const char *name = (const char *)element;
	const struct html_tag *tag = html_tag_find(name);

	if (r->parser->nameNr > 4 * LIMIT_DEPTH) {
		r->is_deep = true;
		r->stop = (size_t)xmlByteConsumed(r->parser);
		xmlStopParser(r->parser);
		return;
	}
	if (text_eq_nocase(name, "br")) {
		if (r->hidden == 0)
			break_line(r);
		return;
	}
	if (tag->is_void) {
		if (r->hidden == 0)
			want_lines(r, tag->lines);
		if (r->hidden == 0 && text_eq_nocase(name, "hr")) {
			start_word(r);
			buf_puts(&r->out, "________________________________");
			want_lines(r, 1);
		}
		return;
	}
	if (tag->lines > 0)
		want_lines(r, tag->lines);
	if (r->depth < LIMIT_DEPTH)
		push_level(r, tag, name, list);
	if (tag->is_cell)
		r->space = true;
	if (text_eq_nocase(name, "ol"))
		r->item = 0;
	if (text_eq_nocase(name, "ul"))
		r->item = -1;
	if (r->hidden == 0 && text_eq_nocase(name, "li"))
		start_list_item(r);
}

static void
on_end(void *ctx, const xmlChar *element)
{
	struct render *r = ctx;
	int at = r->depth - 1;

	while (at >= 0 &&
	    strncmp(r->stack[at].name, (const char *)element,
		sizeof(r->stack[at].name) - 1) != 0)
		at--;
	if (at < 0)
		return;
	while (r->depth > at) {
		const struct level *level = &r->stack[--r->depth];

		r->hidden -= level->hides;
		r->pre -= level->tag->is_pre;
		if (level->tag->lines > 0)
			want_lines(r, level->tag->lines);
	}
}

/* Reads from `html' and returns how much of it was read: all, unless it got
 * too deep. */
static size_t
parse_some(struct render *r, const char *html, size_t len)
{
	htmlSAXHandler handler = {
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
	};

	r->depth = r->hidden = r->pre = 0;
	r->item = -1;
	r->is_deep = false;
	r->parser = htmlCreateMemoryParserCtxt(html, (int)len);
	if (r->parser == NULL)
		return len;
	(void)htmlCtxtUseOptions(r->parser,
	    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
		HTML_PARSE_IGNORE_ENC | HTML_PARSE_RECOVER);
	(void)xmlSwitchEncoding(r->parser, XML_CHAR_ENCODING_UTF8);
	*r->parser->sax = handler;
	r->parser->userData = r;
	(void)htmlParseDocument(r->parser);
	htmlFreeParserCtxt(r->parser);
	return r->is_deep && r->stop > 0 && r->stop < len ? r->stop : len;
}

char *
html_to_text(const char *html, struct arena *arena)
{
	struct render r = { .at_start = true };
	size_t len = strlen(html);
	char *text;

	buf_init(&r.out, LIMIT_TEXT_BYTES + LIMIT_TEXT_BYTES / 4);
	for (size_t at = 0; at < len && !buf_is_over(&r.out);)
		at += parse_some(&r, html + at, len - at);
	text = arena_strndup(arena, buf_text(&r.out), r.out.len);
	buf_done(&r.out);
	return text;
}

char *
html_unmark(const char *text, struct arena *arena)
{
	static const char marks[] = { HTML_MARK_REPLY, HTML_MARK_BLOCK, '\0' };
	char *out = arena_alloc(arena, 2 * strlen(text) + 1);
	size_t used = 0;

	for (;;) {
		size_t run = strcspn(text, marks);

		memcpy(out + used, text, run);
		used += run;
		text += run;
		if (*text == '\0')
			break;
		out[used++] = '>';
		if (*++text != '\n')
			out[used++] = ' ';
	}
	out[used] = '\0';
	return out;
}

const char *
html_meta_charset(const char *data, size_t len, struct arena *arena)
{
	char *head = arena_strndup(arena, data, len < 2048 ? len : 2048);
	const char *found = strcasestr(head, "charset=");
	size_t size;

	if (found == NULL)
		return NULL;
	found += strlen("charset=");
	found += strspn(found, "\"' ");
	size = strcspn(found, "\"'/>; \r\n");
	return size == 0 ? NULL : arena_strndup(arena, found, size);
}
