/*
 * Why a message was understood so: tables for people, JSON for programs.
 */
#include "cli/classify_parts.h"
#include "cli/table.h"
#include "lib/text.h"

#include <stdio.h>
#include <string.h>

enum { SHOWN_BYTES = 48, SHOWN_SCORES = 4, SHOWN_HINTS = 8 };

static json_t *
words_to_json(const struct classify_why *why)
{
	json_t *list = json_array();

	for (size_t i = 0; i < why->word_count; i++) {
		const struct why_word *word = &why->words[i];
		json_t *row = json_object();

		json_put_text(row, "list", word->list);
		json_put_text(row, "subject", word->subject);
		json_put_int(row, "weight", word->weight);
		json_put_text(row, "word", word->word);
		json_put_text(row, "file", word->file);
		json_put_int(row, "line", word->line);
		json_put_text(row, "text", word->text);
		json_put_int(row, "start", (int64_t)word->start);
		json_put_int(row, "end", (int64_t)word->end);
		json_put_flag(row, "counts", word->counts);
		json_put_text(row, "guard", word->guard);
		json_put_text(row, "guard_text", word->guard_text);
		(void)json_array_append_new(list, row);
	}
	return list;
}

static json_t *
scores_to_json(const struct classify_why *why)
{
	json_t *object = json_object();

	for (size_t i = 0; i < why->score_count; i++) {
		const struct why_score *score = &why->scores[i];
		json_t *list = json_object_get(object, score->list);

		if (list == NULL) {
			(void)json_object_set_new(
			    object, score->list, json_object());
			list = json_object_get(object, score->list);
		}
		json_put_int(list, score->subject, score->sum);
	}
	return object;
}

static json_t *
places_to_json(const struct classify_why *why)
{
	json_t *list = json_array();

	for (size_t i = 0; i < why->place_count; i++) {
		const struct why_place *place = &why->places[i];
		json_t *row = json_object();

		(void)json_object_set_new(
		    row, "place", place_to_json(&place->place));
		json_put_int(row, "start", (int64_t)place->start);
		json_put_int(row, "end", (int64_t)place->end);
		json_put_flag(row, "senders", place->is_senders);
		json_put_flag(row, "chosen", place->is_chosen);
		json_put_text(row, "reason", place->reason);
		(void)json_array_append_new(list, row);
	}
	return list;
}

static json_t *
hints_to_json(const struct classify_why *why)
{
	json_t *object = json_object();

	for (size_t i = 0; i < why->hint_count; i++)
		json_put_int(object, why->hints[i].word, why->hints[i].weight);
	return object;
}

json_t *
why_to_json(const struct classify_why *why)
{
	json_t *object = json_object();

	json_put_text(object, "step", why->step);
	json_put_text(object, "text", why->text);
	(void)json_object_set_new(object, "words", words_to_json(why));
	(void)json_object_set_new(object, "scores", scores_to_json(why));
	(void)json_object_set_new(object, "hints", hints_to_json(why));
	json_put_int(object, "hint_tenths", why->hint_tenths);
	(void)json_object_set_new(object, "places", places_to_json(why));
	return object;
}

/* -- for people ---------------------------------------------------------------
 */

static void
print_head(const struct understanding *seen, const struct classify_why *why,
    struct arena *arena)
{
	bool has_place = !place_is_empty(&seen->place);

	(void)printf("kind      %s (decided by: %s)\n", kind_name(seen->kind),
	    why->step);
	if (seen->category != NULL)
		(void)printf("category  %s\n", seen->category);
	if (severity_name(seen->severity) != NULL)
		(void)printf("severity  %s%s%s\n",
		    severity_name(seen->severity),
		    seen->emergency == NULL ? "" : ": ",
		    text_or(seen->emergency, ""));
	(void)printf("place     %s\n",
	    has_place ? place_print(&seen->place, arena) : "-");
	if (seen->case_no != NULL)
		(void)printf("case      %s\n", seen->case_no);
	(void)printf("agitated  %s\nlanguage  %s\n",
	    seen->agitated ? "yes" : "no", language_name(seen->language));
}

/* As much of a text as a cell bears, without breaking a character. */
static const char *
shown(const char *text, struct arena *arena)
{
	size_t len = strlen(text), cut = SHOWN_BYTES;

	if (len <= SHOWN_BYTES)
		return text;
	while (cut > 0 && (text[cut] & 0xC0) == 0x80)
		cut--;
	return arena_printf(arena, "%.*s…", (int)cut, text);
}

static const char *
verdict_of(const struct why_word *word, struct arena *arena)
{
	if (word->guard != NULL)
		return arena_printf(arena, "no: %s \"%s\"", word->guard,
		    shown(word->guard_text, arena));
	if (text_eq(word->list, "guard"))
		return "";
	return word->counts ? "yes" : "no: again";
}

static const char *
file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

static void
print_words(const struct classify_why *why, struct arena *arena)
{
	static const char *const heads[] = { "at", "found", "list", "weight",
		"counts", "word of the list", "where", NULL };
	struct table *table scoped(table_close) = table_open(heads);

	for (size_t i = 0; i < why->word_count; i++) {
		const struct why_word *word = &why->words[i];

		table_cell(table, arena_printf(arena, "%zu", word->start));
		table_cell(table, shown(word->text, arena));
		table_cell(table,
		    arena_printf(arena, "%s %s", word->list, word->subject));
		table_cell(
		    table, text_eq(word->list, "guard")
			       ? ""
			       : arena_printf(arena, "%d", word->weight));
		table_cell_coloured(table, verdict_of(word, arena),
		    word->guard == NULL ? TABLE_PLAIN : TABLE_WARN);
		table_cell(table, shown(word->word, arena));
		table_cell(table, arena_printf(arena, "%s:%d",
				      file_name(word->file), word->line));
	}
	if (table_rows(table) == 0)
		(void)puts("\nno word of the lists was found");
	else
		(void)puts("");
	table_print(table, stdout);
}

static void
print_scores(const struct classify_why *why)
{
	const char *list = NULL;
	int shown_scores = 0;

	for (size_t i = 0; i < why->score_count; i++) {
		const struct why_score *score = &why->scores[i];
		bool is_new = !text_eq(score->list, list);

		if (is_new) {
			(void)printf("\n%-9s", score->list);
			shown_scores = 0;
		}
		list = score->list;
		if (shown_scores++ < SHOWN_SCORES)
			(void)printf("%s %s %d", is_new ? "" : ",",
			    score->subject, score->sum);
	}
	(void)puts(list == NULL ? "" : "\n");
}

static void
print_hints(const struct classify_why *why)
{
	(void)printf(
	    "hints     %.1f points of danger:", why->hint_tenths / 10.0);
	for (size_t i = 0; i < why->hint_count && i < SHOWN_HINTS; i++)
		(void)printf("%s %s %+d", i == 0 ? "" : ",", why->hints[i].word,
		    why->hints[i].weight);
	(void)puts(why->hint_count > SHOWN_HINTS ? ", ...\n" : "\n");
}

static void
print_places(const struct classify_why *why, struct arena *arena)
{
	static const char *const heads[] = { "at", "place", "chosen", "because",
		NULL };
	struct table *table scoped(table_close) = table_open(heads);

	for (size_t i = 0; i < why->place_count; i++) {
		const struct why_place *place = &why->places[i];

		table_cell(table, arena_printf(arena, "%zu", place->start));
		table_cell(table, place_print(&place->place, arena));
		table_cell(table, place->is_chosen ? "yes" : "no");
		table_cell(table, place->reason);
	}
	if (table_rows(table) > 0)
		table_print(table, stdout);
}

void
why_print(const struct understanding *seen, const struct classify_why *why,
    struct arena *arena)
{
	print_head(seen, why, arena);
	print_words(why, arena);
	print_scores(why);
	if (why->hint_count > 0)
		print_hints(why);
	print_places(why, arena);
}
