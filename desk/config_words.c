#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/classify.h"
#include "desk/config_parts.h"
#include "lib/err.h"
#include "lib/file.h"
#include "lib/text.h"

enum { WORDS_BYTES_MAX = 1024 * 1024 };

static int
is_words_file(const struct dirent *entry)
{
	/* Editors leave hidden files and copies that end in ~. */
	return entry->d_name[0] != '.' && !text_ends(entry->d_name, "~") &&
	    !text_starts(entry->d_name, "README");
}

struct names {
	struct dirent **list;
	int count;
};

static void
free_names(struct names *names)
{
	for (int i = 0; i < names->count; i++)
		free(names->list[i]);
	free(names->list);
}

static void
one_file_read(struct reading *reading, const char *name)
{
	struct arena *arena = &reading->loaded->arena;
	const char *path = arena_printf(
	    arena, "%s/%s", reading->loaded->conf.words, name);
	unsigned before = reading->mistakes;
	struct err err = { 0 };
	size_t len = 0;
	char *text = file_read(path, WORDS_BYTES_MAX, arena, &len, &err);

	if (text == NULL)
		mistake_at(reading, "words", "%s", err.msg);
	else if (classifier_learn(reading->loaded->classifier, path, text,
		     reading_foreign_mistake, reading) < 0 &&
	    reading->mistakes == before)
		mistake_at(reading, "words", "%s: not understood", path);
}

void
words_read(struct reading *reading)
{
	struct loaded *loaded = reading->loaded;
	struct names names scoped(free_names) = { 0 };
	struct err err = { 0 };
	unsigned before = reading->mistakes;

	if (loaded->conf.words == NULL) {
		mistake_at(reading, "words", "is empty; expected a folder");
		return;
	}
	names.count =
	    scandir(loaded->conf.words, &names.list, is_words_file, alphasort);
	if (names.count < 0) {
		mistake_at(reading, "words",
		    "cannot read \"%s\": %s; expected the folder of the word "
		    "lists",
		    loaded->conf.words, strerror(errno));
		return;
	}
	loaded->classifier = classifier_new();
	for (int i = 0; i < names.count; i++)
		one_file_read(reading, names.list[i]->d_name);
	if (names.count == 0)
		warning_at(reading, "words",
		    "\"%s\" holds no word lists: no message will be "
		    "understood",
		    loaded->conf.words);
	if (classifier_check(loaded->classifier, reading_foreign_mistake,
		reading) == 0 &&
	    reading->mistakes == before &&
	    classifier_seal(loaded->classifier, &err) < 0)
		mistake_at(reading, "words", "%s", err.msg);
	loaded->conf.classifier = loaded->classifier;
}
