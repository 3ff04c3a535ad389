/*
 * cases - making a case of a message (R2, R3, R5, R6, R16, R24).
 */
#ifndef HANDLERS_CASES_H
#define HANDLERS_CASES_H

#include "core/told.h"
#include "handlers/work.h"

struct matter {
	enum kind kind;
	/* Who brought it: the owner (NULL), or a staff member who forwarded
	 * or wrote it down, and is the first responder (R16). */
	const struct staff *by;
	const struct told *told; /* #new: who told them, and where; or NULL */
	const char *text;     /* verbatim; NULL: the message's own words */
	const char *subject;
	const char *linked_to; /* number of the case that this follows */
};

/* What the message says becomes a case: acknowledged to the owner, told to
 * those who work on it, all clocks running.  work->seen is what it means. */
void cases_open(struct work *work, const struct matter *matter);
/* A case that only a human can read: by mail to the duty agent. */
void cases_open_unreadable(struct work *work, const char *reason);

#endif
