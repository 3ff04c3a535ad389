/*
 * visit - the return visit that a case owes its owner (R34, R39): asked by
 * mail or text, then by a person, and what comes of it.
 */
#ifndef HANDLERS_VISIT_H
#define HANDLERS_VISIT_H

#include "handlers/work.h"

/* The outcome has reached the owner: what is owed now, and when. */
void visit_begin(struct work *work);
/* Nothing is owed any more; the case may close, after its 24 hours. */
void visit_settle(struct work *work, enum visit how);
/* A score is kept with its words, who noted it, and how it came: a code, or
 * NULL where the owner wrote it. */
void visit_keep_score(struct work *work, int score, const char *words,
    const char *actor, const char *reason);
/* The owner says how it was, by themselves or to whoever called: a low score,
 * or "not fixed", opens the case again one level up (R39), true; other words
 * that want something are a case of their own only where they come from the
 * owner (R38). */
bool visit_judge(
    struct work *work, const char *actor, int score, const char *words);

#endif
