/*
 * unicode - normal forms and character classes; owner of utf8proc.
 */
#ifndef CORE_UNICODE_H
#define CORE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* NFKC without zero-width and BOM characters; case folded when asked.  The
 * caller's own. */
char *unicode_nfkc(const char *text, bool fold, struct arena *arena);
/* Valid UTF-8 without NUL whatever came in: wrong bytes become U+FFFD. */
const char *unicode_valid(const char *data, size_t len, struct arena *arena);
/* The careful way of unicode_next(), for what is not common. */
uint32_t unicode_next_rare(const char **text);

/* Decode one character and move on; 0 at the end, 0xFFFD for wrong bytes. */
static inline uint32_t
unicode_next(const char **text)
{
	const unsigned char *at = (const unsigned char *)*text;

	if (at[0] < 0x80) {
		*text += at[0] != 0;
		return at[0];
	}
	/* Three bytes are nearly all there is in Chinese; what could be
	 * over-long, a surrogate or cut off goes the careful way. */
	if (at[0] > 0xE0 && at[0] != 0xED && at[0] < 0xF0 &&
	    (at[1] & 0xC0) == 0x80 && (at[2] & 0xC0) == 0x80) {
		*text += 3;
		return (uint32_t)(at[0] & 0x0F) << 12 |
		       (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
	}
	return unicode_next_rare(text);
}

/* Bytes of the grapheme cluster that starts here; 0 at the end. */
size_t unicode_grapheme(const char *text);
/* Places on a terminal: 0, 1, or 2 for wide ones. */
int unicode_width(uint32_t character);
bool unicode_is_han(uint32_t character);
/* Most of the letters are Han: the writer's language is Chinese. */
bool unicode_is_chinese(const char *text);

#endif
