#include "reader/lines.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/text.h"
#include "reader/html.h"

/* The last one holds what is left; nobody writes more by hand. */
#define LINES_MAX 20000

static bool
is_mark(char c)
{
	return c == HTML_MARK_REPLY || c == HTML_MARK_BLOCK;
}

static void
read_line(const char *start, size_t len, struct arena *arena, struct line *ret)
{
	char *copy, *words;

	if (len > 0 && is_mark(start[0])) {
		ret->mark = start[0];
		start++;
		len--;
	}
	copy = arena_strndup(arena, start, len);
	ret->text = copy;
	words = arena_strndup(arena, start, len);
	for (char *c = words; (c = strstr(c, "\xC2\xA0")) != NULL;)
		c[0] = c[1] = ' ';
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
	size_t count = 1;

	for (const char *c = text; *c != '\0'; c++)
		count += *c == '\n';
	if (count > LINES_MAX)
		count = LINES_MAX;
	ret->list = arena_array(arena, count, sizeof(*ret->list));
	ret->count = 0;
	while (*text != '\0') {
		size_t len = ret->count + 1 < LINES_MAX ? strcspn(text, "\n")
							: strlen(text);

		read_line(text, len, arena, &ret->list[ret->count++]);
		text += len;
		text += *text == '\n';
	}
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

const char *
lines_join(const struct lines *lines, size_t from, size_t to, bool bare,
    struct arena *arena)
{
	size_t size = 1, used = 0;
	char *out;

	while (from < to && lines->list[from].blank)
		from++;
	while (to > from && lines->list[to - 1].blank)
		to--;
	for (size_t i = from; i < to; i++)
		size += strlen(lines->list[i].text) + 3;
	out = arena_alloc(arena, size);
	for (size_t i = from; i < to; i++) {
		const struct line *line = &lines->list[i];
		const char *text =
		    bare ? without_prefix(line->text) : line->text;
		size_t len = strlen(text);

		if (!bare && line->mark != 0) {
			memcpy(out + used, "> ", 2);
			used += 2;
		}
		while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
			len--;
		memcpy(out + used, text, len);
		used += len;
		out[used++] = '\n';
	}
	out[used > 0 ? used - 1 : 0] = '\0';
	return out;
}
