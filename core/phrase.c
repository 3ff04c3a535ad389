#include "core/phrase.h"

#include <string.h>

#include "core/language.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"

enum { ARGUMENTS_MAX = 9 };

/* The argument that the place at `text' is for, from 1; 0: it is no place. */
static size_t
place_at(const char *text, size_t *ret_len)
{
	if (text[0] != '{')
		return 0;
	*ret_len = 2;
	if (text[1] == '}')
		return 1;
	*ret_len = 3;
	return text[1] >= '1' && text[1] <= '9' && text[2] == '}'
		   ? (size_t)(text[1] - '0')
		   : 0;
}

const char *
phrase(enum language language, const char *const row[LANGUAGE_COUNT],
    const char *const *args, size_t count, struct arena *arena)
{
	const char *text = language_pick(language, row);
	struct buf filled scoped(buf_done) = { 0 };

	if (strchr(text, '{') == NULL)
		return text;
	buf_init(&filled, LIMIT_RENDERED_BYTES);
	while (*text != '\0') {
		size_t len = 0, place = place_at(text, &len);

		if (place == 0) {
			len = 1 + strcspn(text + 1, "{");
			buf_add(&filled, text, len);
		} else if (place <= count) {
			buf_puts(&filled, text_or(args[place - 1], ""));
		}
		text += len;
	}
	return arena_strndup(arena, buf_text(&filled), filled.len);
}

const char *
phrase_count(enum language language, const char *const row[LANGUAGE_COUNT],
    const int *numbers, size_t count, struct arena *arena)
{
	const char *args[ARGUMENTS_MAX];

	if (count > ARGUMENTS_MAX)
		count = ARGUMENTS_MAX;
	for (size_t i = 0; i < count; i++)
		args[i] = arena_printf(arena, "%d", numbers[i]);
	return phrase(language, row, args, count, arena);
}
