/*
 * callback - an owner has asked to be called (rules.md 4.4).
 */
#ifndef HANDLERS_CALLBACK_H
#define HANDLERS_CALLBACK_H

#include "handlers/work.h"

/* The code in a case's story: of the task, and of a case that is nothing
 * else. */
#define CALLBACK "callback"

/* By when somebody calls who is asked to now. */
msec_t callback_due(const struct work *work);
/* The case in hand has such a task, until then: staff and owner are told. */
void callback_ask(struct work *work, msec_t by);
/* The same for a case that was made for it; instead of an acknowledgement. */
void callback_open(struct work *work);
/* The call is all that the case is about: it answers and ends it. */
bool callback_is_all(const struct work *work);
/* Somebody has written down that they called. */
void callback_made(struct work *work);
/* The case of the snapshot goes on in the one in hand, and with it the call
 * that is owed to its owner. */
void callback_goes_on(struct work *work);

#endif
