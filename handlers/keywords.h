/*
 * keywords - what stops texts to a number (R53).
 */
#ifndef HANDLERS_KEYWORDS_H
#define HANDLERS_KEYWORDS_H

#include "core/outgoing.h"
#include "handlers/work.h"

/* The gateway would not send this, because they want no texts: the same holds
 * here, and the case of the decision, if it is theirs, says so. */
void opt_mirror(struct work *work, const struct outgoing *refused);

#endif
