/*
 * glyphs - a text as plain characters, its words and its numbers.
 *
 * For the readers of places and commands: they look around freely, so the
 * text is decoded once, and every character remembers the byte that it came
 * from, so that what is cut out stays as it was written.
 */
#ifndef CORE_GLYPHS_H
#define CORE_GLYPHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { GLYPH_NUMBER_MAX = 5 };

/* A character in its plain form (half width, simplified, lower case, one kind
 * of dash) and the byte of the text it came from. */
struct glyph {
	uint32_t c;
	uint32_t at;
};

struct glyphs {
	const char *text;
	struct glyph *list; /* ended by c == 0 */
	size_t count;
};

void glyphs_init(struct glyphs *ret, const char *text, struct arena *arena);

/* The glyphs from `at' begin with `word' (plain form). */
bool glyphs_word_at(const struct glyphs *text, size_t at, const char *word);
/* Glyphs of the longest word of a NULL-terminated list here, or 0. */
size_t glyphs_any_at(
    const struct glyphs *text, size_t at, const char *const *words);

/* 0 outside the text. */
uint32_t glyphs_at(const struct glyphs *text, size_t at);
uint32_t glyphs_before(const struct glyphs *text, size_t at);
size_t glyphs_skip_blanks(const struct glyphs *text, size_t at);
bool glyph_is_digit(uint32_t c);
bool glyph_is_latin(uint32_t c);
/* `c' is a character of `list'; false for 0. */
bool glyph_is_one_of(uint32_t c, const char *list);

/* A character in its plain form. */
uint32_t glyph_plain(uint32_t c);

struct glyph_number {
	/* Room for a letter behind the digits: 501A. */
	char digits[GLYPH_NUMBER_MAX + 3];
	size_t end;  /* glyph after it */
	bool is_han; /* 三, 十二, 五零一, 幺二零一 */
};
bool glyphs_number_at(
    const struct glyphs *text, size_t at, struct glyph_number *ret);
/* 0..9, or -1. */
int glyph_han_digit(uint32_t c);

#endif
