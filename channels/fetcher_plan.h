/*
 * fetcher_plan - which mails to ask for next, and how many ahead.
 */
#ifndef CHANNELS_FETCHER_PLAN_H
#define CHANNELS_FETCHER_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channels/imap.h"

/* ---- listing and fetching ---- */

struct fetcher_plan {
	uint32_t next;	  /* lowest uid that is not yet listed */
	uint32_t uidnext; /* as it was at SELECT */
	uint32_t width;	  /* of the next range */
	bool is_small;	  /* so few mails that one list holds them all */
	bool is_due;	  /* there may be mails to list */
	struct imap_mails mails; /* listed, not yet fetched */
	size_t fetched;		 /* of them, from the front */
};

/* `next' is the first uid of interest. */
void fetcher_plan_init(struct fetcher_plan *plan, uint32_t next,
    const struct imap_selected *selected);
void fetcher_plan_done(struct fetcher_plan *plan);

/* The range to list next; `*last' 0 is the end.  Only while no listed mail
 * waits, so what is held is bounded. */
bool fetcher_plan_range(
    const struct fetcher_plan *plan, uint32_t *first, uint32_t *last);
/* plan->mails now holds the answer for the range that ends at `last'. */
void fetcher_plan_listed(struct fetcher_plan *plan, uint32_t last);

/* Of what is listed, forget what is older.  A mail of unknown age stays. */
void fetcher_plan_skip(struct fetcher_plan *plan, msec_t older_than);

/* How many mails from `*mails' on make the next batch; 0: none waits.  A mail
 * over the ceiling comes alone, and of it only `*head_bytes'. */
size_t fetcher_plan_batch(const struct fetcher_plan *plan,
    const struct imap_mail **mails, uint32_t *head_bytes);
void fetcher_plan_fetched(struct fetcher_plan *plan, size_t count);

/* ---- the window of what the desk has not yet committed ---- */

enum { FETCHER_AHEAD = 4 };

struct fetcher_window {
	struct {
		uint32_t first, last;
		size_t left, bytes;
	} batches[FETCHER_AHEAD];
	size_t count;
};

bool fetcher_window_is_open(const struct fetcher_window *window);
/* `first' to `last' are uids of one batch of `count' mails. */
void fetcher_window_add(struct fetcher_window *window, uint32_t first,
    uint32_t last, size_t count, size_t bytes);
void fetcher_window_settled(struct fetcher_window *window, uint32_t uid);

#endif
