/*
 * case - the owner's matter from first word to outcome (rules.md 1.0, R2).
 *
 * The struct is named case_file because `case' is a word of C.  A decision
 * works on a copy and hands the whole copy back as an effect.
 */
#ifndef CORE_CASE_H
#define CORE_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/place.h"
#include "core/vocabulary.h"
#include "lib/units.h"

typedef int64_t case_id;

enum case_state {
	CASE_NEW,
	CASE_ACKNOWLEDGED,
	CASE_ASSIGNED,
	CASE_IN_PROGRESS,
	CASE_WAITING_OWNER,
	CASE_WAITING_THIRD_PARTY,
	CASE_RESOLVED,
	CASE_FED_BACK,
	CASE_CLOSED,
	CASE_REOPENED,
	CASE_MERGED,
	CASE_WITHDRAWN,
	CASE_SPAM,
	CASE_OUT_OF_SCOPE,
	CASE_STATE_COUNT
};

const char *case_state_name(enum case_state state);
int case_state_from(const char *name, enum case_state *ret) must_check;
const char *case_state_word(enum case_state state, enum language language);

/* The legal moves of rules.md 1.0, one table. */
bool case_may_move(enum case_state from, enum case_state to);
/* Not resolved, not at an end: the clocks run. */
bool case_is_open(enum case_state state);
/* closed, merged, withdrawn, spam, out of scope. */
bool case_is_ended(enum case_state state);

/* What a case owes its owner once the outcome has reached them: the return
 * visit of R34. */
enum visit {
	VISIT_NONE,	 /* nothing more */
	VISIT_ASK,	 /* a rating is asked for; of the silent by phone */
	VISIT_CALL,	 /* a person calls, no machine asks */
	VISIT_ANSWERED,	 /* they said how it was */
	VISIT_UNREACHED, /* called in vain on two days */
	VISIT_COUNT
};

const char *visit_name(enum visit visit);
/* Somebody still has to hear how it was. */
bool visit_is_owed(enum visit visit);

struct case_file;
/* A report of prohibited behaviour: whoever meets the offender is not told who
 * reported it (R47). */
bool case_hides_reporter(const struct case_file *file);

struct case_file {
	case_id id;
	const char *number; /* T261123-0007 */
	const char *estate; /* id in the configuration */
	enum case_state state;
	enum kind kind;
	const char *category; /* code of rules.md 2.1 */
	enum severity severity;
	bool agitated;
	bool hostile;

	/* The owner, as they wrote. */
	int64_t owner;	    /* row of the directory; 0: not known */
	enum channel channel; /* the one the owner used */
	const char *mail;   /* addresses of this owner for this case, or NULL */
	const char *phone;  /* E.164 */
	const char *owner_name;
	enum language language;
	struct place place;
	const char *subject; /* of the mail; NULL for a text */
	const char *text;    /* verbatim own words */

	/* Who. Staff ids of the configuration, or NULL. */
	const char *first_responder;
	const char *handler;
	const char *department;
	const char *subjects; /* ids of those a later message blames (R9) */
	int level;	   /* 1..5: who is in charge on the ladder */
	int transfers;	   /* changes of department (R19) */
	int reopened;	   /* how often */
	int after_reports; /* owed (R25) */

	/* One fault of several households (core/incident.h); 0: none. */
	int64_t incident;
	int64_t incident_told; /* the last of its words that the owner has */
	case_id merged_into;   /* the owner's other case, once merged */

	/* Instants; 0: none. */
	msec_t received_at;
	msec_t acknowledged_at;
	msec_t taken_at;
	msec_t first_reply_at;
	msec_t resolved_at;
	msec_t fed_back_at;
	msec_t closed_at; /* or ended in another way */
	msec_t take_due;
	msec_t dispatch_due;
	msec_t reply_due;
	msec_t outcome_due;
	msec_t promise_due;
	msec_t promise_told_at; /* they know of it: it arrived, or a call */
	msec_t news_due;
	msec_t last_news_at; /* the owner last heard something */

	const char *outcome; /* text fed back */
	int64_t outcome_out; /* outbox row that carries it; 0: none */
	int rating;	     /* 1..5; 0: none */
	enum visit visit;
	msec_t visit_tried_at; /* the last call in vain; 0: none */
	/* Asked for often enough, and nobody called; 0: it is not. */
	msec_t visit_overdue_at;

	/* Threading (RFC 5322 3.6.4): the owner's first Message-ID, and ours
	 * of the last mail in that conversation. */
	const char *owner_thread;
	const char *owner_last;
};

#endif
