#include "core/letter_block.h"

#include <string.h>

#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

/* A full bar is so many full blocks; the last one of a bar has eighths. */
enum { BAR_BLOCKS = 20, BAR_EIGHTHS = 8 };
enum { BLOCK_FULL = 0x2588, BLOCK_EIGHTH = 0x258F };

/* ---- lines and blocks ---- */

static const char *
without(const char *text, const char *start)
{
	return text_starts(text, start) ? text + strlen(start) : text;
}

/* "-- heading --" without its lines. */
static const char *
heading_text(char *text)
{
	static const char *const ends[] = { " --", " ——" };
	const char *start = without(without(text, "-- "), "—— ");

	for (size_t i = 0; i < ARRAY_COUNT(ends); i++)
		if (text_ends(start, ends[i]))
			text[strlen(text) - strlen(ends[i])] = '\0';
	return start;
}

/* "Label: value", in Latin or Chinese letters. */
static void
cut_label(struct letter_line *line, char *text)
{
	static const char *const colons[] = { ": ", "：" };
	char *end = NULL;
	size_t skip = 0;

	for (size_t i = 0; i < ARRAY_COUNT(colons); i++) {
		char *at = strstr(text, colons[i]);

		if (at == NULL || (end != NULL && at > end))
			continue;
		end = at;
		skip = strlen(colons[i]);
	}
	if (end == NULL)
		return;
	*end = '\0';
	line->label = text;
	line->text = end + skip;
}

static void
read_line(struct letter_line *line, char *text, enum letter_form form, bool is_more)
{
	if (form == LETTER_NOTICE)
		form = LETTER_HEADING;
	*line = (struct letter_line){ .form = form, .is_more = is_more, .text = text };
	if (form == LETTER_WORDS)
		line->text = without(text, "> ");
	if (is_more)
		return;
	if (form == LETTER_ITEM)
		line->text = without(text, "- ");
	else if (form == LETTER_HEADING)
		line->text = heading_text(text);
	else if (form == LETTER_FACT || form == LETTER_BUTTON)
		cut_label(line, text);
}

static void
read_lines(const struct letter *letter, struct arena *arena,
    struct letter_blocks *page)
{
	const char *layout = text_or(letter->layout, "");
	char *at = arena_strdup(arena, letter->text);
	enum letter_form form = LETTER_PLAIN;
	size_t count = 1, first = 0;

	for (const char *c = at; *c != '\0'; c++)
		count += *c == '\n';
	page->lines = arena_array(arena, count, sizeof(*page->lines));
	while (*at != '\0') {
		size_t len = strcspn(at, "\n");
		char *next = at + len + (at[len] == '\n');
		bool is_more = *layout == LETTER_MORE;
		size_t i = page->line_count++;

		at[len] = '\0';
		if (*layout == '\0')
			form = len == 0 ? LETTER_BLANK : LETTER_PLAIN;
		else if (!is_more)
			form = (enum letter_form)*layout;
		layout += *layout != '\0';
		read_line(&page->lines[i], at, form, is_more);
		if (!is_more)
			first = i;
		else
			page->lines[first].more++;
		at = next;
	}
}

static bool
is_of_block(const struct letter_block *block, const struct letter_line *line)
{
	return block->form == line->form ||
	    (block->form == LETTER_HEAD && line->form == LETTER_ROW);
}

/* Those whose every line is something of its own. */
static bool
has_rows(enum letter_form form)
{
	return form == LETTER_FACT || form == LETTER_ITEM ||
	    form == LETTER_BUTTON;
}

static void
read_blocks(struct arena *arena, struct letter_blocks *page)
{
	struct letter_block *block = NULL;

	page->list = arena_array(
	    arena, page->line_count + 1, sizeof(*page->list));
	for (size_t i = 0; i < page->line_count; i++) {
		struct letter_line *line = &page->lines[i];

		if (line->form == LETTER_BLANK) {
			block = NULL;
			continue;
		}
		if (block == NULL || !is_of_block(block, line)) {
			block = &page->list[page->count++];
			*block = (struct letter_block){ .form = line->form,
				.lines = line };
		}
		line->breaks = has_rows(line->form) ? line->is_more
						    : block->count > 0;
		block->count++;
	}
}

void
letter_blocks_read(const struct letter *letter, struct arena *arena,
    struct letter_blocks *ret)
{
	*ret = (struct letter_blocks){ 0 };
	read_lines(letter, arena, ret);
	read_blocks(arena, ret);
}

/* ---- cells ---- */

/* Of a text that is nothing but a bar; 0 otherwise. */
static int
bar_percent(const char *text)
{
	int eighths = 0;
	uint32_t character;

	while ((character = unicode_next(&text)) != 0) {
		if (character < BLOCK_FULL || character > BLOCK_EIGHTH)
			return 0;
		eighths += BLOCK_EIGHTH + 1 - (int)character;
	}
	if (eighths == 0)
		return 0;
	eighths = eighths * 100 / (BAR_BLOCKS * BAR_EIGHTHS);
	return eighths < 1 ? 1 : eighths > 100 ? 100 : eighths;
}

const char *
letter_bar(int permille, struct arena *arena)
{
	static const char *const parts[BAR_EIGHTHS] = { "", "▏", "▎", "▍", "▌",
		"▋", "▊", "▉" };
	const char *pieces[BAR_BLOCKS + 1];
	size_t count = 0;
	int eighths;

	if (permille < 0)
		permille = 0;
	if (permille > 1000)
		permille = 1000;
	eighths = permille * BAR_BLOCKS * BAR_EIGHTHS / 1000;
	/* Something is not nothing. */
	if (eighths == 0 && permille > 0)
		eighths = 1;
	for (; eighths >= BAR_EIGHTHS; eighths -= BAR_EIGHTHS)
		pieces[count++] = "█";
	pieces[count++] = parts[eighths];
	return arena_join(arena, pieces, count);
}

/* "3", "83%", "1.5", "-": what stands to the right in its column. */
static bool
is_number(const char *text)
{
	size_t digits = strcspn(text, "0123456789");

	return text[0] == '\0' || text_eq(text, "-") ||
	    (digits < strlen(text) &&
		text[strspn(text, "0123456789.,:+-% /")] == '\0');
}

static size_t
read_cells(const struct letter_line *row, struct arena *arena,
    struct letter_cell **ret)
{
	char *text = arena_strdup(arena, row->text);
	size_t count = 1;
	struct letter_cell *cells;

	for (const char *c = text; *c != '\0'; c++)
		count += *c == '|';
	cells = arena_array(arena, count, sizeof(*cells));
	for (size_t i = 0; i < count; i++) {
		size_t len = strcspn(text, "|");
		char *next = text + len + (text[len] != '\0');

		text[len] = '\0';
		cells[i].text = text_trim(text);
		cells[i].percent = bar_percent(cells[i].text);
		cells[i].is_number =
		    cells[i].percent == 0 && is_number(cells[i].text);
		text = next;
	}
	*ret = cells;
	return count;
}

size_t
letter_cells(const struct letter_blocks *blocks, const struct letter_line *row,
    struct arena *arena, struct letter_cell **ret)
{
	size_t count = read_cells(row, arena, ret), below_count;
	const struct letter_line *next = row + 1;
	struct letter_cell *below;

	if (row->form != LETTER_HEAD ||
	    next >= blocks->lines + blocks->line_count ||
	    next->form != LETTER_ROW)
		return count;
	below_count = read_cells(next, arena, &below);
	for (size_t i = 0; i < count && i < below_count; i++)
		(*ret)[i].is_number = below[i].is_number;
	return count;
}
