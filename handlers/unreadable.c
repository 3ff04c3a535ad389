/*
 * What the reader could not read becomes a case for a human
 * (architecture.md 1.2).
 */
#include "handlers/cases.h"
#include "handlers/handlers.h"
#include "lib/text.h"

bool
unreadable_matches(const struct work *work)
{
	return work->in->kind == INPUT_UNREADABLE;
}

void
unreadable_run(struct work *work)
{
	cases_open_unreadable(work, text_or(work->in->reason, "unreadable"));
}
