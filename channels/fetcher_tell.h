/*
 * fetcher_tell - what a fetcher tells the desk (fetcher.h), batches apart.
 */
#ifndef CHANNELS_FETCHER_TELL_H
#define CHANNELS_FETCHER_TELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/cleanup.h"
#include "lib/clock.h"

struct err;
struct frame_link;
struct imap_selected;

/* `is_first': the desk has no cursor of this mailbox yet. */
int fetcher_tell_up(struct frame_link *link,
    const struct imap_selected *selected, bool is_first, struct err *err)
    must_check;
int fetcher_tell_settled(struct frame_link *link, uint32_t uidvalidity,
    const uint32_t *uids, size_t count, struct err *err) must_check;
int fetcher_tell_seen(struct frame_link *link, mono_t at, struct err *err)
    must_check;
/* The last words; `refused' is imap_refused().  Waits until they are out; the
 * exit status that goes with them. */
int fetcher_tell_down(
    struct frame_link *link, uint32_t refused, const struct err *why);

#endif
