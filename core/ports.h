/*
 * ports - how outgoing messages leave: the contract of a sender.
 *
 * Real senders are in channels/, the simulator's in desk/simulate.
 *
 *  1. start() MUST NOT block and MUST NOT write to the store.  It borrows
 *     `job' for the call and copies what it keeps.
 *  2. Each job that start() took comes back exactly once, as a receipt from
 *     collect(), also when the far side says nothing: a deadline is the
 *     sender's duty.
 *  3. A sender MUST NOT retry: retry is a rule, and rules live in one place.
 *  4. ERR_TEMP: the far side did not take it and may later.  ERR_PERM: this
 *     message cannot be delivered to this recipient.  ERR_CONF: nothing can
 *     be sent now (login, quota): the channel is down, its queue waits, for
 *     three days at most.  With is_of_sender only what that address sends.
 *  5. is_unknown: the bytes had gone out when the answer failed to come; the
 *     far side may have the message.
 */
#ifndef CORE_PORTS_H
#define CORE_PORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/outgoing.h"
#include "lib/cleanup.h"
#include "lib/err.h"

struct arena;
struct buf;

struct send_job {
	const struct outgoing *out;
	msec_t now; /* the instant of start(): some gateways want it signed */
	int64_t attempt; /* row of the attempt, handed back in the receipt */
	/* Mail: the whole message as it goes over the wire, from compose. */
	const char *wire;
	size_t wire_len;
	const char *envelope_from; /* unless out->null_sender */
	/* An earlier attempt, the first of them begun at first_at, may have
	 * reached the far side. */
	bool may_be_there;
	msec_t first_at;
	/* A text that may be there: what the gateway calls other texts to that
	 * number, NULL-terminated, or NULL. */
	const char *const *others;
};

struct receipt {
	out_id out;
	int64_t attempt;
	enum err_kind result; /* ERR_NONE: accepted */
	bool is_unknown;
	bool is_found;		/* ERR_NONE: not sent, it was there already */
	bool is_optout;		/* ERR_PERM, because they want no texts */
	bool is_of_sender;	/* ERR_CONF, for the envelope's sender alone */
	msec_t retry_after;	/* ERR_TEMP: not before; 0: not said */
	int code;		/* SMTP or HTTP status, 0 when none */
	char provider_id[80];	/* of an SMS gateway, "" when none */
	char answer[200];	/* the far side's words, printable */
};

struct sender {
	const char *name; /* of the account, as in the configuration */
	int (*start)(void *self, const struct send_job *job, struct err *err);
	/* The next finished job: 1, or 0 when none has finished. */
	int (*collect)(void *self, struct receipt *ret);
	void *self;
};

#endif
