/*
 * soothe - an upset owner is telephoned, and does not talk to a machine only
 * (R5).
 */
#ifndef HANDLERS_SOOTHE_H
#define HANDLERS_SOOTHE_H

#include "handlers/work.h"

/* The first responder is to call within the time of the rules: recorded, and
 * a timer that gives them the task.  Nothing where the owner is calm; of an
 * emergency the alarm stands in for it (rules.md 5.8). */
void soothe_ask_for_call(struct work *work);

/* By when they call: what the owner was told. */
msec_t soothe_call_due(const struct work *work);

/* An automatic message goes to the owner.  When two had gone already since
 * somebody last did something, a person is given the task to call as well. */
void soothe_message_sent(struct work *work);

#endif
