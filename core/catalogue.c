#include "core/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"

struct entry {
	const char *en;
	const char *word;
	int line;
};

struct catalogue {
	struct arena arena;
	struct entry *entries; /* by `en' */
	size_t count, room;
};

enum field { FIELD_NONE, FIELD_ID, FIELD_WORD };

/* One file on its way in. */
struct reading {
	struct catalogue *catalogue;
	catalogue_complain *complain;
	void *arg;
	int line;
	enum field field;  /* what a string on a line by itself goes on with */
	struct buf id, word;
	int id_line;
	bool has_word;
};

static void
tell(struct reading *reading, int line, const char *mistake)
{
	reading->complain(line, mistake, reading->arg);
}

/* Each {...} of one text stands in the other. */
static bool
has_holes_of(const char *text, const char *other)
{
	char hole[32];

	while ((text = strchr(text, '{')) != NULL) {
		size_t len = strcspn(text, "}") + 1;

		if (len < sizeof(hole)) {
			memcpy(hole, text, len);
			hole[len] = '\0';
			if (strstr(other, hole) == NULL)
				return false;
		}
		text++;
	}
	return true;
}

static void
add_entry(struct catalogue *catalogue, const struct entry *entry)
{
	if (catalogue->count == catalogue->room) {
		catalogue->room =
		    catalogue->room == 0 ? 64 : 2 * catalogue->room;
		catalogue->entries = realloc(catalogue->entries,
		    catalogue->room * sizeof(*catalogue->entries));
		if (catalogue->entries == NULL)
			abort();
	}
	catalogue->entries[catalogue->count++] = *entry;
}

/* The msgid and msgstr that have been read. */
static void
end_entry(struct reading *reading)
{
	struct catalogue *catalogue = reading->catalogue;
	const char *id = buf_text(&reading->id);
	const char *word = buf_text(&reading->word);

	if (reading->field == FIELD_ID)
		tell(reading, reading->id_line, "msgid without msgstr");
	/* The first entry of a .po file is about the file. */
	if (reading->field == FIELD_WORD && id[0] != '\0' && word[0] != '\0') {
		if (!has_holes_of(id, word) || !has_holes_of(word, id))
			tell(reading, reading->id_line,
			    "msgstr wants the same {...} as its msgid");
		add_entry(catalogue,
		    &(struct entry){
			.en = arena_strdup(&catalogue->arena, id),
			.word = arena_strdup(&catalogue->arena, word),
			.line = reading->id_line,
		    });
	}
	buf_reset(&reading->id);
	buf_reset(&reading->word);
	reading->field = FIELD_NONE;
}

/* "..." to the end of the line. */
static bool
read_string(const char *at, struct buf *out)
{
	if (*at++ != '"')
		return false;
	for (; *at != '\0' && *at != '"'; at++) {
		if (*at != '\\') {
			buf_putc(out, *at);
			continue;
		}
		if (*++at == '\0')
			return false;
		if (*at == 'n')
			buf_putc(out, '\n');
		else
			buf_putc(out, *at);
	}
	return *at == '"' && at[1 + strspn(at + 1, " \t\r")] == '\0';
}

static void
read_line(struct reading *reading, const char *line)
{
	bool is_good = true;

	line += strspn(line, " \t\r");
	if (*line == '\0' || *line == '#')
		return;
	if (text_starts(line, "msgid ")) {
		end_entry(reading);
		reading->field = FIELD_ID;
		reading->id_line = reading->line;
		is_good = read_string(line + 6, &reading->id);
	} else if (text_starts(line, "msgstr ") &&
		   reading->field == FIELD_ID) {
		reading->field = FIELD_WORD;
		is_good = read_string(line + 7, &reading->word);
	} else if (reading->field != FIELD_NONE) {
		is_good = read_string(line,
		    reading->field == FIELD_ID ? &reading->id
					       : &reading->word);
	} else {
		is_good = false;
	}
	if (!is_good)
		tell(reading, reading->line,
		    "wants msgid \"...\" and msgstr \"...\"");
}

static int
compare(const void *a, const void *b)
{
	const struct entry *one = a, *other = b;

	return strcmp(one->en, other->en);
}

static void
sort(struct reading *reading)
{
	struct catalogue *catalogue = reading->catalogue;
	struct entry *entries = catalogue->entries;

	if (catalogue->count == 0)
		return;
	qsort(entries, catalogue->count, sizeof(*entries), compare);
	for (size_t i = 1; i < catalogue->count; i++)
		if (text_eq(entries[i].en, entries[i - 1].en))
			tell(reading, entries[i].line,
			    "stands there a second time");
}

struct catalogue *
catalogue_parse(const char *text, catalogue_complain *complain, void *arg)
{
	struct catalogue *catalogue = calloc(1, sizeof(*catalogue));
	struct reading reading = {
		.catalogue = catalogue,
		.complain = complain,
		.arg = arg,
	};
	struct arena lines scoped(arena_done) = { 0 };

	if (catalogue == NULL)
		abort();
	arena_init(&catalogue->arena, LIMIT_WORK_BYTES);
	arena_init(&lines, LIMIT_WORK_BYTES);
	buf_init(&reading.id, LIMIT_RENDERED_BYTES);
	buf_init(&reading.word, LIMIT_RENDERED_BYTES);
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		reading.line++;
		read_line(&reading, arena_strndup(&lines, text, len));
		text += len + (text[len] != '\0');
	}
	end_entry(&reading);
	sort(&reading);
	buf_done(&reading.id);
	buf_done(&reading.word);
	return catalogue;
}

void
catalogue_free(struct catalogue **catalogue)
{
	if (*catalogue == NULL)
		return;
	arena_done(&(*catalogue)->arena);
	free((*catalogue)->entries);
	free(*catalogue);
	*catalogue = NULL;
}

const char *
catalogue_find(const struct catalogue *catalogue, const char *en)
{
	struct entry wanted = { .en = en };
	const struct entry *found;

	if (catalogue == NULL || catalogue->count == 0 || en == NULL)
		return NULL;
	found = bsearch(&wanted, catalogue->entries, catalogue->count,
	    sizeof(wanted), compare);
	return found == NULL ? NULL : found->word;
}

void
catalogue_each(const struct catalogue *catalogue,
    void (*visit)(const char *en, int line, void *arg), void *arg)
{
	for (size_t i = 0; i < catalogue->count; i++)
		visit(catalogue->entries[i].en, catalogue->entries[i].line,
		    arg);
}
