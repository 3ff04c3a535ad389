/*
 * sentences - the short sentences that handlers put into texts, transcripts
 * and refusals, in both languages.
 *
 * One table, so that wording is edited in one place.  Whole messages are
 * templates (core/texts.h).
 */
#ifndef HANDLERS_SENTENCES_H
#define HANDLERS_SENTENCES_H

#include "core/vocabulary.h"

struct arena;

enum sentence {
	/* done, for transcripts */
	SAY_TAKEN,
	SAY_ASSIGNED,
	SAY_NOTED,
	SAY_NOTED_PLAIN,
	SAY_REPLIED,
	SAY_REPLIED_HELD,
	SAY_FINDING,
	SAY_URGENT,
	SAY_SEVERITY,
	SAY_CATEGORY,
	SAY_ESCALATED,
	SAY_RESOLVED,
	SAY_RESOLVED_NO_WAY,
	SAY_REOPENED,
	SAY_CLOSED,
	SAY_FEEDBACK,
	SAY_AFTER_REPORT,
	SAY_ALERT_ANSWERED,
	SAY_RETURNED,
	SAY_SPAM,
	SAY_HANDED_OVER,
	SAY_DUE,
	SAY_EXTENDED,
	SAY_PROMISED,
	SAY_UNDONE,
	SAY_SHOWN,
	SAY_HELPED,
	SAY_WARNING,
	SAY_LOGGED,
	SAY_LOGGED_TOLD,
	SAY_LOGGED_UNTOLD,
	/* refused */
	NO_CASE,
	NO_AVAILABLE,
	NO_STATE,
	NO_LEVEL,
	NO_FOUND,
	NO_TEXT,
	NO_OUTCOME,
	NO_WORDING,
	NO_SKIP,
	NO_HIGHER,
	NO_TRANSFER,
	NO_PERSON,
	NO_CATEGORY,
	NO_SEVERITY,
	NO_CLOSE_FEEDBACK,
	NO_CLOSE_EARLY,
	NO_CLOSE_REPORT,
	NO_CLOSE_RESOLVE,
	NO_PIN,
	NO_REPORT_OWED,
	NO_COMMAND,
	NO_EMPTY,
	NO_TIME,
	NO_LATE,
	NO_TOO_LONG,
	NO_EXTENDED_TWICE,
	NO_UNDO,
	NO_CLEAR_TIME,
	NO_NEW_ALONE,
	NO_NEW_PHONE,
	NO_NEW_TEXT,
	NO_NEW_PLACE,
	/* reasons in texts to staff */
	WHY_AGITATED,
	WHY_NO_ADDRESS,
	WHY_NOT_DELIVERED,
	WHY_CALLBACK,
	WHY_NO_ANSWER,
	WHY_OVERDUE,
	WHY_EMERGENCY,
	WHY_TRANSFERS,
	WHY_LOW_RATING,
	WHY_NOT_FIXED,
	WHY_WROTE_AGAIN,
	WHY_UNVERIFIED_TOKEN,
	WHY_UNVERIFIED_AUTH,
	WHY_WITHDRAWN,
	WHY_NEWS,
	WHY_AFTER_REPORT,
	SENTENCE_COUNT
};

/* `arg' stands where the sentence has "{}"; NULL is "". */
const char *sentence(enum sentence which, enum language language,
    const char *arg, struct arena *arena);

#endif
