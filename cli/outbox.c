#include "cli/outbox.h"

#include "cli/table.h"
#include "cli/verb.h"
#include "cli/words.h"
#include "lib/cleanup.h"
#include "lib/text.h"

#include <stdio.h>

static const struct verb_option options[] = {
	{ "all", VERB_FLAG, NULL, "what has left as well" },
	{ "limit", VERB_NUMBER, "N", "at most so many (default 50)" },
};

static const struct verb verb = {
	.name = "outbox",
	.doc = "Lists what waits to leave or whose fate is unknown, and which "
	       "channels are down;\nwith an ID, every try to deliver that "
	       "message.",
	.operand = { .key = "id", .value = VERB_NUMBER, .shown = "ID" },
	.options = options,
	.option_count = ARRAY_COUNT(options),
};

static enum table_colour
colour_of(const char *state)
{
	if (text_eq(state, "failed") || text_eq(state, "expired"))
		return TABLE_BAD;
	return text_eq(state, "unknown") ? TABLE_WARN : TABLE_PLAIN;
}

static void
add_number(struct table *table, const json_t *row, const char *key)
{
	char text[24];

	(void)snprintf(
	    text, sizeof(text), "%lld", (long long)json_int(row, key, 0));
	table_cell(table, text);
}

static void
add_time(struct table *table, const json_t *row, const char *key)
{
	char text[24];

	verb_time(row, key, text);
	table_cell(table, text[0] == '\0' ? NULL : text);
}

void
outbox_print(const json_t *rows)
{
	static const char *const heads[] = { "id", "channel", "to", "role",
		"message", "state", "tries", "not before", "last answer",
		NULL };
	struct table *table scoped(table_close) = table_open(heads);

	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		const char *state = json_text(row, "state");

		add_number(table, row, "id");
		table_cell(table, json_text(row, "channel"));
		table_cell(table, json_text(row, "to"));
		table_cell(table, json_text(row, "role"));
		table_cell(table, json_text(row, "template"));
		table_cell_coloured(table, state, colour_of(state));
		add_number(table, row, "attempts");
		add_time(table, row, "not_before");
		table_cell(table, verb_text(row, "answer"));
	}
	table_print(table, stdout);
}

static void
print_tries(const json_t *answer)
{
	static const char *const heads[] = { "started", "ended", "result",
		"code", "gateway's id", "answer", NULL };
	const json_t *tries = json_object_get(answer, "tries");
	struct table *table scoped(table_close) = table_open(heads);

	(void)printf("%lld: %s to ", (long long)json_int(answer, "id", 0),
	    text_or(json_text(answer, "template"), "-"));
	words_print(text_or(json_text(answer, "to"), "-"), stdout);
	(void)printf(" by %s, %s\n\n",
	    text_or(json_text(answer, "sender"), "-"),
	    text_or(json_text(answer, "state"), "-"));
	for (size_t i = 0; i < json_array_size(tries); i++) {
		const json_t *row = json_array_get(tries, i);

		add_time(table, row, "started");
		add_time(table, row, "ended");
		table_cell(
		    table, text_or(json_text(row, "result"), "no result"));
		add_number(table, row, "code");
		table_cell(table, verb_text(row, "provider_id"));
		table_cell(table, verb_text(row, "answer"));
	}
	if (table_rows(table) == 0)
		(void)puts("Not tried yet.");
	else
		table_print(table, stdout);
}

static void
print_down(const json_t *down)
{
	for (size_t i = 0; i < json_array_size(down); i++) {
		const json_t *row = json_array_get(down, i);
		char since[24];

		verb_time(row, "since", since);
		(void)printf("%s is down since %s: %s\n",
		    text_or(json_text(row, "channel"), "-"), since,
		    text_or(json_text(row, "reason"), "no reason was told"));
	}
	if (json_array_size(down) > 0)
		(void)putchar('\n');
}

static void
print(const json_t *answer)
{
	const json_t *rows = json_object_get(answer, "outbox");

	if (rows == NULL) {
		print_tries(answer);
		return;
	}
	print_down(json_object_get(answer, "down"));
	if (json_array_size(rows) == 0)
		(void)puts("Nothing waits.");
	else
		outbox_print(rows);
	verb_say_more(answer);
}

int
cli_outbox(int argc, char **argv)
{
	return verb_run(&verb, argc, argv, print);
}
