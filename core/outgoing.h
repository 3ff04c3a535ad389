/*
 * outgoing - one message that must leave, already rendered.
 *
 * A decision makes it, the store keeps it, a sender delivers it.  The row's
 * id is known before it is stored (snapshot.next_out), because our
 * Message-ID and reply token are made from it.
 */
#ifndef CORE_OUTGOING_H
#define CORE_OUTGOING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/case.h"
#include "core/vocabulary.h"
#include "lib/units.h"

typedef int64_t out_id;

/* Delivery never goes backwards (sms.md D4); see docs/STATES.md. */
enum out_state {
	OUT_QUEUED,    /* due at not_before */
	OUT_SENDING,   /* an attempt row is committed */
	OUT_ACCEPTED,  /* the far side took it */
	OUT_SENT,      /* a text: its gateway gave it to the network */
	OUT_DELIVERED, /* proof of delivery (R13) */
	OUT_UNKNOWN,   /* the far side may have it (rules.md 5.38) */
	OUT_EXPIRED,   /* a text: its validity ended before a phone had it */
	OUT_FAILED,    /* refused for good, bounced, or given up */
	OUT_CANCELLED, /* #undo, or nothing left to say */
	OUT_BUNDLED, /* a notice that goes, or went, in a bundle (5.33) */
	OUT_STATE_COUNT
};

const char *out_state_name(enum out_state state);
int out_state_from(const char *name, enum out_state *ret) must_check;
bool out_state_may_move(enum out_state from, enum out_state to);
/* The far side has it, and says no more. */
bool out_state_is_on_its_way(enum out_state state);
/* It has not arrived, and will not by itself. */
bool out_state_is_lost(enum out_state state);

/* What a reply to this message means (rules.md 5.13, 5.30). */
enum reply_kind {
	REPLY_NONE,	/* no reply token */
	REPLY_OWNER,	/* to an owner: their reply is a follow-up */
	REPLY_MATTER,	/* to staff, carries the matter: reply goes to the owner */
	REPLY_INTERNAL, /* reminder, escalation, transcript: reply is a note */
	REPLY_ASK,	/* a question to a colleague: answer to the asker */
	REPLY_INCIDENT, /* to its handler: reply goes to all its owners */
	REPLY_DIGEST,	/* to staff, about no case: reply goes to the chair, or
			 * to the cases that it names */
	REPLY_BUNDLE,	/* the same, and words of no case go to nobody (5.33) */
	REPLY_CONFIRM,	/* "was that you?": #confirm carries out its cause */
	REPLY_KIND_COUNT
};

/* A MIME part of an inbound mail that goes along unchanged. */
struct passed_part {
	int64_t inbox; /* row whose raw bytes hold it */
	size_t offset;
	size_t length;
};

struct outgoing {
	out_id id;
	case_id case_id; /* 0: none */
	const char *estate;
	enum channel channel;
	enum role role;
	const char *person; /* staff id, or NULL */
	const char *to;	    /* mail address or E.164 */
	const char *to_name;
	const char *template_name; /* "ack" */
	enum language language;

	const char *subject; /* mail only */
	const char *text;
	const char *layout; /* mail only: its lines' forms (core/letter.h) */
	const char *html;   /* made from them when it is sent; not kept */
	/* Where the gateway sends templates only: what its template is filled
	 * with, a JSON object in the order of the settings; else NULL. */
	const char *params;
	const struct passed_part *parts;
	size_t part_count;
	unsigned sms_parts; /* what a text costs; counted, not kept */

	const char *message_id; /* without angle brackets */
	const char *in_reply_to; /* or NULL */
	const char *references; /* space-separated, without brackets, or NULL */
	const char *reply_to;	/* address with token, or NULL */
	bool null_sender;	/* acknowledgements (architecture.md 5.4) */
	const char *sender;	/* account: smtp or sms channel name */

	enum reply_kind reply_kind;
	bool is_automatic; /* counts for the brakes (rules.md 5.19) */
	bool is_urgent;	   /* emergency: first in the queue, never held */
	bool is_outcome;   /* its delivery is the proof of R13 */
	bool is_notice;	   /* to staff, and may be bundled (rules.md 5.33) */
	msec_t created_at;
	msec_t not_before;
	/* Held for #undo (rules.md 5.11): the row of its author's confirmation,
	 * from whose acceptance the time counts; not_before is the latest.  0:
	 * not held. */
	out_id waits_for;
	int64_t cause; /* inbox row that brought it about, or 0 */
	out_id bundle; /* of OUT_BUNDLED: the mail it went in; 0: it waits */
};

/* It asks people how it was: by day only (rules.md 2.4). */
bool out_is_survey(const struct outgoing *out);

/* The state of a row, for reports and for the courier. */
struct out_status {
	enum out_state state;
	int attempts;
	int64_t attempt; /* the last one's row; 0: none */
	msec_t accepted_at;
	/* A text: by then a report is due, or it is given up (core/silence.h);
	 * 0: none is waited for. */
	msec_t report_due;
	const char *answer; /* the far side's last words */
};

#endif
