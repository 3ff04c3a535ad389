/*
 * classify_scan - one pass over a text, and the words that stand together;
 * internal to core/classify_match.c and core/classify_join.c.
 */
#ifndef CORE_CLASSIFY_SCAN_H
#define CORE_CLASSIFY_SCAN_H

#include "core/classify_words.h"

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

#endif
