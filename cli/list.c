#include "cli/list.h"

#include "cli/table.h"
#include "cli/verb.h"
#include "lib/cleanup.h"

#include <stdio.h>

static const struct verb_option options[] = {
	{ "all", VERB_FLAG, NULL, "closed cases too" },
	{ "state", VERB_TEXT, "STATE", "only this state, such as in_progress" },
	{ "severity", VERB_TEXT, "WORD",
	    "only minor, normal, major or emergency" },
	{ "estate", VERB_TEXT, "NAME", "only this estate of the settings" },
	{ "handler", VERB_TEXT, "NAME", "only this person's" },
	{ "limit", VERB_NUMBER, "N", "at most so many (default 50)" },
};

static const struct verb verb = {
	.name = "list",
	.doc = "Lists the open cases, the newest first. A `!' marks a reply "
	       "that is overdue.",
	.options = options,
	.option_count = ARRAY_COUNT(options),
};

static const char *const heads[] = { "case", "severity", "state", "place",
	"category", "incident", "handler", "reply due", "received", NULL };

static void
add_due(struct table *table, const json_t *row)
{
	char due[24], text[32];

	if (json_text(row, "first_reply") != NULL) {
		table_cell(table, "given");
		return;
	}
	verb_time(row, "reply_due", due);
	if (!json_flag(row, "overdue")) {
		table_cell(table, due[0] == '\0' ? NULL : due);
		return;
	}
	(void)snprintf(text, sizeof(text), "%s !", due);
	table_cell_coloured(table, text, TABLE_BAD);
}

static void
print(const json_t *answer)
{
	static const char *const keys[] = { "case", "severity", "state",
		"place", "category", "incident", "handler" };
	const json_t *rows = json_object_get(answer, "cases");
	struct table *table scoped(table_close) = table_open(heads);

	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		char received[24];

		for (size_t k = 0; k < ARRAY_COUNT(keys); k++)
			table_cell(table, json_text(row, keys[k]));
		add_due(table, row);
		verb_time(row, "received", received);
		table_cell(table, received);
	}
	if (table_rows(table) == 0)
		(void)puts("No such cases.");
	else
		table_print(table, stdout);
	verb_say_more(answer);
}

int
cli_list(int argc, char **argv)
{
	struct asking asking scoped(asking_done);
	int status = asking_read(&verb, argc, argv, &asking);

	if (status >= 0)
		return status;
	/* A state that is named may be one of closed cases. */
	json_put_flag(asking.request, "open",
	    !json_flag(asking.request, "all") &&
		json_text(asking.request, "state") == NULL);
	return asking_run(&asking, print);
}
