#include "desk/languages.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/catalogue.h"
#include "core/limits.h"
#include "handlers/help.h"
#include "handlers/orders.h"
#include "handlers/sentences.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "lib/file.h"
#include "lib/text.h"

/* ---- folders ---- */

static bool
is_folder(int parent, const char *name)
{
	struct stat info;

	return name[0] != '.' && fstatat(parent, name, &info, 0) == 0 &&
	    S_ISDIR(info.st_mode);
}

void
languages_find(const char *templates,
    void (*complain)(const char *mistake, void *arg), void *arg)
{
	DIR *dir = opendir(templates);
	struct dirent *entry;
	struct arena arena scoped(arena_done) = { 0 };
	enum language language;

	if (dir == NULL)
		return;
	arena_init(&arena, LIMIT_WORK_BYTES);
	while ((entry = readdir(dir)) != NULL) {
		if (is_folder(dirfd(dir), entry->d_name) &&
		    language_add(entry->d_name, &language) < 0)
			complain(arena_printf(&arena,
				     "templates/%s: not a language as in BCP "
				     "47, such as de or pt-BR, or one of more "
				     "than %d",
				     entry->d_name, LANGUAGES_MAX),
			    arg);
	}
	(void)closedir(dir);
}

/* ---- words ---- */

void
languages_each_word(language_visit *visit, void *arg)
{
	vocabulary_words(visit, arg);
	case_words(visit, arg);
	place_part_words(visit, arg);
	text_words(visit, arg);
	text_weekly_words(visit, arg);
	text_survey_words(visit, arg);
	text_plan_words(visit, arg);
	home_visit_words(visit, arg);
	command_words(visit, arg);
	help_words(visit, arg);
	order_step_words(visit, arg);
	sentence_words(visit, arg);
}

/* One catalogue against the tables. */
struct checking {
	const char *place; /* "templates/de/words.po" */
	struct catalogue *catalogue;
	const char *unknown; /* a word of the catalogue that is looked for */
	struct arena arena;
	void (*complain)(const char *mistake, void *arg);
	void *arg;
	bool is_good;
};

static void
tell(struct checking *checking, const char *mistake)
{
	checking->is_good = false;
	checking->complain(mistake, checking->arg);
}

static void
tell_line(int line, const char *mistake, void *arg)
{
	struct checking *checking = arg;

	tell(checking,
	    arena_printf(&checking->arena, "%s:%d: %s", checking->place, line,
		mistake));
}

static void
look_whether_it_is_there(const char *zh, const char *en, void *arg)
{
	struct checking *checking = arg;

	(void)zh;
	if (catalogue_find(checking->catalogue, en) == NULL)
		tell(checking,
		    arena_printf(&checking->arena,
			"%s: no msgstr for \"%s\"; see templates/words.pot",
			checking->place, en));
}

static void
look_whether_it_is_known(const char *zh, const char *en, void *arg)
{
	struct checking *checking = arg;

	(void)zh;
	if (text_eq(checking->unknown, en))
		checking->unknown = NULL;
}

static void
check_entry(const char *en, int line, void *arg)
{
	struct checking *checking = arg;

	checking->unknown = en;
	languages_each_word(look_whether_it_is_known, checking);
	if (checking->unknown != NULL)
		tell_line(line,
		    arena_printf(&checking->arena,
			"nothing says \"%s\"; see templates/words.pot", en),
		    checking);
}

static void
load_words(struct checking *checking, int folder, enum language language)
{
	const char *path = arena_printf(
	    &checking->arena, "%s/words.po", language_name(language));
	struct err err = { 0 };
	size_t len;
	const char *text = file_read_in(folder, path, LIMIT_RENDERED_BYTES,
	    &checking->arena, &len, &err);

	checking->place =
	    arena_printf(&checking->arena, "templates/%s", path);
	if (text == NULL) {
		tell(checking,
		    arena_printf(&checking->arena,
			"%s: no such file; make it from templates/words.pot",
			checking->place));
		return;
	}
	checking->catalogue = catalogue_parse(text, tell_line, checking);
	catalogue_each(checking->catalogue, check_entry, checking);
	languages_each_word(look_whether_it_is_there, checking);
	language_set_words(language, &checking->catalogue);
}

bool
languages_load_words(int folder,
    void (*complain)(const char *mistake, void *arg), void *arg)
{
	struct checking checking = {
		.complain = complain,
		.arg = arg,
		.is_good = true,
	};

	arena_init(&checking.arena, LIMIT_WORK_BYTES);
	for (int i = LANGUAGE_COUNT; i < language_count(); i++)
		if (is_folder(folder, language_name((enum language)i)))
			load_words(&checking, folder, (enum language)i);
	arena_done(&checking.arena);
	return checking.is_good;
}
