/*
 * ladder - putting a level in charge (R22, R23, R26, R27).
 */
#ifndef HANDLERS_LADDER_H
#define HANDLERS_LADDER_H

#include <stdbool.h>

#include "handlers/work.h"

struct escalation {
	int level;
	const char *actor;
	const char *code;   /* of the event: "reply_overdue", "asked" */
	const char *reason; /* staff's own words, or NULL: ->why is said */
	int why;	    /* enum sentence, with ->why_arg */
	enum timer_kind duty; /* whose word stands in WHY_OVERDUE */
	bool tells_owner;     /* R23 */
};

/* Level takes charge: event, notice to it, its own clock (R27), and the owner
 * hears when they will be answered. */
void ladder_escalate(struct work *work, const struct escalation *escalation);

/* Tell the owner that `holder' has it (NULL: that it is being looked into),
 * and when they will be answered (rules.md 5.43); without a way to tell, a
 * task to phone them.  Once in five minutes: a second word says no more. */
void ladder_tell_owner(struct work *work, const struct staff *holder);

#endif
