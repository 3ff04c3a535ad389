/*
 * The last handler: whatever nobody else understood is somebody's matter
 * (R1).
 */
#include "handlers/cases.h"
#include "handlers/handlers.h"

bool
new_case_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE;
}

void
new_case_run(struct work *work)
{
	enum kind kind = work->seen.kind;

	/* A case that this sender may not touch is none to them. */
	if (work->has_case)
		work_leave_case(work);
	/* A keyword that means nothing here is a question to a human. */
	if (!kind_makes_case(kind))
		kind = KIND_INQUIRY;
	cases_open(work,
	    &(struct matter){
		.kind = kind, .subject = work->in->message->subject });
}
