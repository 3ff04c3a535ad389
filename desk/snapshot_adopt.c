/*
 * The case that was found becomes the one that the message is about, if its
 * sender may speak of it.
 */
#include "desk/snapshot_parts.h"
#include "lib/text.h"
#include "store/cases.h"

static bool
is_participant(const struct search *s, const struct case_file *found)
{
	return s->address[0] != '\0' && (text_eq(found->mail, s->address) ||
					    text_eq(found->phone, s->address));
}

/* Guessing gets the same answer as not existing (architecture.md 5.3). */
static void
adopt(struct search *s, const struct case_file *found, enum match_by match)
{
	s->ret->sender.is_participant = is_participant(s, found);
	if (match != MATCH_TOKEN && !s->ret->sender.is_participant &&
	    s->ret->sender.staff == NULL) {
		s->ret->named_case_refused = true;
		return;
	}
	s->ret->the_case = *found;
	s->ret->has_case = true;
	s->ret->match = match;
}

/* What was merged goes on in the owner's other case; it never becomes merged
 * into one of those before it, so this ends. */
int
snapshot_adopt(struct search *s, case_id id, enum match_by match, struct err *err)
{
	struct case_file found = { 0 };
	int known;

	do {
		known = case_load(s->desk->store, id, s->arena, &found, err);
		if (s->ret->found_as == NULL)
			s->ret->found_as = found.number;
		id = found.merged_into;
	} while (known > 0 && found.state == CASE_MERGED && id != 0);
	if (known > 0)
		adopt(s, &found, match);
	return known < 0 ? -1 : 0;
}
