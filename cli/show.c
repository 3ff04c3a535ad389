#include "cli/show.h"

#include "cli/outbox.h"
#include "cli/table.h"
#include "cli/verb.h"
#include "cli/words.h"
#include "lib/cleanup.h"
#include "lib/text.h"

#include <stdio.h>
#include <string.h>

static const struct verb_option options[] = {
	{ "unmasked", VERB_FLAG, NULL,
	    "names, addresses and words in clear; it is recorded" },
};

static const struct verb verb = {
	.name = "show",
	.doc = "Shows one case: what it is, its story, its messages in and "
	       "out.",
	.operand = { .key = "case",
	    .value = VERB_TEXT,
	    .shown = "NUMBER",
	    .required = true },
	.options = options,
	.option_count = ARRAY_COUNT(options),
};

static void
print_facts(const json_t *answer)
{
	static const struct {
		const char *name;
		const char *key;
		bool is_time;
	} facts[] = {
		{ "estate", "estate", false },
		{ "state", "state", false },
		{ "severity", "severity", false },
		{ "kind", "kind", false },
		{ "category", "category", false },
		{ "place", "place", false },
		{ "owner", "owner", false },
		{ "mail", "mail", false },
		{ "phone", "phone", false },
		{ "first asked", "first_responder", false },
		{ "department", "department", false },
		{ "handler", "handler", false },
		{ "received", "received", true },
		{ "reply due", "reply_due", true },
		{ "first reply", "first_reply", true },
		{ "outcome due", "outcome_due", true },
		{ "outcome given", "fed_back", true },
		{ "closed", "closed", true },
		{ "incident", "incident", false },
		{ "merged into", "merged_into", false },
		{ "subject", "subject", false },
	};

	(void)printf("%s\n", text_or(json_text(answer, "case"), "-"));
	for (size_t i = 0; i < ARRAY_COUNT(facts); i++) {
		const char *value = json_text(answer, facts[i].key);
		char time[24];

		if (text_is_empty(value))
			continue;
		verb_time(answer, facts[i].key, time);
		(void)printf("  %-14s", facts[i].name);
		words_print(facts[i].is_time ? time : value, stdout);
		(void)putchar('\n');
	}
}

/* Whoever reported the same. */
static void
print_neighbours(const json_t *numbers)
{
	if (json_array_size(numbers) == 0)
		return;
	(void)puts("\nOther open cases of the incident");
	for (size_t i = 0; i < json_array_size(numbers); i++)
		(void)printf("  %s\n",
		    json_string_value(json_array_get(numbers, i)));
}

static void
print_text(const json_t *answer, const char *key, const char *head)
{
	const char *text = json_text(answer, key);

	if (text_is_empty(text))
		return;
	(void)printf("\n%s\n", head);
	words_print_lines(text, "  ", stdout);
}

static void
print_story(const json_t *events)
{
	(void)puts("\nStory");
	for (size_t i = 0; i < json_array_size(events); i++) {
		const json_t *row = json_array_get(events, i);
		int64_t level = json_int(row, "level", 0);
		char at[24], step[64];

		verb_time(row, "at", at);
		(void)snprintf(step, sizeof(step), "%s",
		    text_or(json_text(row, "event"), ""));
		if (level > 0)
			(void)snprintf(step, sizeof(step), "%s to L%lld",
			    text_or(json_text(row, "event"), ""),
			    (long long)level);
		(void)printf("  %s  %-22s ", at, step);
		words_print(text_or(json_text(row, "actor"), ""), stdout);
		(void)putchar('\n');
		if (!text_is_empty(json_text(row, "text")))
			words_print_lines(json_text(row, "text"),
			    "                      ", stdout);
	}
}

static void
print_inbox(const json_t *rows)
{
	(void)puts("\nMessages in");
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		char at[24];

		verb_time(row, "received", at);
		(void)printf("  %s  %s from ", at,
		    text_or(json_text(row, "channel"), "-"));
		words_print(text_or(json_text(row, "sender"), "-"), stdout);
		(void)printf(" by %s, %lld bytes, id %lld\n",
		    text_or(json_text(row, "source"), "-"),
		    (long long)json_int(row, "bytes", 0),
		    (long long)json_int(row, "id", 0));
	}
}

static void
print(const json_t *answer)
{
	print_facts(answer);
	print_text(answer, "text", "Words");
	print_text(answer, "outcome", "Outcome");
	print_neighbours(json_object_get(answer, "incident_cases"));
	print_story(json_object_get(answer, "events"));
	print_inbox(json_object_get(answer, "inbox"));
	(void)puts("\nMessages out");
	outbox_print(json_object_get(answer, "outbox"));
}

int
cli_show(int argc, char **argv)
{
	return verb_run(&verb, argc, argv, print);
}
