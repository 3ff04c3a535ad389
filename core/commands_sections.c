/*
 * Which lines of a mail about no case are about which case (rules.md 5.30).
 */
#include "core/classify.h"
#include "core/commands_parts.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

/* A line without its case number, and the section that it belongs to. */
struct piece {
	size_t section;
	const char *text;
};

struct sectioning {
	struct command_parse *parse;
	struct command_section *list;
	size_t max, count;
	size_t open;   /* takes the lines that follow */
	bool is_short; /* a blank line ends it */
};

/* The section of that case, a new one at need. */
static size_t
section_of(struct sectioning *at, const char *number)
{
	for (size_t i = 0; i < at->count && i < at->max; i++)
		if (text_eq(at->list[i].number, number))
			return i;
	if (at->count < at->max)
		at->list[at->count].number = number;
	return at->count++;
}

/* Those go on with no case, whatever stood above. */
static bool
is_of_no_case(enum command_kind kind)
{
	return command_specs[kind].is_alone;
}

static const char *
command_piece(struct sectioning *at, const struct command_head *head,
    const char *text, size_t args)
{
	struct arena *arena = at->parse->arena;
	const char *rest, *number;

	if (is_of_no_case(head->kind)) {
		at->open = 0;
		at->is_short = false;
		return text;
	}
	number = case_number_lead(text + args, arena, &rest);
	if (number == NULL)
		return text;
	/* "#merge A" alone is no order about A. */
	if (command_specs[head->kind].value == VALUE_CASE &&
	    case_number_find(rest, arena) == NULL)
		return text;
	at->open = section_of(at, number);
	at->is_short = !command_specs[head->kind].swallows;
	return arena_printf(arena, "%.*s %s", (int)args, text, rest);
}

static const char *
text_piece(struct sectioning *at, const char *text)
{
	const char *rest;
	const char *number = case_number_lead(text, at->parse->arena, &rest);

	if (number != NULL) {
		at->open = section_of(at, number);
		at->is_short = true;
		return rest;
	}
	if (at->is_short && text[strspn(text, " \t\r")] == '\0')
		at->open = 0;
	return text;
}

static struct piece
piece_of(struct sectioning *at, const struct command_line *line)
{
	struct command_head head = command_head(at->parse, line);
	const char *text =
	    arena_strndup(at->parse->arena, line->start, line->len);
	struct piece ret;

	if (head.is == LINE_COMMAND)
		ret.text = command_piece(
		    at, &head, text, (size_t)(head.args - line->start));
	else
		ret.text = text_piece(at, text);
	ret.section = at->open;
	return ret;
}

static const char *
join(const struct piece *pieces, size_t count, size_t section,
    struct arena *arena)
{
	size_t size = count + 1;
	char *ret, *end;

	for (size_t i = 0; i < count; i++)
		if (pieces[i].section == section)
			size += strlen(pieces[i].text);
	ret = end = arena_alloc(arena, size);
	for (size_t i = 0; i < count; i++) {
		size_t len =
		    pieces[i].section == section ? strlen(pieces[i].text) : 0;

		memcpy(end, pieces[i].text, len);
		end += len;
		*end++ = '\n';
	}
	*end = '\0';
	return ret;
}

size_t
commands_sections(const struct commands_context *ctx, const char *own,
    struct arena *arena, struct command_section *ret, size_t max)
{
	struct command_parse parse = { .ctx = ctx, .arena = arena };
	struct sectioning at = {
		.parse = &parse, .list = ret, .max = max, .count = 1
	};
	struct command_line line = { 0 };
	struct piece *pieces;
	size_t lines = 1;

	for (const char *c = own; *c != '\0'; c++)
		lines += *c == '\n';
	pieces = arena_array(arena, lines, sizeof(*pieces));
	ret[0] = (struct command_section){ 0 };
	lines = 0;
	while (command_line_next(&own, &line))
		pieces[lines++] = piece_of(&at, &line);
	for (size_t i = 0; i < at.count && i < max; i++)
		ret[i].own = join(pieces, lines, i, arena);
	return at.count;
}
