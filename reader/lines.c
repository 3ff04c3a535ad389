#include "reader/lines.h"

#include <ctype.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/text.h"
#include "reader/html.h"

/* The last one holds what is left; nobody writes more by hand. */
#define LINES_MAX 20000

static const struct {
	const char *name, *words;
} fates[LINE_FATE_COUNT] = {
	[LINE_OWN] = { "own", "the writer's own" },
	[LINE_ATTRIBUTION] = { "attribution", "introduces a quote" },
	[LINE_MARKER] = { "marker", "says that another mail follows" },
	[LINE_HEADERS] = { "headers", "headers of the mail below" },
	[LINE_QUOTE] = { "quote", "quoted" },
	[LINE_SIGNATURE] = { "signature", "signature" },
	[LINE_SIGN_OFF] = { "sign_off", "sign-off with name and title" },
	[LINE_FOOTER] = { "footer", "footer of a mail program" },
	[LINE_DISCLAIMER] = { "disclaimer", "disclaimer" },
	[LINE_FORWARDED] = { "forwarded", "forwarded: content, too" },
};

const char *
line_fate_name(enum line_fate fate)
{
	return fates[fate].name;
}

const char *
line_fate_words(enum line_fate fate)
{
	return fates[fate].words;
}

static bool
is_mark(char c)
{
	return c == HTML_MARK_REPLY || c == HTML_MARK_BLOCK;
}

static void
read_line(const char *start, size_t len, bool has_wide_space,
    struct arena *arena, struct line *ret)
{
	char *copy, *words;

	if (len > 0 && is_mark(start[0])) {
		ret->mark = start[0];
		start++;
		len--;
	}
	copy = words = arena_strndup(arena, start, len);
	ret->text = copy;
	/* A copy only where something in or behind the words changes. */
	if (has_wide_space ||
	    (len > 0 && isspace((unsigned char)copy[len - 1]))) {
		words = arena_strndup(arena, start, len);
		for (char *c = words; (c = strstr(c, "\xC2\xA0")) != NULL;)
			c[0] = c[1] = ' ';
	}
	words = text_trim(words);
	while (*words == '>') {
		ret->quotes++;
		words = text_trim(words + 1);
	}
	ret->words = words;
	ret->blank = *words == '\0';
}

void
lines_split(const char *text, struct arena *arena, struct lines *ret)
{
	bool has_wide_space = strstr(text, "\xC2\xA0") != NULL;
	size_t count = 1;

	for (const char *c = text; (c = strchr(c, '\n')) != NULL; c++)
		count++;
	if (count > LINES_MAX)
		count = LINES_MAX;
	/* One more, for lines_break(). */
	ret->room = count + 1;
	ret->list = arena_array(arena, ret->room, sizeof(*ret->list));
	ret->count = 0;
	while (*text != '\0') {
		const char *end = ret->count + 1 < LINES_MAX
				      ? strchrnul(text, '\n')
				      : text + strlen(text);
		size_t len = (size_t)(end - text);

		read_line(
		    text, len, has_wide_space, arena, &ret->list[ret->count++]);
		text += len;
		text += *text == '\n';
	}
}

bool
line_is_quoted(const struct line *line)
{
	return line->quotes > 0 || line->mark != 0;
}

size_t
lines_skip_blank(const struct lines *lines, size_t at)
{
	while (at < lines->count && lines->list[at].blank)
		at++;
	return at;
}

bool
lines_have_words(const struct lines *lines, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!lines->list[i].blank && !line_is_quoted(&lines->list[i]))
			return true;
	return false;
}

/* One level of ">" and a space off. */
static const char *
without_prefix(const char *text)
{
	const char *at = text + strspn(text, " \t");

	if (*at != '>')
		return text;
	return at[1] == ' ' ? at + 2 : at + 1;
}

/* Adds a line and its end; `out' has room. */
static size_t
put_line(char *out, const struct line *line, bool bare)
{
	const char *text = bare ? without_prefix(line->text) : line->text;
	size_t len = strlen(text), used = 0;

	if (!bare && line->mark != 0) {
		out[used++] = '>';
		out[used++] = ' ';
	}
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	*(char *)mempcpy(out + used, text, len) = '\n';
	return used + len + 1;
}

static char *
make_room(
    const struct lines *lines, size_t from, size_t to, struct arena *arena)
{
	size_t size = 1;

	for (size_t i = from; i < to; i++)
		size += strlen(lines->list[i].text) + 4;
	return arena_alloc(arena, size);
}

const char *
lines_join(const struct lines *lines, size_t from, size_t to, bool bare,
    struct arena *arena)
{
	size_t used = 0;
	char *out;

	while (from < to && lines->list[from].blank)
		from++;
	while (to > from && lines->list[to - 1].blank)
		to--;
	out = make_room(lines, from, to, arena);
	for (size_t i = from; i < to; i++)
		used += put_line(out + used, &lines->list[i], bare);
	out[used > 0 ? used - 1 : 0] = '\0';
	return out;
}

const char *
lines_join_own(const struct lines *lines, struct arena *arena)
{
	char *out = make_room(lines, 0, lines->count, arena);
	size_t used = 0, end = 0; /* end: behind the last line with words */
	bool has_gap = false;

	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->list[i];

		if (line->fate != LINE_OWN) {
			has_gap = true;
			continue;
		}
		if (line->blank && line->quotes == 0 && (end == 0 || has_gap))
			continue;
		if (has_gap) {
			used = end;
			if (used > 0)
				out[used++] = '\n';
		}
		has_gap = false;
		used += put_line(out + used, line, false);
		if (!line->blank || line->quotes > 0)
			end = used;
	}
	out[end > 0 ? end - 1 : 0] = '\0';
	return out;
}

void
lines_set_fate(struct lines *lines, size_t from, size_t to, enum line_fate fate)
{
	for (size_t i = from; i < to; i++)
		if (lines->list[i].fate == LINE_OWN)
			lines->list[i].fate = fate;
}

void
lines_break(struct lines *lines, size_t at, size_t byte, struct arena *arena)
{
	struct line *line = &lines->list[at];
	struct line second = *line;
	size_t len = byte;

	if (lines->count == lines->room)
		return;
	second.text = second.words = line->words + byte;
	while (len > 0 && strchr(" -", line->words[len - 1]) != NULL)
		len--;
	line->text = line->words = arena_strndup(arena, line->words, len);
	line->blank = len == 0;
	memmove(line + 2, line + 1, (lines->count - at - 1) * sizeof(*line));
	line[1] = second;
	lines->count++;
}
