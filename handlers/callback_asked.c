/*
 * A message that asks for nothing but a call (rules.md 4.4).  It belongs to the
 * owner's open case, the newest where there are several; without one it is a
 * small case of its own, an inquiry whose answer is the call.
 */
#include "handlers/callback.h"
#include "handlers/cases.h"
#include "handlers/handlers.h"

bool
callback_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE &&
	       work->seen.kind == KIND_CALLBACK;
}

/* The newest of the sender's open cases, where the message names none.  False:
 * it has to be looked up first. */
static bool
find_case(struct work *work)
{
	const struct snapshot *before = work->before;

	if (work_is_participant(work) && case_is_open(work->file.state))
		return true;
	if (work->has_case)
		work_leave_case(work);
	if (before->open_case_count == 0)
		return true;
	if (work_must_look(work,
		&(struct look_up){ .estate = work->estate->id,
		    .number = before->open_cases[0].number }))
		return false;
	if (before->has_other && case_is_open(before->other.state)) {
		(void)work_enter_case(work, &before->other);
		work->has_case = true;
	}
	return true;
}

void
callback_run(struct work *work)
{
	if (!find_case(work))
		return;
	if (!work->has_case) {
		cases_open(work,
		    &(struct matter){ .kind = KIND_INQUIRY,
			.linked_to = CALLBACK });
		return;
	}
	work_keep(work);
	work_attach(work);
	callback_ask(work, callback_due(work));
}
