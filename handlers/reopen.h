/*
 * reopen - a case goes back to work (R39, rules.md 5.23).
 */
#ifndef HANDLERS_REOPEN_H
#define HANDLERS_REOPEN_H

#include "handlers/work.h"

/* Clocks start anew.  `code' says why; `is_up': one level up, with a reviewer
 * who is not the handler. */
bool reopen_case(struct work *work, const char *actor, const char *code,
    const char *text, bool is_up);
/* Somebody of that level or above who did not do the work (R39), or NULL. */
const struct staff *reopen_reviewer(const struct work *work, int level);
/* The owner hears who has it and when they will be answered, or somebody
 * phones them (R23). */
void reopen_tell_owner(struct work *work);

#endif
