/*
 * classify_parts - the steps of classify(), internal to core/classify*.c.
 */
#ifndef CORE_CLASSIFY_PARTS_H
#define CORE_CLASSIFY_PARTS_H

#include "core/classify.h"
#include "core/classify_why.h"
#include "core/classify_words.h"

#include <stdbool.h>
#include <stddef.h>

/* The word that takes a hit back, because it makes it negated, past,
 * hypothetical, over, or no danger at all (rules.md 2.2); NULL: none does.
 * at: its place in hits->list.  `past_counts': what is over weighs as much,
 * such as an injury of last week (rules.md 5.3).  letter: guard_letter(). */
const struct word_hit *guard_of(const struct word_hits *hits, size_t at,
    bool past_counts, const struct word_hit *letter);
/* A word that makes the whole message one of thanks, or NULL. */
const struct word_hit *guard_letter(const struct word_hits *hits);

/* What the words of a text add up to. */
struct weighing {
	int kinds[KINDS_WITH_WORDS];
	int categories[CATEGORIES_MAX];
	int tones[TONE_COUNT];
	int spam;
	int dangers[DANGER_COUNT]; /* the cues that stand together, at most */
	int calm[DANGER_COUNT];    /* the cue that speaks most against it */
	int hint_sum, hint_count;
	int emergency;  /* enum danger, or -1 */
	unsigned major; /* bit by subject */
};

/* why: NULL, or where each word found is kept. */
void weigh(const struct classifier *words, const char *text,
    struct arena *arena, struct classify_why *why, struct weighing *ret);
/* The code of the trade that a danger calls for, or NULL. */
const char *danger_category(int danger);
/* Kind, category, severity and tone of a matter of its own. */
void judge_case(const struct classifier *words, const struct weighing *weighing,
    const char *text, struct understanding *ret);
/* The text says something about the estate, or much at all. */
bool has_content(const struct weighing *weighing, const char *text);
/* Nothing but addresses of the web and names of pictures: what a gateway makes
 * of an MMS. */
bool is_links(const char *text);
bool is_spam(
    const struct weighing *weighing, enum from_role from, bool spam_hint);

/* The whole text is a keyword (rules.md 4.4, 5.7): the word, whose subject is
 * an enum sms_word, or NULL.  `rest' is what stands behind it ("" for
 * nothing). */
const struct keyword *keyword_of(const struct classifier *words,
    const char *text, struct arena *arena, const char **rest);
/* It means that in one of these countries (codes such as "86", or NULL) or in
 * that of the number (E.164, or NULL); with neither, everywhere. */
bool keyword_is_of(const struct keyword *word, const char *const *countries,
    const char *number);
/* It asks how a matter stands, and says nothing else but greetings and a case
 * number (R42); a subject counts where the text says nothing. */
bool asks_status(const struct classifier *words, const char *subject,
    const char *own, struct arena *arena);
/* 1..5 when the text begins with a rating, else 0 (rules.md 2.7). */
int rating_of(
    const struct classifier *words, const char *text, struct arena *arena);

/* Keep what was found; see core/classify_why.h.  Its hint_tenths are
 * weigh()'s to set. */
void why_add_word(struct classify_why *why, const struct classifier *words,
    const struct word_hits *hits, size_t at, const struct word_hit *guard,
    bool counts, struct arena *arena);
void why_add_scores(struct classify_why *why, const struct classifier *words,
    const struct word_hits *hits, const struct weighing *weighing,
    struct arena *arena);
void why_add_places(struct classify_why *why, const struct place_hints *hints,
    const struct place *chosen, struct arena *arena);

#endif
