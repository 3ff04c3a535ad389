#include "cli/parse_why.h"

#include <stdbool.h>
#include <stdio.h>

#include "cli/table.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "reader/charset.h"

/* Bytes of a line that fit a screen. */
#define SHOWN_BYTES 160

static const char *
joined(const char **list, size_t count, struct arena *arena)
{
	const char *text = count == 0 ? "nobody named" : list[0];

	for (size_t i = 1; i < count; i++)
		text = arena_printf(arena, "%s, %s", text, list[i]);
	return text;
}

static const char *
bounce_words(const struct bounce *bounce, struct arena *arena)
{
	return arena_printf(arena, "%s: %s; status %s, %s",
	    bounce->is_delay ? "delayed, not failed" : "failed",
	    joined(bounce->recipients, bounce->recipient_count, arena),
	    text_or(bounce->status, "unknown"),
	    bounce->is_hard ? "final" : "not final for that address");
}

static void
add_fact(struct table *table, const char *name, const char *text)
{
	if (text_is_empty(text))
		return;
	table_cell(table, name);
	table_cell(table, text);
}

static void
add_machine(
    struct table *table, const struct explanation *why, struct arena *arena)
{
	if (why->evidence_count == 0)
		add_fact(table, "Written by", "a person: no sign of a machine");
	for (size_t i = 0; i < why->evidence_count; i++) {
		table_cell(table, i == 0 ? "Written by" : "");
		table_cell_coloured(table,
		    arena_printf(arena, "%s%s (%s)",
			i == 0 ? "a machine: " : "also: ",
			why->evidence[i].reason, why->evidence[i].where),
		    TABLE_WARN);
	}
}

static void
print_facts(const char *path, const struct message *message,
    const struct explanation *why, struct arena *arena)
{
	static const char *const heads[] = { "Mail", "", NULL };
	struct table *table scoped(table_close) = table_open(heads);
	const struct forward *forward = &message->forward;

	add_fact(table, "File", path);
	add_fact(table, "From", message->from.addr);
	add_fact(table, "Subject", message->subject);
	add_fact(table, "Answers", message->in_reply_to);
	add_machine(table, why, arena);
	if (message->bounce.is_bounce || message->bounce.is_delay)
		add_fact(
		    table, "Report", bounce_words(&message->bounce, arena));
	if (forward->is_forward)
		add_fact(table, "Forwards",
		    arena_printf(arena, "a mail of %s: %s",
			text_or(
			    forward->from, text_or(forward->from_name, "-")),
			text_or(forward->subject, "-")));
	if (message->spam_hint)
		add_fact(table, "Spam", "a filter on its way said so");
	add_fact(table, "Capped", message->warning);
	table_print(table, stdout);
}

static const char *
shown(const char *text, struct arena *arena)
{
	size_t len = charset_fit(text, SHOWN_BYTES);

	return text[len] == '\0'
		   ? text
		   : arena_printf(arena, "%.*s ...", (int)len, text);
}

static void
print_lines(const struct lines *lines, struct arena *arena)
{
	static const char *const heads[] = { "line", "", "why", "text", NULL };
	struct table *table scoped(table_close) = table_open(heads);

	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->list[i];
		bool kept =
		    line->fate == LINE_OWN || line->fate == LINE_FORWARDED;

		table_cell(table, arena_printf(arena, "%zu", i + 1));
		if (line->blank && line->quotes == 0) {
			for (int cell = 0; cell < 3; cell++)
				table_cell(table, "");
			continue;
		}
		table_cell_coloured(table, kept ? "keep" : "cut",
		    kept ? TABLE_GOOD : TABLE_BAD);
		table_cell(table, line_fate_words(line->fate));
		table_cell(table, shown(line->text, arena));
	}
	table_print(table, stdout);
}

void
parse_print_why(const char *path, const struct message *message,
    const struct explanation *why, struct arena *arena)
{
	print_facts(path, message, why, arena);
	(void)puts("");
	if (why->lines.count == 0)
		(void)puts("The mail has no text.");
	else
		print_lines(&why->lines, arena);
	(void)puts("");
}

static json_t *
lines_to_json(const struct lines *lines)
{
	json_t *array = json_array();

	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->list[i];
		json_t *object = json_object();

		json_put_int(object, "line", (int64_t)i + 1);
		json_put_text(object, "fate", line_fate_name(line->fate));
		json_put_flag(object, "kept",
		    line->fate == LINE_OWN || line->fate == LINE_FORWARDED);
		json_put_text(object, "text", line->text);
		json_array_append_new(array, object);
	}
	return array;
}

json_t *
parse_why(const struct explanation *why)
{
	json_t *object = json_object();
	json_t *machine = json_array();

	for (size_t i = 0; i < why->evidence_count; i++) {
		json_t *one = json_object();

		json_put_text(one, "reason", why->evidence[i].reason);
		json_put_text(one, "where", why->evidence[i].where);
		json_array_append_new(machine, one);
	}
	json_object_set_new(object, "lines", lines_to_json(&why->lines));
	json_object_set_new(object, "machine", machine);
	return object;
}
