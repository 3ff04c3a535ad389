/*
 * text_words - what events and scores are called, for core/text_data.
 */
#ifndef CORE_TEXT_WORDS_H
#define CORE_TEXT_WORDS_H

#include <stdbool.h>

#include "core/vocabulary.h"

/* 转派, assigned; a name without a word stands for itself. */
const char *text_event_word(const char *name, enum language language);
/* rules.md 2.7: 很不满意 .. 很满意; NULL when out of 1..5. */
const char *text_score_word(int score, enum language language);
/* "spam": 垃圾信息, spam. */
const char *text_bin_word(const char *bin, enum language language);
/* 邮件, mail. */
const char *text_channel_word(enum channel channel, enum language language);
/* "owner": 业主, owner; anybody else stands for themselves. */
const char *text_actor_word(const char *actor, enum language language);
/* What people are asked about when it is no category. */
const char *text_survey_word(bool is_repair, enum language language);
/* What one language is called in another: 英文, English. */
const char *text_language_word(enum language which, enum language language);

#endif
