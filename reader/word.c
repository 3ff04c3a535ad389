#include "reader/word.h"

#include <ctype.h>

/* Lower one character of the scripts the tables use; others stay. */
static unsigned
lower_next(const char **at)
{
	const unsigned char *c = (const unsigned char *)*at;
	unsigned value;

	if (c[0] < 0x80 || c[1] == '\0') {
		*at += 1;
		return (unsigned)tolower(c[0]);
	}
	if (c[0] == 0xC2 && c[1] == 0xA0) { /* no-break space */
		*at += 2;
		return ' ';
	}
	if (c[0] < 0xC3 || c[0] > 0xD3) {
		*at += 1;
		return c[0];
	}
	value = (unsigned)(c[0] & 0x1F) << 6 | (c[1] & 0x3F);
	*at += 2;
	if ((value >= 0xC0 && value <= 0xDE && value != 0xD7) ||
	    (value >= 0x391 && value <= 0x3A9) ||
	    (value >= 0x410 && value <= 0x42F))
		return value + 0x20;
	if (value >= 0x400 && value <= 0x40F)
		return value + 0x50;
	/* Latin Extended-A: capitals are even in these ranges, else odd. */
	if ((value >= 0x100 && value <= 0x137) ||
	    (value >= 0x14A && value <= 0x177))
		return value | 1;
	if ((value >= 0x139 && value <= 0x148) ||
	    (value >= 0x179 && value <= 0x17E))
		return value + value % 2;
	return value;
}

size_t
word_at(const char *text, const char *word)
{
	const char *at = text;

	while (*word != '\0') {
		if (*at == '\0' || lower_next(&at) != lower_next(&word))
			return 0;
	}
	return (size_t)(at - text);
}

const char *
word_find(const char *text, const char *word)
{
	for (; *text != '\0'; text++)
		if (((unsigned char)*text & 0xC0) != 0x80 &&
		    word_at(text, word) > 0)
			return text;
	return NULL;
}

bool
word_find_any(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (word_find(text, words[i]) != NULL)
			return true;
	return false;
}

bool
word_at_any(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (word_at(text, words[i]) > 0)
			return true;
	return false;
}
