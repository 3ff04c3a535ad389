/*
 * The HTML of a letter: blocks of lines, put into the page by its template.
 *
 * Every name of the page stands in one table, with what it is a name of.
 */
#include <string.h>

#include "core/letter.h"
#include "core/letter_block.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"

/* What a name is a name of. */
enum of { OF_PAGE, OF_BLOCK, OF_ROW, OF_LINE, OF_CELL };

/* One page in the making. */
struct page {
	struct template_source source; /* first: see page_of() */
	const struct letter *letter;
	struct arena *arena;
	struct letter_blocks blocks;
};

/* A line that begins something. */
struct row {
	const struct letter_line *line;
};

static const struct template_value none = { .kind = VALUE_NONE };

static struct template_value
value_of(const char *text)
{
	text = text_or(text, "");
	return (struct template_value){ .kind = VALUE_TEXT,
		.text = text,
		.len = strlen(text) };
}

static struct template_value
object(enum of mark, const void *of)
{
	return (struct template_value){ .kind = VALUE_OBJECT,
		.mark = (int)mark,
		.of = of };
}

static struct template_value
list(enum of mark, const void *of, size_t count)
{
	return (struct template_value){ .kind = VALUE_LIST,
		.mark = (int)mark,
		.of = of,
		.len = count };
}

/* ---- names ---- */

typedef struct template_value get_value(
    const struct page *page, const void *of, int form);

static struct template_value
get_lang(const struct page *page, const void *of, int form)
{
	(void)of;
	(void)form;
	return value_of(page->letter->lang);
}

static struct template_value
get_title(const struct page *page, const void *of, int form)
{
	(void)of;
	(void)form;
	return value_of(page->letter->title);
}

static struct template_value
get_blocks(const struct page *page, const void *of, int form)
{
	(void)of;
	(void)form;
	return list(OF_BLOCK, page->blocks.list, page->blocks.count);
}

/* The block itself when it is of that form. */
static struct template_value
get_form(const struct page *page, const void *of, int form)
{
	const struct letter_block *block = of;

	(void)page;
	return (int)block->form == form ? object(OF_BLOCK, of) : none;
}

static struct template_value
get_table(const struct page *page, const void *of, int form)
{
	const struct letter_block *block = of;

	(void)page;
	(void)form;
	return block->form == LETTER_ROW || block->form == LETTER_HEAD ?
	    object(OF_BLOCK, of) : none;
}

/* Each line that begins something, with those that go on with it. */
static struct template_value
get_rows(const struct page *page, const void *of, int form)
{
	const struct letter_block *block = of;
	struct row *rows = arena_array(page->arena, block->count, sizeof(*rows));
	size_t count = 0;

	(void)form;
	for (size_t i = 0; i < block->count; i++)
		if (!block->lines[i].is_more || i == 0)
			rows[count++].line = &block->lines[i];
	return list(OF_ROW, rows, count);
}

static struct template_value
get_block_lines(const struct page *page, const void *of, int form)
{
	const struct letter_block *block = of;

	(void)page;
	(void)form;
	return list(OF_LINE, block->lines, block->count);
}

static struct template_value
get_row_lines(const struct page *page, const void *of, int form)
{
	const struct letter_line *line = of;

	(void)page;
	(void)form;
	return list(OF_LINE, line, line->more + 1);
}

static struct template_value
get_label(const struct page *page, const void *of, int form)
{
	const struct letter_line *line = of;

	(void)page;
	(void)form;
	return value_of(line->label);
}

/* Nothing but a mail can be opened from a mail of ours. */
static struct template_value
get_link(const struct page *page, const void *of, int form)
{
	const struct letter_line *line = of;

	(void)page;
	(void)form;
	return text_starts(line->text, "mailto:") ? value_of(line->text)
						  : none;
}

static struct template_value
get_is_head(const struct page *page, const void *of, int form)
{
	const struct letter_line *line = of;

	(void)page;
	(void)form;
	return (struct template_value){ .kind = VALUE_FLAG,
		.number = line->form == LETTER_HEAD };
}

static struct template_value
get_cells(const struct page *page, const void *of, int form)
{
	struct letter_cell *cells;
	size_t count = letter_cells(&page->blocks, of, page->arena, &cells);

	(void)form;
	return list(OF_CELL, cells, count);
}

static struct template_value
get_breaks(const struct page *page, const void *of, int form)
{
	const struct letter_line *line = of;

	(void)page;
	(void)form;
	return (struct template_value){ .kind = VALUE_FLAG,
		.number = line->breaks };
}

static struct template_value
get_line_text(const struct page *page, const void *of, int form)
{
	const struct letter_line *line = of;

	(void)page;
	(void)form;
	return value_of(line->text);
}

static struct template_value
get_cell_text(const struct page *page, const void *of, int form)
{
	const struct letter_cell *cell = of;

	(void)page;
	(void)form;
	return value_of(cell->text);
}

static struct template_value
get_is_number(const struct page *page, const void *of, int form)
{
	const struct letter_cell *cell = of;

	(void)page;
	(void)form;
	return (struct template_value){ .kind = VALUE_FLAG,
		.number = cell->is_number };
}

static struct template_value
get_bar(const struct page *page, const void *of, int form)
{
	const struct letter_cell *cell = of;

	(void)page;
	(void)form;
	return cell->percent == 0 ? none : object(OF_CELL, of);
}

static struct template_value
get_percent(const struct page *page, const void *of, int form)
{
	const struct letter_cell *cell = of;

	(void)page;
	(void)form;
	return (struct template_value){ .kind = VALUE_NUMBER,
		.number = cell->percent };
}

static struct template_value
get_rest(const struct page *page, const void *of, int form)
{
	const struct letter_cell *cell = of;

	(void)page;
	(void)form;
	return cell->percent == 100 ?
	    none :
	    (struct template_value){ .kind = VALUE_NUMBER,
		    .number = 100 - cell->percent };
}

/* A name of several things stands once for each. */
static const struct name {
	const char *name;
	get_value *get;
	enum of of;
	int form;
} names[] = {
	{ "lang", get_lang, OF_PAGE, 0 },
	{ "title", get_title, OF_PAGE, 0 },
	{ "blocks", get_blocks, OF_PAGE, 0 },
	{ "lead", get_form, OF_BLOCK, LETTER_LEAD },
	{ "plain", get_form, OF_BLOCK, LETTER_PLAIN },
	{ "heading", get_form, OF_BLOCK, LETTER_HEADING },
	{ "facts", get_form, OF_BLOCK, LETTER_FACT },
	{ "words", get_form, OF_BLOCK, LETTER_WORDS },
	{ "items", get_form, OF_BLOCK, LETTER_ITEM },
	{ "buttons", get_form, OF_BLOCK, LETTER_BUTTON },
	{ "small", get_form, OF_BLOCK, LETTER_SMALL },
	{ "rule", get_form, OF_BLOCK, LETTER_RULE },
	{ "table", get_table, OF_BLOCK, 0 },
	{ "rows", get_rows, OF_BLOCK, 0 },
	{ "lines", get_block_lines, OF_BLOCK, 0 },
	{ "lines", get_row_lines, OF_ROW, 0 },
	{ "label", get_label, OF_ROW, 0 },
	{ "link", get_link, OF_ROW, 0 },
	{ "is_head", get_is_head, OF_ROW, 0 },
	{ "cells", get_cells, OF_ROW, 0 },
	{ "breaks", get_breaks, OF_LINE, 0 },
	{ "text", get_line_text, OF_LINE, 0 },
	{ "text", get_cell_text, OF_CELL, 0 },
	{ "is_number", get_is_number, OF_CELL, 0 },
	{ "bar", get_bar, OF_CELL, 0 },
	{ "percent", get_percent, OF_CELL, 0 },
	{ "rest", get_rest, OF_CELL, 0 },
};

int
letter_name_number(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (text_eq(names[i].name, name))
			return (int)i;
	return -1;
}

const char *
letter_names(struct arena *arena)
{
	const char *ret = names[0].name;

	for (size_t i = 1; i < ARRAY_COUNT(names); i++)
		if (!text_eq(names[i].name, names[i - 1].name))
			ret = arena_printf(
			    arena, "%s %s", ret, names[i].name);
	return ret;
}

static const struct page *
page_of(const struct template_source *source)
{
	return (const void *)source;
}

static bool
get(const struct template_source *source, const struct template_value *of,
    const struct template_name *name, struct template_value *ret)
{
	if (name->number < 0)
		return false;
	for (size_t i = (size_t)name->number; i < ARRAY_COUNT(names) &&
	     text_eq(names[i].name, name->text);
	     i++) {
		if ((int)names[i].of != of->mark)
			continue;
		*ret = names[i].get(page_of(source), of->of, names[i].form);
		return true;
	}
	return false;
}

static struct template_value
item(const struct template_source *source, const struct template_value *of,
    size_t i)
{
	(void)source;
	switch ((enum of)of->mark) {
	case OF_BLOCK:
		return object(OF_BLOCK, &((const struct letter_block *)of->of)[i]);
	case OF_ROW:
		return object(OF_ROW, ((const struct row *)of->of)[i].line);
	case OF_LINE:
		return object(OF_LINE, &((const struct letter_line *)of->of)[i]);
	case OF_CELL:
		return object(OF_CELL, &((const struct letter_cell *)of->of)[i]);
	case OF_PAGE: break; /* in no list */
	}
	return none;
}

void
letter_html(const struct template *template, const struct letter *letter,
    struct arena *arena, struct buf *out)
{
	struct page page = {
		.source = { .get = get,
		    .item = item,
		    .root = object(OF_PAGE, NULL) },
		.letter = letter,
		.arena = arena,
	};

	letter_blocks_read(letter, arena, &page.blocks);
	template_render(template, &page.source, NULL, NULL, out);
}
