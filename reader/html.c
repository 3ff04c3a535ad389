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
#include "reader/html_flow.h"
#include "reader/html_style.h"
#include "reader/html_tags.h"

/* A longer address says nothing to people. */
enum { HREF_BYTES = 160 };

/* An open element that changes something. */
struct level {
	const struct html_tag *tag;
	char name[12];
	bool hides;
	/* As it says or as it is within: HTML_MARK_... or 0, and the colours of
	 * its letters. */
	char mark;
	int color, background;
	bool is_tiny;
	int item; /* of the list around a list */
};

struct render {
	struct html_flow flow;
	htmlParserCtxtPtr parser;
	struct level stack[LIMIT_DEPTH];
	int depth;
	int hidden, pre; /* open elements that hide, that keep white space */
	int item; /* of the open <ol>, or -1 */
	char href[HREF_BYTES]; /* of the open link, or "" */
	size_t link; /* where its text starts */
	bool any_color; /* letters of the colour of their ground count */
	bool has_lost;	/* some were left out for it */
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
	if (r->depth == 0)
		return 0;
	return r->stack[r->depth - 1].mark;
}

/* Too small, or white on white. */
static bool
is_lost(struct render *r)
{
	const struct level *level =
	    r->depth > 0 ? &r->stack[r->depth - 1] : NULL;

	if (level == NULL)
		return false;
	if (level->is_tiny)
		return true;
	if (r->any_color ||
	    !html_color_is_lost(level->color, level->background))
		return false;
	r->has_lost = true;
	return true;
}

static void
on_text(void *ctx, const xmlChar *text, int size)
{
	struct render *r = ctx;
	size_t len = size < 0 ? 0 : (size_t)size;

	if (r->hidden > 0 || is_lost(r))
		return;
	if (r->pre > 0)
		html_flow_keep(
		    &r->flow, current_mark(r), (const char *)text, len);
	else
		html_flow_add(
		    &r->flow, current_mark(r), (const char *)text, len);
}

static const char *
attribute(const xmlChar **list, const char *name)
{
	for (; list != NULL && list[0] != NULL; list += 2)
		if (text_eq_nocase((const char *)list[0], name))
			return text_or((const char *)list[1], "");
	return NULL;
}

/* What it says itself, else what the element around it has. */
static void
fill_looks(const struct render *r, const struct html_style *style,
    const xmlChar **list, struct level *level)
{
	const struct level *outer =
	    r->depth > 0 ? &r->stack[r->depth - 1] : NULL;
	const char *color = attribute(list, "color");
	const char *ground = attribute(list, "bgcolor");

	level->color = outer != NULL ? outer->color : COLOR_BLACK;
	level->background = outer != NULL ? outer->background : COLOR_WHITE;
	level->is_tiny = style->size < 0 ? outer != NULL && outer->is_tiny :
					   style->size == 0;
	if (style->color != COLOR_UNSAID)
		level->color = style->color;
	else if (color != NULL)
		level->color = html_color(color);
	if (style->background >= 0 || style->background == COLOR_UNSURE)
		level->background = style->background;
	else if (ground != NULL)
		level->background = html_color(ground);
	else if (attribute(list, "background") != NULL)
		level->background = COLOR_UNSURE;
}

static void
push_level(struct render *r, const struct html_tag *tag, const char *name,
    const xmlChar **list)
{
	struct level *level = &r->stack[r->depth];
	struct html_style style;
	struct html_facts facts = {
		.id = attribute(list, "id"),
		.class = attribute(list, "class"),
		.type = attribute(list, "type"),
	};

	*level = (struct level){ .tag = tag };
	(void)memcpy(level->name, name, strnlen(name, sizeof(level->name) - 1));
	html_style_read(attribute(list, "style"), &style);
	fill_looks(r, &style, list, level);
	level->hides = tag->hides || style.hides ||
	    attribute(list, "hidden") != NULL;
	level->mark = current_mark(r);
	if (html_is_quote(name, &facts))
		level->mark = HTML_MARK_REPLY;
	else if (tag->is_quote && level->mark == 0)
		level->mark = HTML_MARK_BLOCK;
	level->item = r->item;
	r->hidden += level->hides;
	r->pre += tag->is_pre;
	r->depth++;
}

static void
start_list_item(struct render *r)
{
	char number[16];

	html_flow_word(&r->flow, current_mark(r));
	if (r->item < 0) {
		buf_puts(&r->flow.out, "- ");
	} else {
		(void)snprintf(number, sizeof(number), "%d. ", ++r->item);
		buf_puts(&r->flow.out, number);
	}
	r->flow.is_bullet = true;
}

static void
start_list(struct render *r, const char *name, const xmlChar **list)
{
	int64_t first = 1;

	if (text_eq_nocase(name, "ul"))
		r->item = -1;
	if (!text_eq_nocase(name, "ol"))
		return;
	if (attribute(list, "start") != NULL &&
	    text_to_int(attribute(list, "start"), 0, 9999, &first) < 0)
		first = 1;
	r->item = (int)first - 1;
}

/* One word of an address, as it may stand in a text: a reference (&#13;) can
 * bring in anything. */
static bool
is_visible_address(const char *href)
{
	for (; *href != '\0'; href++)
		if ((unsigned char)*href <= ' ' ||
		    strchr("<>\"\x7f", *href) != NULL)
			return false;
	return true;
}

static void
start_link(struct render *r, const xmlChar **list)
{
	const char *href = text_or(attribute(list, "href"), "");

	r->link = r->flow.out.len;
	r->href[0] = '\0';
	if (strlen(href) < HREF_BYTES &&
	    (text_starts_nocase(href, "http://") ||
		text_starts_nocase(href, "https://")) &&
	    is_visible_address(href))
		(void)snprintf(r->href, sizeof(r->href), "%s", href);
}

/* Behind words that do not say themselves where the link leads. */
static void
end_link(struct render *r)
{
	const char *host = strstr(r->href, "//");
	const char *text = buf_text(&r->flow.out) + r->link;
	char name[HREF_BYTES];

	if (host == NULL || r->hidden > 0 || r->link >= r->flow.out.len)
		return;
	host += text_starts_nocase(host + 2, "www.") ? 6 : 2;
	(void)snprintf(name, sizeof(name), "%s", host);
	name[strcspn(name, "/?#:")] = '\0';
	if (strcasestr(text, name) == NULL) {
		buf_puts(&r->flow.out, " <");
		buf_puts(&r->flow.out, r->href);
		buf_putc(&r->flow.out, '>');
	}
	r->href[0] = '\0';
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
			html_flow_break(&r->flow, current_mark(r));
		return;
	}
	if (tag->is_void) {
		if (r->hidden == 0)
			html_flow_want(&r->flow, tag->lines);
		if (r->hidden == 0 && text_eq_nocase(name, "hr")) {
			html_flow_word(&r->flow, current_mark(r));
			buf_puts(
			    &r->flow.out, "________________________________");
			html_flow_want(&r->flow, 1);
		}
		return;
	}
	if (tag->lines > 0)
		html_flow_want(&r->flow, tag->lines);
	if (r->depth < LIMIT_DEPTH)
		push_level(r, tag, name, list);
	if (tag->is_cell)
		r->flow.space = true;
	start_list(r, name, list);
	if (text_eq_nocase(name, "a"))
		start_link(r, list);
	if (r->hidden == 0 && text_eq_nocase(name, "li"))
		start_list_item(r);
}

static void
on_end(void *ctx, const xmlChar *element)
{
	struct render *r = ctx;
	int at = r->depth - 1;

	r->flow.is_bullet = false;
	if (text_eq_nocase((const char *)element, "a"))
		end_link(r);
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
		if (text_eq(level->name, "ol") || text_eq(level->name, "ul"))
			r->item = level->item;
		if (level->tag->lines > 0)
			html_flow_want(&r->flow, level->tag->lines);
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
	if (!r->is_deep || r->stop == 0 || r->stop >= len)
		return len;
	/* It stopped in front of the end of the tag. */
	return r->stop + strspn(html + r->stop, "/>");
}

static char *
render(const char *html, bool any_color, bool *ret_lost, struct arena *arena)
{
	struct render r = { .flow.at_start = true, .any_color = any_color };
	size_t len = strlen(html);
	char *text;

	buf_init(&r.flow.out, LIMIT_TEXT_BYTES + LIMIT_TEXT_BYTES / 4);
	for (size_t at = 0; at < len && !buf_is_over(&r.flow.out);)
		at += parse_some(&r, html + at, len - at);
	text = arena_strndup(arena, buf_text(&r.flow.out), r.flow.out.len);
	buf_done(&r.flow.out);
	*ret_lost = r.has_lost;
	return text;
}

/* Words of its own, outside the quotes. */
static bool
has_words(const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		if (*text != HTML_MARK_REPLY && strspn(text, " \t") < len)
			return true;
		text += len + (text[len] == '\n');
	}
	return false;
}

char *
html_to_text(const char *html, struct arena *arena)
{
	bool has_lost;
	char *text = render(html, false, &has_lost, arena);

	/* Some programs write white letters in their dark mode, and leave the
	 * ground out: nothing but such words are the writer's all the same. */
	return has_lost && !has_words(text) ?
	    render(html, true, &has_lost, arena) : text;
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
