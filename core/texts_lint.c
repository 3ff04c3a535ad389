/*
 * Are the texts to owners civil (R4, R7, R8, R11, rules.md 2.9, 5.26)?  Judged
 * as they stand in their files, for what a template says is said to everybody.
 */
#include <string.h>

#include "core/language.h"
#include "core/limits.h"
#include "core/text_data.h"
#include "core/text_list.h"
#include "core/texts.h"
#include "core/wording.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

enum { HITS_MAX = 4 };

struct lint {
	texts_read *read;
	const struct classifier *words;
	texts_complain *complain;
	void *arg;
	struct arena arena;
	size_t mistakes;
};

/* What stands in {{...}} is no wording. */
static char *
without_names(struct lint *lint, const char *line, size_t len)
{
	char *ret = arena_strndup(&lint->arena, line, len);
	char *open;

	while ((open = strstr(ret, "{{")) != NULL) {
		char *close = strstr(open, "}}");
		size_t cut = close == NULL ? strlen(open)
					   : (size_t)(close + 2 - open);

		memset(open, ' ', cut);
	}
	return ret;
}

static void
tell(struct lint *lint, const char *mistake)
{
	lint->mistakes++;
	lint->complain(mistake, lint->arg);
}

static void
check_line(struct lint *lint, const char *path, int number, const char *line)
{
	struct wording_hit hits[HITS_MAX];
	size_t count = wording_check(
	    lint->words, line, false, NULL, &lint->arena, hits, HITS_MAX);

	for (size_t i = 0; i < count; i++)
		if (hits[i].blocks)
			tell(lint,
			    arena_printf(&lint->arena,
				"%s:%d: not fit for an owner: \"%s\" (%s); see "
				"wording.conf in the words folder",
				path, number, hits[i].words, hits[i].rule));
}

/* rules.md 5.26. */
static bool
is_courteous(const char *text, enum language language)
{
	static const char *const english[] = { "please", "thank", "sorry",
		"dear " };

	/* Of other languages we do not know how they are polite. */
	if ((int)language >= LANGUAGE_COUNT)
		return true;
	if (language == LANGUAGE_ZH)
		return strstr(text, "您") != NULL;
	for (size_t i = 0; i < ARRAY_COUNT(english); i++)
		if (strcasestr(text, english[i]) != NULL)
			return true;
	return false;
}

/* `is_whole': what the owner reads is this file and no more; a text that
 * carries somebody's words leaves the courtesy to them. */
static void
check_file(struct lint *lint, const char *path, enum language language,
    bool is_whole)
{
	const char *text = lint->read(path, lint->arg);
	int number = 1;

	if (text == NULL)
		return;
	if (is_whole && !is_courteous(text, language))
		tell(lint,
		    arena_printf(&lint->arena,
			"%s:1: no word of courtesy; %s", path,
			language == LANGUAGE_ZH
			    ? "say 您"
			    : "say please, thank you, sorry or Dear"));
	for (const char *line = text; *line != '\0'; number++) {
		size_t len = strcspn(line, "\n");

		check_line(
		    lint, path, number, without_names(lint, line, len));
		line += len + (line[len] == '\n');
	}
}

static void
check_text(struct lint *lint, const struct text_row *row, enum language language)
{
	static const char *const forms[] = { "mail", "sms" };
	const char *uses[] = { row->mail, row->sms };

	for (size_t i = 0; i < ARRAY_COUNT(forms); i++) {
		bool is_whole = uses[i] != NULL &&
				!text_data_offers("words", uses[i]);

		check_file(lint,
		    arena_printf(&lint->arena, "%s/%s.%s",
			language_name(language), row->name, forms[i]),
		    language, is_whole);
	}
}

size_t
texts_lint(texts_read *read, const struct classifier *words,
    texts_complain *complain, void *arg)
{
	struct lint lint = {
		.read = read,
		.words = words,
		.complain = complain,
		.arg = arg,
	};

	arena_init(&lint.arena, LIMIT_WORK_BYTES);
	for (int i = 0; i < language_count(); i++) {
		enum language language = (enum language)i;

		for (size_t k = 0; k < text_row_count; k++)
			if (text_is_for_owner(text_rows[k].name))
				check_text(&lint, &text_rows[k], language);
		check_file(&lint,
		    arena_printf(&lint.arena, "%s/part_owner.mail",
			language_name(language)),
		    language, false);
	}
	arena_done(&lint.arena);
	return lint.mistakes;
}
