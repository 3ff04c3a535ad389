/*
 * transfers - the one curl multi handle: all outgoing connections, and the
 * one wait of the desk's loop.
 */
#ifndef CHANNELS_TRANSFERS_H
#define CHANNELS_TRANSFERS_H

#include <poll.h>
#include <stddef.h>

#include "core/ports.h"
#include "lib/buf.h"
#include "lib/cleanup.h"

struct config;
struct err;
struct sms_channel;
struct smtp_account;
struct transfers;

struct transfers *transfers_open(struct err *err);
/* Ends everything in flight. */
void transfers_close(struct transfers **transfers);

/* Wait until a transfer, one of `fds' (revents are set) or the time-out calls,
 * then let all transfers move on.  A negative time-out waits for ever.  -1 only
 * on a bug. */
int transfers_wait(struct transfers *transfers, struct pollfd *fds,
    size_t count, int timeout_ms, struct err *err) must_check;
size_t transfers_running(const struct transfers *transfers);

/* Senders (core/ports.h).  They live until sender_close(); the account must
 * outlive them.  Connections are kept and reused. */
struct sender *smtp_sender_open(struct transfers *transfers,
    const struct smtp_account *account, struct err *err);
/* By the channel's provider file; {ref} is "<out>-<attempt>". */
struct sender *sms_sender_open(struct transfers *transfers,
    const struct sms_channel *channel, struct err *err);
/* Ends and forgets everything, finished jobs too. */
void sender_close(struct sender **sender);

/* One look into a gateway's inbox, or at its reports. */
struct poll_answer {
	enum err_kind result;
	bool is_empty; /* the gateway says so in other words than a list */
	int code;
	msec_t retry_after; /* it wants to be left in peace; 0: not said */
	/* It is larger than LIMIT_POLL_BYTES: the body is its first bytes.  Of
	 * what is handed out once it counts as an answer. */
	bool is_cut;
	struct buf body; /* raw; the reader makes sense of it */
	char next[512];	 /* the answer's X-Next-Cursor, "" when none */
	char why[200];
};
struct poll_look {
	msec_t since;	    /* {since} */
	const char *cursor; /* {cursor}, or the next page's address */
	msec_t now;
};
struct sms_poll;
struct sms_poller;
/* `poll' is one of the channel's provider. */
struct sms_poller *sms_poller_open(struct transfers *transfers,
    const struct sms_channel *channel, const struct sms_poll *poll,
    struct err *err);
void sms_poller_close(struct sms_poller **poller);
int sms_poller_start(struct sms_poller *poller, const struct poll_look *look,
    struct err *err) must_check;
/* 1 and the answer (caller frees ->body with buf_done), or 0. */
int sms_poller_collect(struct sms_poller *poller, struct poll_answer *ret);

#endif
