/*
 * desk - the engine: what has come in is decided, remembered, sent.
 *
 * The imperative shell around the pure core.  It holds the store and knows
 * the order of things; clock, readers, senders and sources are handed in, so
 * the daemon, the simulator and the tests stand on the same engine.
 *
 * Everything that arrives is queued by a desk_*() call and done by the next
 * desk_turn(): one transaction for all that waits, and only after its commit
 * does anything leave (acknowledgements to sources, answers to pushes, jobs
 * for the readers, messages to the senders).  If the transaction fails, all
 * of it stays queued and the next turn tries again.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/effect.h"
#include "core/input.h"
#include "core/ports.h"
#include "lib/cleanup.h"
#include "lib/digest.h"
#include "lib/units.h"

struct config;
struct desk;
struct err;
struct push_map;
struct sms_channel;
struct store;
struct texts;

/* Raw bytes for a reader: `fd' is a sealed memfd, `data' the same bytes
 * mapped; both stay until the job comes back.  The rest is borrowed for the
 * call. */
struct desk_read {
	uint64_t job;
	uint32_t kind; /* enum reader_job_kind */
	int fd; /* of a sealed memfd, or -1: `data' alone has the bytes */
	size_t offset, length;
	const char *data; /* valid until the job is back */
	/* Of pushes and polls; valid as long as the desk. */
	const struct push_map *map;
	const char *map_json;
};

enum desk_note_kind { NOTE_INFO, NOTE_WARN, NOTE_ERROR };

/* What the engine asks of its surroundings.  All are called on the desk's own
 * thread, from within desk_turn(). */
struct desk_ports {
	/* Give a job to a reader.  Comes back, possibly during the call, as
	 * desk_read_done() or desk_read_failed(). */
	void (*read)(void *self, const struct desk_read *read);
	/* These UIDs are committed: flag or move them on the server. */
	void (*settle)(void *self, const char *mailbox, uint32_t uidvalidity,
	    const uint32_t *uids, size_t count);
	/* Too much waits: fetchers rest, or go on. */
	void (*hold)(void *self, bool hold);
	/* Answer a push: 200 with nothing, 400 with the reason, or 503 when
	 * the same again may succeed. */
	void (*answer)(void *self, void *request, int status, const char *why);
	/* A poll's answer is decided; false: nobody could read it (may be
	 * NULL). */
	void (*polled)(
	    void *self, const char *channel, bool is_report, bool is_read);
	/* One line for the log; already masked. */
	void (*note)(void *self, enum desk_note_kind kind, const char *at,
	    const char *text);
	/* A decision was kept (may be NULL): for the simulator. */
	void (*decided)(void *self, const struct input *in,
	    const struct effects *effects, msec_t now);
	void *self;
};

struct desk_setup {
	const struct config *conf;
	const struct texts *texts;
	struct store *store;
	struct desk_ports ports;
	/* Senders by name of their account; must outlive the desk. */
	struct sender **senders;
	size_t sender_count;
};

/* Finds what the last run left: unfinished attempts become unknowns, rows not
 * yet decided wait for a reader.  NULL with err. */
struct desk *desk_open(
    const struct desk_setup *setup, msec_t now, struct err *err);
void desk_close(struct desk **desk);

/* ---- what arrives ---- */

struct desk_mail {
	uint32_t uid;
	size_t offset, length;
	bool too_large; /* only the head is here */
	msec_t internaldate; /* when the server got it; 0: unknown */
};
/* Mails of one fetch.  Takes `fd' (a sealed memfd that holds them all). */
int desk_mails(struct desk *desk, const char *mailbox, uint32_t uidvalidity,
    int fd, const struct desk_mail *mails, size_t count,
    struct err *err) must_check;
/* The mailbox was selected: on the first connect remember where new mail
 * begins; hand out again what is committed but not yet settled. */
int desk_mailbox_up(struct desk *desk, const char *mailbox,
    uint32_t uidvalidity, uint32_t uidnext, bool first, msec_t now,
    struct err *err) must_check;
int desk_settled(struct desk *desk, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count, struct err *err) must_check;
/* A mailbox or an account is down for a reason that the operator must mend,
 * or up again: the admin is mailed once. */
int desk_channel(struct desk *desk, const char *name, bool down,
    const char *reason, msec_t now, struct err *err) must_check;

/* A push that came with the right secret.  `raw' is copied.  `request' comes
 * back in answer().  ERR_TEMP while more than LIMIT_WAITING_HIGH_BYTES wait:
 * the gateway is to say it again. */
int desk_push(struct desk *desk, const char *channel, bool is_report,
    const char *raw, size_t len, void *request, struct err *err) must_check;
/* The far side hung up: answer() will not be called for it. */
void desk_push_gone(struct desk *desk, const void *request);

/* A poll's answer.  All is copied. */
struct desk_poll {
	const char *channel;
	bool is_report;
	const char *raw;
	size_t len;
	const char *next_cursor;  /* from the answer's header, or NULL */
	const char *asked_cursor; /* how it was asked */
	msec_t asked_since;
	msec_t since; /* where the next window begins */
	int64_t kept; /* row of poll_answer_keep(), or 0 */
	/* It was asked in a way that is no longer used: its place means
	 * nothing. */
	bool is_past;
};
int desk_polled(struct desk *desk, const struct desk_poll *poll,
    struct err *err) must_check;
/* What a poll's cursor is stored under, and what its alarms are about: the
 * same account may still send. */
enum { POLL_NAME_MAX = 96 };
void poll_name(const char *channel, bool is_report, char ret[POLL_NAME_MAX]);
void poll_alarm_name(
    const char *channel, bool is_report, char ret[POLL_NAME_MAX]);
/* The way of asking by which a cursor has its meaning: provider file, address
 * and account. */
void poll_form(
    const struct sms_channel *channel, bool is_report, char ret[SHA256_HEX]);

/* This inbox row is RECEIVED again (store/inbox.h, inbox_again): the next turn
 * gives it to a reader. */
void desk_read_again(struct desk *desk, int64_t inbox);

/* The reader's result (reader/answer.h). */
void desk_read_done(
    struct desk *desk, uint64_t job, const char *data, size_t len);
/* It crashed, hung or outgrew its limits. */
void desk_read_failed(struct desk *desk, uint64_t job, const char *reason);

/* ---- the turn ---- */

/* Results or receipts wait for a turn, fewer than one takes, and readers or
 * senders have more: a turn in a moment would do them together. */
bool desk_expects_more(struct desk *desk);
/* Do all that waits.  1 when there was something to do, 0 when not, -1 when
 * the transaction failed (nothing is lost; try again later). */
int desk_turn(struct desk *desk, msec_t now, struct err *err) must_check;

/* When a turn is wanted at the latest; 0: only when something arrives. */
msec_t desk_next(struct desk *desk);
/* Before an end: nothing more is begun that leaves; what is in flight comes
 * back.  Or go on. */
void desk_wind_down(struct desk *desk, bool on);
/* Nothing is queued, read, due or in flight. */
bool desk_is_idle(struct desk *desk, msec_t now);

#endif
