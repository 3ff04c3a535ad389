/*
 * fetcher_start - the START frame, from the fetcher's side.
 */
#ifndef CHANNELS_FETCHER_START_H
#define CHANNELS_FETCHER_START_H

#include <stddef.h>
#include <stdint.h>

#include "channels/imap.h"
#include "core/config.h"
#include "lib/cleanup.h"

struct arena;
struct err;

struct fetcher_start {
	struct mailbox mailbox; /* texts in the arena */
	struct imap_times times;
	uint32_t uidvalidity; /* 0: no cursor */
	uint32_t uid;
	uint32_t first_uidvalidity; /* of the first connect ever */
	msec_t first_at;	    /* 0: this one */
	uint32_t given_up; /* imap_give_up() */
};

/* Read what fetcher_start_json() made.  -1 with ERR_BUG. */
int fetcher_start_read(const char *data, size_t len, struct arena *arena,
    struct fetcher_start *ret, struct err *err) must_check;

#endif
