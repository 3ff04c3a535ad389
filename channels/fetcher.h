/*
 * fetcher - the process that fetches one mailbox, and its frames.
 *
 * One process, one mailbox, one connection: whatever goes wrong ends the
 * process, and the desk starts a new one with back-off.  All payloads are
 * JSON objects.
 */
#ifndef CHANNELS_FETCHER_H
#define CHANNELS_FETCHER_H

#include "lib/cleanup.h"
#include <stdint.h>

#include "lib/json.h"

struct mailbox;

enum fetcher_frame {
	/* desk -> fetcher */
	FETCHER_START,	 /* fetcher_start_json(); always first */
	FETCHER_SETTLE,	 /* {"uidvalidity", "uids": [...]}: committed; flag or
			  * move them */
	FETCHER_PAUSE,	 /* {}: fetch no more until RESUME */
	FETCHER_RESUME,	 /* {}; also opens the window of unsettled mails */
	FETCHER_STOP,	 /* {}: log out and exit 0 */
	/* fetcher -> desk */
	FETCHER_UP,	 /* {"uidvalidity", "uidnext", "exists", "first"}:
			  * selected; first: no cursor was given, so the mail
			  * before uidnext is not ours (architecture.md 5.6),
			  * unless "from_start" was asked */
	FETCHER_BATCH,	 /* {"uidvalidity", "mails": [{"uid", "offset",
			  * "length", "internaldate" (ms), "size",
			  * "too_large": true when only its head is here}]}
			  * with a sealed memfd of the raw bytes, which is
			  * never empty; a mail of length 0 is one that the
			  * server could not give.  Ascending by uid. */
	FETCHER_SETTLED, /* {"uidvalidity", "uids": [...]}: the server knows;
			  * never comes when the mailbox is read-only */
	FETCHER_DOWN,	 /* {"kind": "temporary" | "configuration",
			  * "reason", "refused": uid, when the server gave
			  * neither this mail nor a later one}: last words */
	FETCHER_SEEN,	 /* {"mono_ms"}: EXISTS came; for the bench */
};

/* The START payload. `uidvalidity' 0: no cursor yet. `uid' is the highest one
 * that is committed. A new reference. */
json_t *fetcher_start_json(
    const struct mailbox *mailbox, uint32_t uidvalidity, uint32_t uid);

/* The process's whole life on the link `fd': waits for START, resolves the
 * name and reads the CA file, connects, enters the sandbox, then logs in and
 * serves.  A START may also carry "quiet_ms" and "command_ms" (channels/imap.h),
 * and "given_up": the uid of a mail that was refused so often that it is now
 * handed over as one of length 0, should it be refused again; and
 * "first_uidvalidity" and "first_at" (ms) of the first connect: under another
 * UIDVALIDITY, mail whose INTERNALDATE is older is not ours, unless
 * "from_start" was asked.
 * At most four batches or LIMIT_WAITING_HIGH_BYTES are sent ahead of SETTLE.
 * Payloads are at most LIMIT_FETCH_BATCH_BYTES.  Returns the exit status
 * (sysexits.h).  Takes `fd'. */
int fetcher_run(int fd);

#endif
