/*
 * send_queue - jobs of one account: waiting, on the wire, finished.
 *
 * What is common to the senders: copying a job, a fixed number of transfers
 * that are used again, a pace, and each job coming back exactly once.
 */
#ifndef CHANNELS_SEND_QUEUE_H
#define CHANNELS_SEND_QUEUE_H

#include "channels/transfer.h"
#include "core/ports.h"
#include "lib/cleanup.h"

#include <stddef.h>

struct send_queue;

/* Our copy of a send_job; text is owned by it. */
struct queued_job {
	struct queued_job *next;
	struct receipt receipt;
	msec_t created_at;
	msec_t now; /* the wall clock at `taken' */
	mono_t taken;
	bool is_urgent;
	bool is_again; /* begun a second time: wants a new connection */
	bool may_be_there; /* likewise first_at and others: send_job */
	msec_t first_at;
	char **others;
	char *kind;   /* text message: name of our text */
	char *params; /* text message: of a template (outgoing.h), or NULL */
	char *to;
	char *from; /* mail: envelope sender, "" for none */
	char *data; /* mail: the wire bytes; text message: the text */
	size_t len;
};

struct send_slot {
	struct transfer transfer;
	struct send_queue *queue;
	struct queued_job *job; /* NULL: free */
	void *state;            /* of the sender, for its callbacks */
};

struct send_queue_ops {
	/* Open the transfer of a slot; `place' counts from 0. */
	int (*open_slot)(struct send_slot *slot, size_t place, struct err *err);
	/* A copy of the job, from queued_job_new(), or NULL with err. */
	struct queued_job *(*take)(
	    void *owner, const struct send_job *job, struct err *err);
	/* Set the transfer up for slot->job.  -1: the job comes back with the
	 * error. */
	int (*prepare)(struct send_slot *slot, struct err *err);
	/* Make slot->job->receipt of what happened.  False, once a job: nothing
	 * happened at all, on a connection that had been dead; begin again. */
	bool (*judge)(struct send_slot *slot, CURLcode code);
	/* Free the owner; its transfers are closed already. */
	void (*free)(void *owner);
};

struct send_queue {
	struct sender port; /* of the account */
	const struct send_queue_ops *ops;
	struct transfers *transfers;
	void *owner; /* the sender, for its ops */
	struct send_slot *slots;
	size_t slot_count;
	struct queued_job *waiting;
	struct queued_job *finished;
	int gap_ms; /* between two starts; 0: none */
	struct transfers_alarm pace;
	mono_t next_start;
};

struct send_queue_setup {
	const char *name; /* of the account */
	const struct send_queue_ops *ops;
	void *owner; /* has the queue in it */
	size_t slots;
	unsigned per_second; /* 0: no pace */
};

/* Takes the owner: sender_close() frees it, and so does a failure (NULL with
 * err). */
struct sender *send_queue_open(struct send_queue *queue,
    struct transfers *transfers, const struct send_queue_setup *setup,
    struct err *err);

/* Copies `data', `to' and `from' (may be NULL). */
struct queued_job *queued_job_new(
    const struct send_job *job, const char *data, size_t len, const char *from);
/* The far side's words into the receipt: printable, cut. */
void receipt_answer(struct receipt *receipt, const char *text);

#endif
