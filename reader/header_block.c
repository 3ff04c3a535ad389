#include "reader/header_block.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/text.h"

/* Lines that a folded value may go on for. */
#define FOLD_LINES 3
/* A block longer than this is a list of something else. */
#define BLOCK_LINES 40
/* So is one that gives the same label again and again. */
#define REPEATS_MAX 4

static void
take(struct header_block *block, enum label label, const char *value,
    size_t len, struct arena *arena)
{
	char *copy;

	if (block->values[label] != NULL)
		return;
	copy = text_trim(arena_strndup(arena, value, len));
	while (*copy != '\0' && strchr("*| ", copy[strlen(copy) - 1]) != NULL)
		copy[strlen(copy) - 1] = '\0';
	block->values[label] = copy;
}

/* The next labelled line within a fold's reach, or `count'. */
static size_t
next_label(const struct lines *lines, size_t at)
{
	const char *value;

	for (size_t i = at; i < lines->count && i <= at + FOLD_LINES; i++) {
		if (lines->list[i].blank)
			break;
		if (marker_label(lines->list[i].words, &value) != LABEL_NONE)
			return i;
	}
	return lines->count;
}

static size_t
read_labels(const struct lines *lines, size_t at, struct arena *arena,
    struct header_block *ret)
{
	size_t labels = 0, repeats = 0;
	size_t limit = at + BLOCK_LINES;
	enum label last = LABEL_NONE;

	ret->end = at;
	while (at < lines->count && at < limit) {
		const char *value = NULL;
		size_t next = next_label(lines, at);

		if (next == lines->count)
			break;
		/* What stands between two labels belongs to the first. */
		if (next > at && last == LABEL_SUBJECT)
			ret->values[last] = arena_printf(arena, "%s %s",
			    ret->values[last], lines->list[at].words);
		last = marker_label(lines->list[next].words, &value);
		repeats += ret->values[last] != NULL;
		if (repeats > REPEATS_MAX)
			break;
		labels += ret->values[last] == NULL;
		take(ret, last, value, strlen(value), arena);
		at = ret->end = next + 1;
	}
	return labels;
}

static bool
has_address(const char *value)
{
	return value != NULL && strchr(value, '@') != NULL;
}

bool
header_block_at(const struct lines *lines, size_t at, struct arena *arena,
    struct header_block *ret)
{
	const char *value;
	const char *from, *to;
	enum label first = marker_label(lines->list[at].words, &value);
	size_t count;

	if (first == LABEL_NONE)
		return false;
	*ret = (struct header_block){ 0 };
	count = read_labels(lines, at, arena, ret);
	from = ret->values[LABEL_FROM];
	to = ret->values[LABEL_TO];
	if (from == NULL)
		return ret->values[LABEL_DATE] != NULL && has_address(to);
	/* "From: Monday / To: Friday" is no block. */
	return count >= 3 ||
	       (count == 2 && (has_address(from) || has_address(to)));
}

/* "From: aTo: bSubject: c" in one line. */
static void
read_flat(const char *text, struct arena *arena, struct header_block *ret)
{
	enum label label, next;
	const char *value, *next_value;
	const char *at = marker_label_in(text, &label, &value);

	while (at != NULL) {
		const char *end = marker_label_in(value, &next, &next_value);
		size_t len =
		    end == NULL ? strlen(value) : (size_t)(end - value);

		take(ret, label, value, len, arena);
		at = end;
		label = next;
		value = next_value;
	}
}

void
header_block_read(const struct lines *lines, size_t at, const char *rest,
    struct arena *arena, struct header_block *ret)
{
	*ret = (struct header_block){ .end = at };
	if (!text_is_empty(rest)) {
		read_flat(rest, arena, ret);
		return;
	}
	(void)read_labels(lines, lines_skip_blank(lines, at), arena, ret);
}
