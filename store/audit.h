/*
 * audit - does the record still hold (R2, architecture.md 5.8)?
 *
 * Walks events and cases in slices of bounded size, so that a desk at work
 * stands still only for a moment, and goes on after a break: every broken
 * place is told.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "core/case.h"
#include "lib/cleanup.h"
#include "lib/digest.h"

#include <stdbool.h>
#include <stdint.h>

struct err;
struct store;

enum audit_fault {
	AUDIT_RECORD,    /* this row was changed, or the one before it */
	AUDIT_MISSING,   /* rows were taken out before this one */
	AUDIT_TEXT,      /* its text was changed */
	AUDIT_TEXT_GONE, /* its text is gone and the case is not erased */
	AUDIT_STATE,     /* a state that there is not */
	AUDIT_MOVE,      /* not a legal move (core/case.h) */
	AUDIT_ANCHOR,    /* not the record whose chain was noted down */
	AUDIT_LAST,      /* the case's state is not that of its last event */
};

/* Texts are borrowed for the call. */
struct audit_finding {
	enum audit_fault fault;
	int64_t event;      /* 0: about the case as a whole */
	const char *number; /* of the case, or NULL */
	const char *from;   /* AUDIT_MOVE, AUDIT_LAST: the event's state; or
			     * NULL: the case had none */
	const char *to;     /* the state that was moved to, or found */
	int64_t missing;    /* AUDIT_MISSING: how many */
};

struct audit {
	/* Where it stands; all zero before the first slice. */
	int64_t after_event;
	uint8_t chain[SHA256_BYTES]; /* of that event */
	case_id after_case;
	/* What a past walk ended with, to be met again; 0: none. */
	int64_t anchor;
	uint8_t anchor_chain[SHA256_BYTES];
	/* Counted, added to by each slice. */
	int64_t erased; /* events whose text was forgotten (R43) */
	void (*found)(void *arg, const struct audit_finding *finding);
	void *arg;
};

/* The next `max' events; how many there were (fewer: the end), or -1. */
int audit_events(struct store *store, struct audit *audit, int max,
    struct err *err) must_check;
/* The last event's id, 0 when there is none. */
int64_t audit_last_event(struct store *store);

/* The next `max' cases, their ids in `ret'; the count, or -1. */
int audit_cases(struct store *store, struct audit *audit, case_id *ret, int max,
    struct err *err) must_check;

#endif
