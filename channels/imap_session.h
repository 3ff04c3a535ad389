/*
 * imap_session - what the files of channels/imap share.
 */
#ifndef CHANNELS_IMAP_SESSION_H
#define CHANNELS_IMAP_SESSION_H

#include <libetpan/libetpan.h>
#include <stdbool.h>

#include "channels/imap.h"
#include "channels/imap_meter.h"
#include "channels/tls.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/err.h"

struct imap {
	const struct mailbox *mailbox;
	struct imap_times times;
	mailimap *session;
	struct tls_link *link;
	struct imap_meter meter;
	bool was_told;	      /* of new mail */
	bool refuses_keyword; /* the server keeps no keywords */
	bool is_idling;
	unsigned idle_tag;
	uint32_t given_up, refused; /* uids; imap_give_up(), imap_refused() */
};

/* libetpan's stream over the link; it borrows `imap'. */
mailstream *imap_stream_new(struct imap *imap);
/* Fill the stream's buffer with what has come: 1, 0 nothing, -1. */
int imap_stream_feed(struct imap *imap);

/* Before a command: its time, and bytes beside LIMIT_IMAP_ANSWER_BYTES. */
void imap_begin(struct imap *imap, int ms, size_t extra_bytes);
/* After one: notices announced mail; `result' is libetpan's. */
bool imap_end(struct imap *imap, int result);
/* The server said no, or the connection broke.  `refused' is the kind when
 * the server itself said no.  Returns -1. */
int imap_fail(struct imap *imap, int result, enum err_kind refused,
    const char *action, struct err *err);
/* The last answer was a NO or BAD, and the connection still stands. */
bool imap_was_refused(const struct imap *imap, int result);
/* The refusal asks to come back later (RFC 5530). */
bool imap_is_busy(const struct imap *imap);

/* `count' ascending or unordered uids; never NULL. */
struct mailimap_set *imap_set(const uint32_t *uids, size_t count);

#endif
