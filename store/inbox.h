/*
 * inbox - every message that came in, raw, before anything is made of it.
 *
 * A row is never deleted by the daemon.  (source, key) is unique: a mailbox's
 * "UIDVALIDITY/UID", a gateway's own id ("ID/words" where other words came
 * under one that was known).  For mail the digest of the content
 * without trace headers is a second key within the estate (rules.md 5.32).
 */
#ifndef STORE_INBOX_H
#define STORE_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/case.h"
#include "core/vocabulary.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/units.h"

struct arena;
struct err;
struct store;

enum inbox_state {
	INBOX_RECEIVED,	  /* raw is kept, nothing is decided */
	INBOX_DONE,	  /* belongs to a case */
	INBOX_BINNED,	  /* ended in a named bin */
	INBOX_UNREADABLE, /* the reader gave up: a case for a human */
};

struct inbox_new {
	enum channel channel;
	const char *source;
	const char *estate;
	const char *key;
	const char *digest; /* hex SHA-256, or NULL for texts */
	const char *words;  /* of a text that was read: fingerprint_text() */
	msec_t received_at;
	const char *raw;
	size_t raw_len;
	uint32_t uidvalidity, uid; /* mail: still to be flagged on the server */
	bool is_old; /* mail that lay there before the first connect */
};

struct inbox_row {
	int64_t id;
	enum channel channel;
	const char *source;
	const char *estate;
	const char *key;
	msec_t received_at;
	enum inbox_state state;
	const char *bin;
	const char *reason;
	case_id case_id;
	size_t raw_len;
	int reads; /* times that the reader was given it */
	bool is_old;
	const char *vouched_by;
	const char *sender; /* mail address or number; NULL: not known yet */
};

/* How far a mailbox was read. */
struct cursor {
	uint32_t uidvalidity, uid; /* of the last mail that is kept */
	/* Mail older than the first connect was there before us, whatever
	 * number a later UIDVALIDITY gives it. */
	uint32_t first_uidvalidity;
	msec_t first_at;
};

/* 1 stored, 0 known already (ret_id is the earlier row; when only the digest
 * was known a row without raw is added and binned as "duplicate"), -1. */
int inbox_add(struct store *store, const struct inbox_new *row,
    int64_t *ret_id, struct err *err) must_check;

/* Whether the row has these words (fingerprint_text()), or none any more: 1, 0,
 * -1. */
int inbox_says(struct store *store, int64_t id, const char *words,
    struct err *err) must_check;

/* The earlier row with the same words that came by the same source after
 * `since'; a row that is or was a twin has none. 1, 0 none, -1. */
int inbox_same_text(struct store *store, int64_t id, msec_t since,
    int64_t *ret_id, struct err *err) must_check;
int inbox_set_twin(struct store *store, int64_t id, int64_t twin,
    struct err *err) must_check;

/* Remember Message-ID and sender of a row once it is read, so that replies to
 * it find its case. */
int inbox_note(struct store *store, int64_t id, const char *message_id,
    const char *from, struct err *err) must_check;

/* Rows in state RECEIVED above `after', oldest first, at most `max'. The
 * count, or -1. */
int inbox_waiting(struct store *store, int64_t after, struct arena *arena,
    struct inbox_row *ret, int max, struct err *err) must_check;
int inbox_load(struct store *store, int64_t id, struct arena *arena,
    struct inbox_row *ret, struct err *err) must_check; /* 1, 0, -1 */
/* Raw bytes appended to `ret': 1, 0 none, -1. */
int inbox_raw(
    struct store *store, int64_t id, struct buf *ret, struct err *err) must_check;
/* A slice of the raw bytes, for passed-on parts. */
int inbox_raw_slice(struct store *store, int64_t id, size_t offset,
    size_t length, struct buf *ret, struct err *err) must_check;
/* The raw bytes hold a secret: only the row stays. */
int inbox_forget_raw(struct store *store, int64_t id, struct err *err)
    must_check;
/* Count one more read of this row; for poison that kills reader after
 * reader. */
int inbox_count_read(struct store *store, int64_t id, struct err *err)
    must_check;
int inbox_set_state(struct store *store, int64_t id, enum inbox_state state,
    const char *bin, const char *reason, case_id of_case, struct err *err)
    must_check;

/* A row in a bin or unreadable is RECEIVED again, of no case and never read:
 * 1, 0 when it is neither or its raw bytes are gone, -1. */
int inbox_again(struct store *store, int64_t id, struct err *err) must_check;

/* `staff' has said that a message from another address is theirs: RECEIVED
 * again, once.  1, 0 when it was so already or its raw bytes are gone, -1. */
int inbox_vouch(struct store *store, int64_t id, const char *staff,
    struct err *err) must_check;

/* Rows of one bin or state, newest first, for `shouwen quarantine'. */
int inbox_list(struct store *store, const char *bin, struct arena *arena,
    struct inbox_row *ret, int max, struct err *err) must_check;
/* How many of a source lie in the bin `malformed' that came since then. */
int inbox_malformed_since(struct store *store, const char *estate,
    const char *source, msec_t since, int64_t *ret, struct err *err) must_check;
/* How many rows wait (RECEIVED). */
int64_t inbox_waiting_count(struct store *store);

/* Where a mailbox was read to. 1, 0 never, -1. */
int cursor_load(struct store *store, const char *source, struct cursor *ret,
    struct err *err) must_check;
/* The first save of a source, at `now', is its first connect. */
int cursor_save(struct store *store, const char *source, uint32_t uidvalidity,
    uint32_t uid, msec_t now, struct err *err) must_check;
/* A poll's place: text cursor and the instant of the last good look. */
struct poll_place {
	const char *source;
	const char *form; /* how is asked, see poll_form() in desk/desk.h */
	const char *cursor;
	msec_t since;
};
/* Given source and form; the cursor of another form is "". 1, 0 never, -1. */
int poll_cursor_load(struct store *store, struct poll_place *place,
    struct arena *arena, struct err *err) must_check;
int poll_cursor_save(struct store *store, const struct poll_place *place,
    struct err *err) must_check;

/* The raw answer of a gateway that hands out each thing once: kept before
 * anybody reads it, dropped with the decision on what it holds. */
struct poll_kept {
	int64_t id;
	const char *source;
	const char *estate; /* whose channel it was */
	bool is_report;
	const char *form, *cursor; /* with which was asked */
	struct bytes raw;
};
int poll_answer_keep(struct store *store, const struct poll_kept *answer,
    int64_t *ret_id, struct err *err) must_check;
int poll_answer_drop(struct store *store, int64_t id, struct err *err)
    must_check;
/* The newest one; 0 where there is none.  0, or -1. */
int poll_answer_last(struct store *store, int64_t *ret_id, struct err *err)
    must_check;
/* The first one above `after': 1, 0 none, -1. */
int poll_answer_next(struct store *store, int64_t after, struct arena *arena,
    struct poll_kept *ret, struct err *err) must_check;

/* UIDs that are committed but not yet flagged on the server. The count. */
int inbox_unsettled(struct store *store, const char *source,
    uint32_t uidvalidity, uint32_t *ret_uids, int max, struct err *err)
    must_check;
int inbox_settle(struct store *store, const char *source, uint32_t uidvalidity,
    const uint32_t *uids, size_t count, struct err *err) must_check;

#endif
