/*
 * survey - whom we ask how it was, and what their answer is (R34-R38).
 *
 * Chance is a hash of a seed and a key: the same seed gives the same people,
 * whoever looks afterwards.
 */
#ifndef CORE_SURVEY_H
#define CORE_SURVEY_H

#include "core/case.h"
#include "core/config.h"

#include <stdbool.h>
#include <stdint.h>

/* A number that only the seed and the key decide, spread evenly. */
uint64_t survey_rank(const char *seed, const char *key);

/* What a case with an outcome owes its owner (R34, rules.md 2.3): a complaint,
 * and what is major, always; a repair as its number is drawn; danger and a low
 * rating a person's call.  Enquiries, suggestions and praise have had their
 * answer. */
enum visit survey_visit(
    const struct rules *rules, const struct case_file *file);
/* Is its owner asked for a rating by mail or text (rules.md 5.22)? */
bool survey_asks_rating(const struct case_file *file);
/* 0..99, for the record: below rules.followup_repair_percent it is drawn. */
unsigned survey_draw(const struct rules *rules, const char *number);

/* A score at which a person looks at it (R39). */
bool survey_is_low(int score);

/* Words beside a score that want something more (R38); `ret_rest' is the text
 * without the score. */
bool survey_asks_more(const char *text, int score, const char **ret_rest);

#endif
