/*
 * classify_scan - one pass over a text; internal to classify_learn.c (the
 * automaton), classify_match.c (the pass), classify_join.c (words that stand
 * together) and classify_hits.c (what was found).
 */
#ifndef CORE_CLASSIFY_SCAN_H
#define CORE_CLASSIFY_SCAN_H

#include "core/classify_words.h"

#include <ctype.h>

struct join_progress;

struct scan {
	const struct classifier *it;
	const char *text;
	struct arena *arena;
	struct join_progress **progress; /* by join; NULL: not begun, of all:
					    no piece was met */
	uint32_t last_stop;              /* where the sentence began */
	uint8_t *hinted; /* a bit for each keyword; NULL: none yet */
	struct word_hits *out;
	size_t room;
};

void scan_put(struct scan *scan, const struct word_hit *hit);
/* A word of a set stands at `start'; puts the joins that it completes. */
void scan_join(struct scan *scan, int set, uint32_t start, uint32_t end);

/* Room for one more in a growing array; memory running out ends us. */
void classifier_make_room(
    void **list, uint32_t count, uint32_t *room, size_t size);
/* A word of the text leads to this keyword. */
void classifier_put_word(
    struct classifier *it, const char *text, size_t len, uint32_t keyword);
uint32_t classifier_put_keyword(
    struct classifier *it, const struct keyword *model);
/* Where `c' leads from `node' or the nearest node on its fail path. */
uint32_t classifier_next_node(
    const struct classifier *it, uint32_t node, uint32_t c);

/* Latin words end at other than these. */
static inline bool
is_word_byte(char c)
{
	return isalnum((unsigned char)c) != 0;
}

#endif
