/*
 * tell_send - one message of ours, whoever it is for, into the outbox: inside
 * of tell.
 */
#ifndef HANDLERS_TELL_SEND_H
#define HANDLERS_TELL_SEND_H

#include "core/texts.h"
#include "handlers/tell.h"

struct tell_target {
	enum channel channel;
	enum role role;
	const char *to;
	const char *name;
	const struct staff *staff; /* or NULL */
	enum language language;
};

/* Somebody of staff. */
struct tell_target tell_target_staff(
    const struct staff *staff, enum channel channel);

/* Name of the estate's account on that channel, or NULL: it has none. */
const char *tell_account(const struct work *work, enum channel channel);
/* The row's id, or 0 when that target has no address, or cannot be told this,
 * or something failed (work->failed). */
out_id tell_send(struct work *work, const struct tell_target *target,
    const struct tell *tell);

/* The same in two steps, for who looks at the words before they go.  False:
 * what tell_send() returns 0 for. */
bool tell_write(struct work *work, const struct tell_target *target,
    const struct tell *tell, struct text_rendered *ret);
out_id tell_post(struct work *work, const struct tell_target *target,
    const struct tell *tell, const struct text_rendered *text);

/* Does it go whole, in as many parts as the channel sends? */
bool tell_fits(struct work *work, const struct tell_target *target,
    const struct tell *tell);
bool tell_text_fits(const struct work *work, const struct tell_target *target,
    const struct text_rendered *text);
/* Does it need more parts than the channel sends?  Then *ret_most characters
 * of its words (or reason) would go. */
bool tell_is_too_long(struct work *work, const struct tell_target *target,
    const struct tell *tell, size_t *ret_most);

#endif
