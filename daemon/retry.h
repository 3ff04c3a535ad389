/*
 * retry - how long a far side that failed rests before the next try, and from
 * when on that is worth a mail.  Pure: no clock, no process.
 */
#ifndef DAEMON_RETRY_H
#define DAEMON_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/units.h"

struct retry_plan {
	/* The pause grows from the first to the longest (core/backoff). */
	msec_t first, most;
	/* The same where only people can mend it: a password, a name. */
	msec_t conf_first, conf_most;
	/* An outage that lasts so many tries is told; a misconfiguration at
	 * once. */
	int told_after;
};

struct retry {
	const struct retry_plan *plan;
	int failures; /* in a row */
	bool is_misconfigured; /* the last one */
};

/* The mail at which the last tries of a mailbox ended: the server gave
 * neither it nor a later one, so it may be the mail or the server. */
struct refusal {
	uint32_t uid; /* 0: none */
	int times;    /* in a row */
};

/* A try ended with this one refused; 0: with none. */
void refusal_add(struct refusal *refusal, uint32_t uid);
/* The mail that was refused so often, for about a quarter of an hour with the
 * pauses, that a human should hear of it; or 0. */
uint32_t refusal_given_up(const struct refusal *refusal);

/* It failed once more: the pause before the next try. */
msec_t retry_failed(struct retry *retry, bool is_misconfigured);
/* The longer one of that pause and what the far side asked for, which holds
 * as far as what only people can mend would wait. */
msec_t retry_pause(const struct retry *retry, msec_t own, msec_t asked);
void retry_worked(struct retry *retry);
/* The admin should know of what failed last. */
bool retry_is_told(const struct retry *retry);

#endif
