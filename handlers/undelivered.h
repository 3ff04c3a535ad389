/*
 * undelivered - a message that did not arrive, and one that did after all.
 */
#ifndef HANDLERS_UNDELIVERED_H
#define HANDLERS_UNDELIVERED_H

#include "handlers/work.h"

/* The message in work->before->answered, which belongs to the case at hand, is
 * lost: it was refused, came back, or was given up (struct report says
 * which). */
void undelivered_run(struct work *work, const struct report *news);
/* It had been given up, and is reported delivered: whoever was asked to tell
 * its owner instead hears so. */
void undelivered_after_all(struct work *work);

#endif
