/*
 * text_words - what events and scores are called, for core/text_data.
 */
#ifndef CORE_TEXT_WORDS_H
#define CORE_TEXT_WORDS_H

#include "core/vocabulary.h"

/* 转派, assigned; a name without a word stands for itself. */
const char *text_event_word(const char *name, enum language language);
/* rules.md 2.7: 很不满意 .. 很满意; NULL when out of 1..5. */
const char *text_score_word(int score, enum language language);
/* "spam": 垃圾信息, spam. */
const char *text_bin_word(const char *bin, enum language language);

#endif
