/*
 * A message is decided; one whose decision fails becomes a case for a human,
 * so that nothing is dropped (R1).
 */
#include <stdio.h>

#include "desk/engine.h"
#include "lib/err.h"
#include "store/inbox.h"

/* So that `shouwen quarantine' shows it, with the case if there is one. */
static int
mark_unreadable(
    struct desk *desk, int64_t inbox, const char *why, struct err *err)
{
	struct inbox_row row = { 0 };

	if (inbox_load(desk->store, inbox, &desk->turn, &row, err) < 0)
		return -1;
	return inbox_set_state(desk->store, inbox, INBOX_UNREADABLE,
	    "unreadable", why, row.case_id, err);
}

/* The second chance of a message that broke its decision: it becomes a case
 * for a human, raw kept.  Should even that fail, the row alone is marked. */
static int
give_to_human(struct desk *desk, struct input *in, const char *reason,
    msec_t now, struct err *err)
{
	char why[sizeof(err->msg)];
	int made;

	(void)snprintf(why, sizeof(why), "%s", reason);
	desk_note(desk, NOTE_WARN, "unreadable", "inbox=%lld why=\"%s\"",
	    (long long)in->inbox, why);
	in->kind = INPUT_UNREADABLE;
	in->message = NULL;
	in->reason = why;
	made = decision_make(desk, in, now, err);
	in->reason = NULL;
	if (made < 0)
		return -1;
	if (made == 0)
		desk_note(desk, NOTE_ERROR, "undecided",
		    "inbox=%lld why=\"%s\"", (long long)in->inbox, err->msg);
	return mark_unreadable(desk, in->inbox, why, err);
}

int
message_decide(struct desk *desk, struct input *in, msec_t now, struct err *err)
{
	int made;

	if (in->kind == INPUT_UNREADABLE)
		return give_to_human(desk, in, in->reason, now, err);
	made = decision_make(desk, in, now, err);
	if (made != 0)
		return made < 0 ? -1 : 0;
	desk_note(desk, NOTE_ERROR, "decide", "inbox=%lld err=\"%s\"",
	    (long long)in->inbox, err->msg);
	return give_to_human(desk, in, err->msg, now, err);
}
