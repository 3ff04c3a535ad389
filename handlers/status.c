/*
 * "How is it going?" (R42): own cases only; what does not exist and what is
 * somebody else's get the same answer, byte for byte.
 */
#include "core/brake.h"
#include "handlers/handlers.h"
#include "handlers/tell.h"

enum { LINES_MAX = 3 };

bool
status_matches(const struct work *work)
{
	return work->in->kind == INPUT_MESSAGE &&
	    work->seen.kind == KIND_STATUS_QUERY;
}

/* Proof is the address on the case, not a reply token that may have been
 * passed on.  Who names another that is not theirs does not mean this one. */
static bool
is_own_case(const struct work *work)
{
	return work->has_case && work->before->sender.is_participant &&
	       !work->before->named_case_refused;
}

bool
status_names_case(const struct work *work)
{
	return work->seen.case_no != NULL || work->before->named_case_refused;
}

void
status_run(struct work *work)
{
	const struct snapshot *before = work->before;
	bool names_case = status_names_case(work);
	struct case_brief own = case_brief_of(&work->file);
	struct tell tell = { .name = "status", .is_automatic = true };

	work_bin(work, "handled", "status");
	if (!brake_allows_status(&work->ctx->conf->rules,
		before->sender.status_queries_hour))
		return;
	if (is_own_case(work)) {
		tell.facts.cases = &own;
		tell.facts.case_count = 1;
	} else if (!names_case && before->open_case_count > 0) {
		tell.facts.cases = before->open_cases;
		tell.facts.case_count = before->open_case_count < LINES_MAX ?
		    before->open_case_count : LINES_MAX;
	} else if (!names_case && before->answered_case.id != 0) {
		tell.facts.cases = &before->answered_case;
		tell.facts.case_count = 1;
	} else {
		tell.name = "status_none";
		tell.facts.count = names_case;
	}
	/* An answer that hung in the case's thread would tell them apart. */
	if (work->has_case)
		work_leave_case(work);
	(void)tell_sender(work, &tell);
}
