/*
 * input - what a decision can be about: a message, a timer, news about
 * something that we sent, or a round of the clock.
 */
#ifndef CORE_INPUT_H
#define CORE_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/case.h"
#include "core/message.h"
#include "core/outgoing.h"
#include "core/round.h"
#include "lib/units.h"

/* One row per case and kind; `step' counts how far it has walked. */
enum timer_kind {
	TIMER_TAKE,	/* must be taken (R10, R26): remind, then L2 */
	TIMER_DISPATCH, /* must be with a department */
	TIMER_REPLY,	/* first substantive reply (R20, R26) */
	TIMER_OUTCOME,
	TIMER_PROMISE,	/* R11 */
	TIMER_NEWS,	/* R14 */
	TIMER_ALERT,	/* emergency call list (R24) */
	TIMER_CALL,	/* phone the agitated owner (R5) */
	TIMER_CLARIFY,	/* no answer to our question (R6) */
	TIMER_RATING,	/* ask for a rating (R34) */
	TIMER_CLOSE,	/* 24 h after acceptance (rules.md 5.22) */
	TIMER_AFTER_REPORT, /* R25 */
	TIMER_ESCALATION,   /* must be taken by its level (R27) */
	TIMER_FEEDBACK, /* the outcome has not reached the owner (R13) */
	TIMER_CALLBACK,	    /* the owner asked to be called (4.4) */
	TIMER_ASK,	    /* a colleague was asked (R21) */
	TIMER_INCIDENT, /* look what its incident has for it (R41) */
	TIMER_VISIT,	/* a call how it was (R34) */
	TIMER_KIND_COUNT
};

const char *timer_kind_name(enum timer_kind kind);
int timer_kind_from(const char *name, enum timer_kind *ret) must_check;

struct timer {
	case_id case_id;
	enum timer_kind kind;
	int step;
	msec_t due;
};

/* News about an outgoing row: from the courier, the gateway, or a bounce. */
struct report {
	out_id out;
	enum out_state state; /* not QUEUED, SENDING or UNKNOWN */
	const char *answer;   /* the far side's words, cleaned */
	/* The far side has said nothing: */
	bool is_silent;  /* no report came in time (core/silence.h) */
	bool is_cut_off; /* an urgent text could not be handed over */
	bool is_optout; /* the gateway knows that they want no texts (R53) */
};

enum input_kind {
	INPUT_MESSAGE,
	INPUT_TIMER,
	INPUT_REPORT,
	INPUT_UNREADABLE,
	INPUT_ROUND,
	INPUT_HANDOVER, /* the cases of somebody who is away or has left (R18) */
	INPUT_BUNDLE, /* notices that waited go in one mail (rules.md 5.33) */
};

struct input {
	enum input_kind kind;
	int64_t inbox; /* row of the message, or 0 */
	const char *source; /* mailbox or SMS channel it came by */
	const char *estate;
	msec_t received_at;
	/* Came from elsewhere, and this person has said that it is theirs. */
	const char *vouched_by;
	bool is_old; /* lay there before the desk: nothing automatic answers */
	const struct message *message; /* INPUT_MESSAGE */
	const char *reason; /* INPUT_UNREADABLE: why the reader gave up */
	struct timer timer;
	struct round round; /* INPUT_ROUND */
	struct report report;
	const char *staff; /* INPUT_HANDOVER: whose cases; INPUT_BUNDLE: whose
			    * notices */
};

#endif
