#include "cli/quarantine.h"

#include "cli/table.h"
#include "cli/verb.h"
#include "cli/words.h"
#include "lib/cleanup.h"
#include "lib/text.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct verb_option options[] = {
	{ "bin", VERB_TEXT, "NAME",
	    "only spam, auto, bounce, unclear, handled, malformed, "
	    "duplicate or unreadable" },
	{ "limit", VERB_NUMBER, "N", "at most so many (default 50)" },
	{ "raw", VERB_FLAG, NULL,
	    "with ID: its raw bytes on standard output; it is recorded" },
	{ "retry", VERB_FLAG, NULL, "with ID: give it to the reader again" },
};

static const struct verb verb = {
	.name = "quarantine",
	.doc = "Lists what came in and ended in a bin or could not be read. "
	       "Nothing is thrown\naway: with an ID it can be looked at, or "
	       "tried again after an upgrade.",
	.operand = { .key = "id", .value = VERB_NUMBER, .shown = "ID" },
	.options = options,
	.option_count = ARRAY_COUNT(options),
};

static void
print_rows(const json_t *rows)
{
	static const char *const heads[] = { "id", "received", "channel",
		"by", "bin", "bytes", "reason", NULL };
	struct table *table scoped(table_close) = table_open(heads);

	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		char text[24];

		(void)snprintf(text, sizeof(text), "%lld",
		    (long long)json_int(row, "id", 0));
		table_cell(table, text);
		verb_time(row, "received", text);
		table_cell(table, text);
		table_cell(table, json_text(row, "channel"));
		table_cell(table, json_text(row, "source"));
		table_cell(table, json_text(row, "bin"));
		(void)snprintf(text, sizeof(text), "%lld",
		    (long long)json_int(row, "bytes", 0));
		table_cell(table, text);
		table_cell(table, verb_text(row, "reason"));
	}
	table_print(table, stdout);
}

static void
print_one(const json_t *answer)
{
	char received[24];

	verb_time(answer, "received", received);
	(void)printf("message %lld: %s by %s, received %s, %lld bytes\n",
	    (long long)json_int(answer, "id", 0),
	    text_or(json_text(answer, "channel"), "-"),
	    text_or(json_text(answer, "source"), "-"), received,
	    (long long)json_int(answer, "bytes", 0));
	(void)printf("bin %s, case %s, reason: ",
	    text_or(json_text(answer, "bin"), "none"),
	    text_or(json_text(answer, "case"), "none"));
	words_print(text_or(json_text(answer, "reason"), "none"), stdout);
	(void)putchar('\n');
}

static void
print(const json_t *answer)
{
	const json_t *rows = json_object_get(answer, "quarantine");
	int64_t again = json_int(answer, "again", 0);
	const char *number = json_text(answer, "case");

	if (again != 0) {
		(void)printf("Message %lld goes to the reader again.\n",
		    (long long)again);
		if (number != NULL)
			(void)printf("Case %s stood for it until now: close "
				     "it by hand.\n",
			    number);
		return;
	}
	if (rows == NULL) {
		print_one(answer);
		return;
	}
	if (json_array_size(rows) == 0)
		(void)puts("Nothing is in quarantine.");
	else
		print_rows(rows);
	verb_say_more(answer);
}

static int
nibble(char digit)
{
	return digit >= 'a' ? digit - 'a' + 10 : digit - '0';
}

/* The raw bytes come in slices. */
static int
write_raw(struct asking *asking)
{
	int64_t written = 0, bytes = 1;

	while (written < bytes) {
		json_t *answer scoped(json_release) = NULL;
		const char *hex;
		int status;

		json_put_int(asking->request, "offset", written);
		status = cli_ask(&asking->desk, asking->request, &answer);
		if (status != EX_OK)
			return status;
		hex = text_or(json_text(answer, "raw_hex"), "");
		bytes = json_int(answer, "bytes", 0);
		/* Shorter than its row says: a large mail, of which only the
		 * head was fetched. */
		if (*hex == '\0')
			break;
		for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2, written++)
			(void)putchar(nibble(hex[0]) << 4 | nibble(hex[1]));
	}
	return EX_OK;
}

int
cli_quarantine(int argc, char **argv)
{
	struct asking asking scoped(asking_done);
	int status = asking_read(&verb, argc, argv, &asking);
	bool is_raw, is_retry;

	if (status >= 0)
		return status;
	is_raw = json_flag(asking.request, "raw");
	is_retry = json_flag(asking.request, "retry");
	if (is_raw && is_retry) {
		(void)fputs("shouwen: quarantine: --raw or --retry, not both\n",
		    stderr);
		return EX_USAGE;
	}
	if ((is_raw || is_retry) && json_int(asking.request, "id", 0) == 0) {
		(void)fputs("shouwen: quarantine: which one? give its ID; "
			    "`shouwen quarantine' lists them\n",
		    stderr);
		return EX_USAGE;
	}
	return is_raw ? write_raw(&asking) : asking_run(&asking, print);
}
