/*
 * The words of one part of a long text.
 */
#include "core/sms_half.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "reader/charset.h"
#include "reader/push.h"

static unsigned
unit_at(struct bytes text, size_t at, bool is_big)
{
	unsigned char one = (unsigned char)text.data[at];
	unsigned char two = (unsigned char)text.data[at + 1];

	return is_big ? (unsigned)one << 8 | two : (unsigned)two << 8 | one;
}

const char *
push_part_words(const char *charset, struct bytes text, struct arena *arena)
{
	bool is_big = text_eq_nocase(charset, "utf-16be");
	const char *before = "", *after = "", *words;
	unsigned unit;

	if (!text_starts_nocase(charset, "utf-16") || text.len < 4)
		return charset_to_utf8(charset, text.data, text.len, arena);
	unit = unit_at(text, 0, is_big);
	if (sms_half_is_second(unit)) {
		before = sms_half_mark(unit, arena);
		text.data += 2;
		text.len -= 2;
	}
	unit = unit_at(text, text.len - 2, is_big);
	if (sms_half_is_first(unit)) {
		after = sms_half_mark(unit, arena);
		text.len -= 2;
	}
	words = charset_to_utf8(charset, text.data, text.len, arena);
	return arena_printf(arena, "%s%s%s", before, words, after);
}
