/*
 * word - find the words of mail programs in a text, whatever their case.
 *
 * Latin, Greek and Cyrillic capitals count as small ones, a no-break space as
 * a space.  Words are given in small letters.
 */
#ifndef READER_WORD_H
#define READER_WORD_H

#include "lib/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_LIST_MAX = 224, WORD_BUCKETS = 512 };

/* A table of words, indexed at its first use by the character they start
 * with: most lines of a mail start with none, and that is seen at once. */
struct word_list {
	const char *const *words;
	size_t count; /* at most WORD_LIST_MAX */
	bool is_indexed;
	/* 1 + place of a bucket's first word, of the next one; 0: none */
	uint8_t first[WORD_BUCKETS];
	uint8_t next[WORD_LIST_MAX];
};
#define WORD_LIST(table)                                      \
	{                                                     \
		.words = (table), .count = ARRAY_COUNT(table) \
	}

/* How many bytes at the start of `text' are `word'; 0 when it differs. */
size_t word_at(const char *text, const char *word);
/* Where it stands first, or NULL. */
const char *word_find(const char *text, const char *word);

/* Words of the list that `text' starts with, one a call, in the list's order.
 * Begin with a zeroed hit; false when there is none left. */
struct word_hit {
	size_t len; /* bytes of the text */
	uint8_t next;
	bool has_begun;
};
bool word_list_next(
    struct word_list *list, const char *text, struct word_hit *hit);

/* The first place in `text' where one of them stands, or NULL. */
const char *word_list_find(struct word_list *list, const char *text);
/* Does the text start with one of them; is one anywhere in it? */
bool word_list_at(struct word_list *list, const char *text);
bool word_list_in(struct word_list *list, const char *text);
/* How many of them, with repetitions. */
size_t word_list_count(struct word_list *list, const char *text);

#endif
