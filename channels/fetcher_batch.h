/*
 * fetcher_batch - fetched mails as one sealed memfd and its index.
 */
#ifndef CHANNELS_FETCHER_BATCH_H
#define CHANNELS_FETCHER_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channels/imap.h"
#include "lib/cleanup.h"

struct err;
struct frame_link;

struct fetcher_sent {
	uint32_t first, last; /* uids */
	size_t count, bytes;
};

/* Queue one FETCHER_BATCH of the bodies that are there; `is_head' when only
 * the first bytes of them were fetched.  `ret->count' 0: there was none. */
int fetcher_batch_send(struct frame_link *link, uint32_t uidvalidity,
    const struct imap_body *bodies, size_t count, bool is_head,
    struct fetcher_sent *ret, struct err *err) must_check;

#endif
