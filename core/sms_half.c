#include "core/sms_half.h"

#include <stdint.h>
#include <string.h>

#include "core/unicode.h"
#include "lib/arena.h"

/* The 2,048 surrogates of UTF-16, and as many characters at the end of plane
 * 16 that stand for them. */
enum {
	FIRST = 0xD800,
	SECOND = 0xDC00,
	LAST = 0xDFFF,
	MARKS = 0x10F800,
	MARKS_LAST = MARKS + (LAST - FIRST),
	MARKS_BYTE = 0xF4, /* with which they begin in UTF-8 */
};

/* U+FFFD */
static const char replacement[3] = { '\xEF', '\xBF', '\xBD' };

bool
sms_half_is_first(unsigned unit)
{
	return unit >= FIRST && unit < SECOND;
}

bool
sms_half_is_second(unsigned unit)
{
	return unit >= SECOND && unit <= LAST;
}

/* All that is written here has four bytes, or is U+FFFD. */
static char *
put(uint32_t character, char *at)
{
	if (character == 0xFFFD) {
		memcpy(at, replacement, sizeof(replacement));
		return at + sizeof(replacement);
	}
	*at++ = (char)(0xF0 | character >> 18);
	*at++ = (char)(0x80 | (character >> 12 & 0x3F));
	*at++ = (char)(0x80 | (character >> 6 & 0x3F));
	*at++ = (char)(0x80 | (character & 0x3F));
	return at;
}

const char *
sms_half_mark(unsigned unit, struct arena *arena)
{
	char *text = arena_alloc(arena, 5);

	*put(MARKS + (unit - FIRST), text) = '\0';
	return text;
}

/* The unit that a mark stands for, behind which *text then is; else 0. */
static unsigned
take_mark(const char **text)
{
	const char *at = *text;
	uint32_t character;

	if ((unsigned char)*at != MARKS_BYTE)
		return 0;
	character = unicode_next(&at);
	if (character < MARKS || character > MARKS_LAST)
		return 0;
	*text = at;
	return FIRST + (unsigned)(character - MARKS);
}

/* The character of a mark and of what follows it. */
static uint32_t
whole(unsigned unit, const char **text)
{
	const char *next = *text;
	unsigned second;

	if (!sms_half_is_first(unit))
		return 0xFFFD;
	second = take_mark(&next);
	if (!sms_half_is_second(second))
		return 0xFFFD;
	*text = next;
	return 0x10000 + ((unit - FIRST) << 10) + (second - SECOND);
}

const char *
sms_half_join(const char *text, struct arena *arena)
{
	char *joined = arena_alloc(arena, strlen(text) + 1), *to = joined;

	while (*text != '\0') {
		unsigned unit = take_mark(&text);

		if (unit == 0)
			*to++ = *text++;
		else
			to = put(whole(unit, &text), to);
	}
	*to = '\0';
	return joined;
}
