/*
 * classify_why - why a message was understood so, for who looks after the
 * word lists.  All texts live in the arena given to classify().
 */
#ifndef CORE_CLASSIFY_WHY_H
#define CORE_CLASSIFY_WHY_H

#include "core/place.h"

#include <stdbool.h>
#include <stddef.h>

/* A word of the lists that was found. */
struct why_word {
	const char *list;    /* "emergency" */
	const char *subject; /* "fire" */
	int weight;
	const char *word; /* as the list has it */
	const char *file;
	int line;
	const char *text;  /* as found: NFKC, case folded, simplified */
	size_t start, end; /* bytes of struct classify_why's text */
	bool counts;       /* neither taken back nor counted before */
	const char *guard; /* that took it back: "past"; NULL: none */
	const char *guard_text;
};

/* What the words of one list add up to. */
struct why_score {
	const char *list, *subject;
	int sum;
};

/* A piece of a word that was learnt; below 0: calm. */
struct why_hint {
	const char *word;
	int weight;
};

struct why_place {
	struct place place;
	size_t start, end;
	bool is_senders; /* "我家", "I live in" */
	bool is_chosen;
	const char *reason;
};

struct classify_why {
	const char *text; /* all that counts as content */
	const char *step; /* the check that decided: "followup" */
	struct why_word *words;
	size_t word_count, word_room;
	struct why_score *scores; /* the largest of each list first */
	size_t score_count;
	struct why_hint *hints; /* the strongest first */
	size_t hint_count;
	int hint_tenths; /* of a point of danger; below 0: of calm */
	struct why_place *places;
	size_t place_count;
};

#endif
