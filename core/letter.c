#include "core/letter.h"

#include <stdbool.h>
#include <string.h>

#include "core/letter_table.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"

/* How a template's line begins, and what of that is for the template only. */
static const struct {
	const char *start;
	size_t cut;
	enum letter_form form;
} forms[] = {
	{ "! ", 2, LETTER_LEAD },
	{ "= ", 2, LETTER_FACT },
	{ "> ", 0, LETTER_WORDS },
	{ "- ", 0, LETTER_ITEM },
	{ "-- ", 0, LETTER_HEADING },
	{ "—— ", 0, LETTER_HEADING },
	{ "@ ", 2, LETTER_BUTTON },
	{ "|| ", 2, LETTER_HEAD },
	{ "| ", 1, LETTER_ROW },
	{ "~ ", 2, LETTER_SMALL },
	{ "----", 0, LETTER_RULE },
	{ "————", 0, LETTER_RULE },
};

/* Where the mail is up to. */
struct making {
	const char *at; /* in the marked text */
	struct buf *text;
	struct buf *layout;
	struct arena *arena;
};

static enum letter_form
form_of(const char **line)
{
	const char *at = *line;

	/* Nearly all lines begin with a letter. */
	if (strchr("!=>-@|~\xe2", at[0]) == NULL)
		return LETTER_PLAIN;
	for (size_t i = 0; i < ARRAY_COUNT(forms); i++) {
		if (at[0] != forms[i].start[0] ||
		    !text_starts(at, forms[i].start))
			continue;
		*line += forms[i].cut;
		return forms[i].form;
	}
	return LETTER_PLAIN;
}

/* A line end that came with a value: the form goes on. */
static void
break_line(struct making *making, enum letter_form form)
{
	buf_putc(making->text, '\n');
	buf_putc(making->layout, LETTER_MORE);
	if (form == LETTER_WORDS)
		buf_puts(making->text, "> ");
}

static void
add_line(struct making *making, const char *at, enum letter_form form)
{
	static const char stops[] = { MARK_VALUE, MARK_LINE_END, MARK_PIPE,
		'\n', '\0' };

	buf_putc(making->layout, (char)form);
	for (;; at++) {
		size_t len = strcspn(at, stops);

		buf_add(making->text, at, len);
		at += len;
		if (*at == MARK_LINE_END)
			break_line(making, form);
		else if (*at == MARK_PIPE)
			buf_putc(making->text, '|');
		else if (*at != MARK_VALUE)
			break;
	}
	buf_putc(making->text, '\n');
	making->at = at + (*at == '\n');
}

static bool
is_row(const char *line)
{
	return line[0] == '|' && (line[1] == ' ' ||
				     (line[1] == '|' && line[2] == ' '));
}

/* Rows that follow one another, as one table. */
static void
add_table(struct making *making)
{
	struct letter_table table;

	letter_table_init(&table, making->arena);
	while (is_row(making->at)) {
		const char *line = making->at;
		enum letter_form form = form_of(&line);
		size_t len = strcspn(line, "\n");

		letter_table_add(&table, line, len);
		buf_putc(making->layout, (char)form);
		making->at = line + len + (line[len] == '\n');
	}
	letter_table_write(&table, making->text);
}

/* Sections that are not there leave their empty lines behind: of several, and
 * of those at the top, none is wanted. */
static void
add_blank(struct making *making)
{
	size_t len = making->layout->len;

	making->at++;
	if (len == 0 || making->layout->data[len - 1] == LETTER_BLANK)
		return;
	buf_putc(making->text, '\n');
	buf_putc(making->layout, LETTER_BLANK);
}

int
letter_make(const char *marked, struct arena *arena, struct letter *ret)
{
	scoped(buf_done) struct buf text = { 0 };
	scoped(buf_done) struct buf layout = { 0 };
	struct making making = {
		.at = marked,
		.text = &text,
		.layout = &layout,
		.arena = arena,
	};
	size_t len = strlen(marked);

	/* Word marks and columns make it somewhat longer. */
	buf_init(&text, 4 * LIMIT_RENDERED_BYTES);
	buf_init(&layout, LIMIT_RENDERED_BYTES);
	(void)buf_room(&text, len + len / 8 + 1);
	while (*making.at != '\0') {
		const char *line = making.at;

		if (*line == '\n') {
			add_blank(&making);
		} else if (is_row(line)) {
			add_table(&making);
		} else {
			enum letter_form form = form_of(&line);

			add_line(&making, line, form);
		}
	}
	if (buf_is_over(&text) || buf_is_over(&layout))
		return -1;
	ret->text = arena_strndup(arena, buf_text(&text), text.len);
	ret->layout = arena_strndup(arena, buf_text(&layout), layout.len);
	return 0;
}
