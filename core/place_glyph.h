/*
 * place_glyph - a text as plain characters, its words and its numbers.
 *
 * Internal to core/place.  The readers look around freely, so the text is
 * decoded once; every character remembers the byte that it came from.
 */
#ifndef CORE_PLACE_GLYPH_H
#define CORE_PLACE_GLYPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/place.h"

enum { PLACE_NUMBER_MAX = 5 };

/* A character in its plain form (half width, simplified, lower case, one kind
 * of dash) and the byte of the text it came from. */
struct glyph {
	uint32_t c;
	uint32_t at;
};

struct place_text {
	const char *text;
	struct glyph *glyphs; /* ended by c == 0 */
	size_t count;
	const struct place_hints *hints;
	struct arena *arena;
};

void place_text_init(struct place_text *ret, const char *text,
    const struct place_hints *hints, struct arena *arena);

/* The glyphs from `at' begin with `word' (plain form). */
bool place_word_at(const struct place_text *text, size_t at, const char *word);
/* Glyphs of the longest word of a NULL-terminated list here, or 0. */
size_t place_any_at(
    const struct place_text *text, size_t at, const char *const *words);

/* One of `words' stands in the `span' glyphs before `at'. */
bool place_stands_before(const struct place_text *text, size_t at,
    size_t span, const char *const *words);

/* 0 outside the text. */
uint32_t place_glyph(const struct place_text *text, size_t at);
uint32_t place_glyph_before(const struct place_text *text, size_t at);
size_t place_skip_blanks(const struct place_text *text, size_t at);
bool place_is_digit(uint32_t c);
bool place_is_latin(uint32_t c);
/* `c' is a character of `list'; false for 0. */
bool place_is_one_of(uint32_t c, const char *list);

struct place_number {
	/* Room for a letter behind the digits: 501A. */
	char digits[PLACE_NUMBER_MAX + 3];
	size_t end;  /* glyph after it */
	bool is_han; /* 三, 十二, 五零一, 幺二零一 */
};
bool place_number_at(
    const struct place_text *text, size_t at, struct place_number *ret);
/* 0..9, or -1. */
int place_han_digit(uint32_t c);

#endif
