/*
 * imap - one mailbox on one server: what the fetcher needs of IMAP4rev1.
 *
 * Owner of libetpan, which is held on a short lead (mail.md B): it reads
 * through channels/tls and a meter that bounds lines, literals and whole
 * answers, it is never asked for BODYSTRUCTURE or ENVELOPE, and its IDLE is
 * not used.  After any -1 with ERR_TEMP the connection is worth nothing.
 * Error texts carry the host and the server's words, never the password.
 */
#ifndef CHANNELS_IMAP_H
#define CHANNELS_IMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/cleanup.h"
#include "lib/units.h"

struct err;
struct imap;
struct mailbox;

/* How long to wait; 0 takes the default. */
struct imap_times {
	int quiet_ms;	/* without any byte: 30 s */
	int command_ms; /* one command, but not the mails it brings: 2 min */
	int fetch_ms;	/* one fetch of mails: 10 min */
};

/* Connect, greet, TLS as the mailbox wants it.  Opens files (CA, resolver);
 * nothing below does, so the sandbox goes on after it.  The mailbox must
 * outlive it. */
struct imap *imap_open(const struct mailbox *mailbox,
    const struct imap_times *times, struct err *err);
/* Logs out when the connection still works. */
void imap_close(struct imap **imap);

/* LOGIN or XOAUTH2, then ID where the server has it (163.com refuses SELECT
 * without).  ERR_CONF when the server says no, unless it says that it is only
 * busy (RFC 5530). */
int imap_login(struct imap *imap, struct err *err) must_check;

struct imap_selected {
	uint32_t uidvalidity;
	uint32_t uidnext; /* asked for when the server does not tell */
	uint32_t exists;
};
int imap_select(
    struct imap *imap, struct imap_selected *ret, struct err *err) must_check;

/* ---- mails ---- */

struct imap_mail {
	uint32_t uid;
	uint32_t size; /* RFC822.SIZE: what the server believes */
	msec_t internaldate;
};
struct imap_mails {
	struct imap_mail *list; /* free() */
	size_t count, size;
};

/* Append the mails with first <= uid <= last, in order of uid; last 0: to the
 * end. */
int imap_list(struct imap *imap, uint32_t first, uint32_t last,
    struct imap_mails *ret, struct err *err) must_check;

/* One fetched mail; `data' is valid during the call that hands it over. */
struct imap_body {
	const struct imap_mail *mail;
	const char *data; /* NULL: the server no longer has it */
	size_t len;
};
/* Gets one body for each mail asked for, in that order.  0 or -1. */
typedef int imap_take(void *ctx, const struct imap_body *bodies, size_t count,
    struct err *err);

/* BODY.PEEK[] of up to LIMIT_FETCH_BATCH_MAILS mails in one command; of each
 * only the first `head_bytes', 0: the whole.  A mail that the server refuses
 * though it gives a later one is handed over as empty, so that a human hears
 * of it.  Those refused at the end may be an outage: ERR_TEMP, with
 * imap_refused() the first of them; none of these is handed over. */
int imap_fetch(struct imap *imap, const struct imap_mail *mails, size_t count,
    uint32_t head_bytes, imap_take *take, void *ctx,
    struct err *err) must_check;

/* This uid, where 0 is none, was refused often enough: when it is again, it is
 * handed over as empty. */
void imap_give_up(struct imap *imap, uint32_t uid);
/* `imap' may be NULL; 0: none was. */
uint32_t imap_refused(const struct imap *imap);

/* Move to the mailbox's folder (MOVE, or COPY and EXPUNGE of these UIDs with
 * UIDPLUS), else set its keyword and \Seen; at most LIMIT_SETTLE_MAILS.
 * 1 done, 0 the server refused (read-only mailbox), -1. */
int imap_settle(struct imap *imap, const uint32_t *uids, size_t count,
    struct err *err) must_check;

/* ---- waiting ---- */

int imap_noop(struct imap *imap, struct err *err) must_check;
/* New mail was announced since the last call. */
bool imap_was_told(struct imap *imap);

bool imap_can_idle(struct imap *imap);
int imap_idle_start(struct imap *imap, struct err *err) must_check;
/* Read what has come, without waiting for more. */
int imap_idle_take(struct imap *imap, struct err *err) must_check;
int imap_idle_end(struct imap *imap, struct err *err) must_check;

int imap_fd(const struct imap *imap);
/* Bytes wait that poll() on the descriptor does not see. */
bool imap_has_buffered(const struct imap *imap);

#endif
