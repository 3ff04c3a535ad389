#include "cli/texts.h"

#include "cli/table.h"
#include "cli/verb.h"
#include "lib/cleanup.h"
#include "lib/json.h"
#include "lib/text.h"

#include <stdio.h>

static const struct verb_option options[] = {
	{ "limit", VERB_NUMBER, "N", "at most so many opt-outs (default 50)" },
};

static const struct verb verb = {
	.name = "texts",
	.doc =
	    "Tells how much of its caps each SMS channel has used today, and "
	    "which numbers\nwant no texts; with a NUMBER, why that one is "
	    "silent.",
	.operand = { .key = "number", .value = VERB_TEXT, .shown = "NUMBER" },
	.options = options,
	.option_count = ARRAY_COUNT(options),
};

static void
add_number(struct table *table, const json_t *row, const char *key)
{
	int64_t value = json_int(row, key, 0);
	char text[24];

	(void)snprintf(text, sizeof(text), "%lld", (long long)value);
	table_cell(table, value == 0 ? NULL : text);
}

static void
print_channels(const json_t *rows)
{
	static const char *const heads[] = { "channel", "texts today", "cap",
		"cost today", "cap", "currency", NULL };
	struct table *table scoped(table_close) = table_open(heads);

	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		char text[24];

		table_cell(table, json_text(row, "channel"));
		(void)snprintf(text, sizeof(text), "%lld",
		    (long long)json_int(row, "texts", 0));
		table_cell(table, text);
		add_number(table, row, "day_texts");
		table_cell(table, verb_text(row, "cost"));
		table_cell(table, verb_text(row, "day_cost"));
		table_cell(table, verb_text(row, "currency"));
	}
	table_print(table, stdout);
}

/* The message that said so, or ours that the gateway refused. */
static void
print_opt_outs(const json_t *rows)
{
	static const char *const heads[] = { "wants no texts", "since", "by",
		"message in", "refused out", NULL };
	struct table *table scoped(table_close) = table_open(heads);

	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		char since[24];

		verb_time(row, "since", since);
		table_cell(table, json_text(row, "number"));
		table_cell(table, since);
		table_cell(table, verb_text(row, "account"));
		add_number(table, row, "inbox");
		add_number(table, row, "refused");
	}
	(void)putchar('\n');
	if (table_rows(table) == 0)
		(void)puts("Nobody has opted out.");
	else
		table_print(table, stdout);
}

static void
print_number(const json_t *answer)
{
	const json_t *opt = json_object_get(answer, "opt_out");
	int64_t cap = json_int(answer, "number_day", 0);
	char since[24];

	(void)printf("%s: %lld texts in 24 hours",
	    text_or(json_text(answer, "number"), "-"),
	    (long long)json_int(answer, "texts", 0));
	if (cap != 0)
		(void)printf(", the cap is %lld", (long long)cap);
	(void)putchar('\n');
	if (opt == NULL) {
		(void)puts("It has not opted out.");
		return;
	}
	verb_time(opt, "since", since);
	(void)printf("It wants no texts since %s, by %s.\n", since,
	    text_or(json_text(opt, "account"), "-"));
}

static void
print(const json_t *answer)
{
	if (json_text(answer, "number") != NULL) {
		print_number(answer);
		return;
	}
	print_channels(json_object_get(answer, "channels"));
	print_opt_outs(json_object_get(answer, "opt_outs"));
	verb_say_more(answer);
}

int
cli_texts(int argc, char **argv)
{
	return verb_run(&verb, argc, argv, print);
}
