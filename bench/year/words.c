/*
 * What people say: the labelled messages of tests/words, by what they are.
 */
#include "bench/year/world.h"
#include "core/limits.h"
#include "lib/json.h"
#include "lib/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 2000, LINE_BYTES = 16 * 1024 };

struct list {
	const char *lines[LINES_MAX];
	int count;
};

struct words {
	struct arena arena;
	struct list lists[SAY_KINDS];
};

static bool
kind_of(const json_t *expect, enum say *ret)
{
	const char *kind = json_text(expect, "kind");
	const char *severity = json_text(expect, "severity");

	if (text_eq(kind, "spam"))
		*ret = SAY_SPAM;
	else if (text_eq(severity, "emergency"))
		*ret = SAY_EMERGENCY;
	else if (text_eq(severity, "minor"))
		*ret = SAY_SMALL;
	else if (text_eq(severity, "normal") || text_eq(severity, "major"))
		*ret = SAY_MATTER;
	else
		return false;
	return true;
}

static int
take_line(struct words *words, const char *line, struct err *err)
{
	json_t *message scoped(json_release) =
	    json_from(line, strlen(line), err);
	const char *body = json_text(message, "body");
	struct list *list;
	enum say kind;

	if (message == NULL)
		return -1;
	/* What staff write is made in staff.c. */
	if (body == NULL || text_eq(json_text(message, "from_role"), "staff") ||
	    !kind_of(json_object_get(message, "expect"), &kind))
		return 0;
	list = &words->lists[kind];
	if (list->count < LINES_MAX)
		list->lines[list->count++] = arena_strdup(&words->arena, body);
	return 0;
}

struct words *
words_load(const char *path, struct err *err)
{
	struct words *words = calloc(1, sizeof(*words));
	FILE *file = fopen(path, "re");
	char line[LINE_BYTES];
	int result = 0;

	if (words == NULL)
		abort();
	arena_init(&words->arena, 64 * MIB);
	if (file == NULL)
		result = err_sys(err, ERR_CONF, "%s", path);
	while (result == 0 && fgets(line, sizeof(line), file) != NULL)
		result = take_line(words, line, err);
	if (file != NULL)
		(void)fclose(file);
	for (int i = 0; result == 0 && i < SAY_KINDS; i++)
		if (words->lists[i].count == 0)
			result = err_set(
			    err, ERR_CONF, "%s: too few messages", path);
	if (result < 0)
		words_free(&words);
	return words;
}

void
words_free(struct words **words)
{
	if (*words != NULL)
		arena_done(&(*words)->arena);
	free(*words);
	*words = NULL;
}

const char *
words_say(struct world *world, enum say kind)
{
	const struct list *list = &world->words->lists[kind];

	return list->lines[dice_below(world, list->count)];
}
