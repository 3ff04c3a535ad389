/*
 * place - where in an estate (rules.md 3.3).
 */
#ifndef CORE_PLACE_H
#define CORE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/vocabulary.h"

struct arena;
struct place_words;

/* Absent fields are NULL.  Letters are upper case, digits ASCII. */
struct place {
	const char *building;
	const char *unit;
	const char *floor;
	const char *room;
	const char *area;
};

bool place_is_empty(const struct place *place);
/* Names a single flat: building and room. */
bool place_is_flat(const struct place *place);
bool place_eq(const struct place *a, const struct place *b);
/* They may be one and the same: nothing that both name differs. */
bool place_agrees(const struct place *a, const struct place *b);

/* "3-2-501", "3-2", "6", "中心花园"; "" when empty.  For people see
 * place_words(). */
const char *place_print(const struct place *place, struct arena *arena);
/* "3号楼2单元501室" or "Building 3, Unit 2, Room 501". */
const char *place_words(
    const struct place *place, enum language language, struct arena *arena);
/* Room hidden (R40): "3号楼2单元***", "Building 3, Unit 2, ***". */
const char *place_masked(
    const struct place *place, enum language language, struct arena *arena);

/* The canonical form of place_print() back into a place; -1 when malformed. */
int place_scan(const char *printed, struct arena *arena, struct place *ret);

/* What the grammar may lean on. */
struct place_hints {
	bool estate_has_units;
	const struct place *home; /* the sender's, or NULL */
	const char *const *areas; /* names of common areas, NULL-terminated */
	/* place_words_make() of the areas; NULL: made for this one text. */
	const struct place_words *words;
};

/* What texts are searched with, made once for an estate; in the arena. */
const struct place_words *place_words_make(
    const char *const *areas, struct arena *arena);

struct place_find {
	struct place place;
	size_t start, end;  /* bytes of the text */
	bool is_senders;    /* "我家", "I live in" */
	bool leans_on_home; /* its building is the sender's, and not named */
};

/* All places that `text' names, in order; at most `max' of them.  Dates,
 * times, prices and phone numbers are not places. */
size_t place_find_all(const char *text, const struct place_hints *hints,
    struct arena *arena, struct place_find *ret, size_t max);
/* The place of the matter (rules.md 3.3: explicit, else the sender's; among
 * equals the most specific).  False when the text names none. */
bool place_find_primary(const char *text, const struct place_hints *hints,
    struct arena *arena, struct place *ret);

#endif
