/*
 * wang - the owner of the decision's case, who writes to us.
 */
#ifndef TESTS_SUPPORT_WANG_H
#define TESTS_SUPPORT_WANG_H

#include "tests/support/decision.h"

/* Begins the decision: wang answers our mail about the case, by its token. */
void wang_answers(struct decision *d, enum case_state state, const char *own);
/* ... or texts, about no case unless the test says so. */
void wang_texts(struct decision *d, const char *own);

#endif
