/*
 * cases - the matters, their stories and their timers.
 */
#ifndef STORE_CASES_H
#define STORE_CASES_H

#include <stddef.h>

#include "core/case.h"
#include "core/effect.h"
#include "core/input.h"
#include "core/snapshot.h"
#include "lib/cleanup.h"

struct arena;
struct err;
struct store;

/* Look-ups: 1, 0 none, -1. */
int case_load(struct store *store, case_id id, struct arena *arena,
    struct case_file *ret, struct err *err) must_check;
int case_load_number(struct store *store, const char *number,
    struct arena *arena, struct case_file *ret, struct err *err) must_check;
/* The case of an inbound message with that Message-ID, in the estate. */
int case_by_message_id(struct store *store, const char *estate,
    const char *message_id, case_id *ret, struct err *err) must_check;
/* A case of a short serial, as it looks to one member of staff. */
struct case_namesake {
	case_id id;
	bool is_open;
	bool is_known; /* they had a message about it */
	msec_t told_at; /* ... last, that answers nothing of theirs; 0: never */
};

struct case_serial {
	const char *estate;
	int serial;
	msec_t since;	    /* received since then */
	const char *person; /* staff id, or NULL */
};

/* Cases by their short serial (rules.md 3.2), oldest first: the count, or
 * -1. */
int case_by_serial(struct store *store, const struct case_serial *want,
    struct case_namesake *ret, int max, struct err *err) must_check;
/* The same among the cases of one address (mail or E.164), for its owner: the
 * newest open one, else the newest (rules.md 4.4). */
int case_of_by_serial(struct store *store, const char *estate,
    const char *address, int serial, msec_t since, case_id *ret,
    struct err *err) must_check;

/* Open cases of an address (mail or E.164), newest first. The count.  NULL for
 * the estate of a phone: in all of them. */
int case_open_of(struct store *store, const char *estate, const char *address,
    struct arena *arena, struct case_brief *ret, int max, struct err *err)
    must_check;
/* Open cases in which this person is first responder or handler, oldest first;
 * the count. */
int case_open_of_staff(struct store *store, const char *estate,
    const char *staff, struct arena *arena, struct case_brief *ret, int max,
    struct err *err) must_check;
/* The case with a rating request to this address since then, unanswered; the
 * case whose last automatic question to it is unanswered since then. 1/0/-1 */
int case_pending_rating(struct store *store, const char *address, msec_t since,
    case_id *ret, struct err *err) must_check;
int case_open_question(struct store *store, const char *address, msec_t since,
    case_id *ret, struct err *err) must_check;
/* The case that they were asked about whether they mean to withdraw it. */
int case_open_withdrawal(struct store *store, const char *address,
    msec_t since, case_id *ret, struct err *err) must_check;
/* Cases of emergency alert texts to this phone since then that nobody has
 * taken (rules.md 4.4: `1'), oldest first: the count, or -1. */
int case_open_alerts(struct store *store, const char *phone, msec_t since,
    struct arena *arena, struct case_brief *ret, int max, struct err *err)
    must_check;
/* Open emergencies of alert texts to this phone since then that this member of
 * staff has, oldest first: the count, or -1. */
int case_taken_alerts(struct store *store, const char *phone,
    const char *staff, msec_t since, case_id *ret, int max, struct err *err)
    must_check;

/* The newest case of this phone whose outcome has been fed back since then, or
 * written and not reported to have arrived (rules.md 5.23). 1/0/-1 */
int case_outcome_to(struct store *store, const char *estate,
    const char *phone, msec_t since, case_id *ret, struct err *err) must_check;

/* The newest open case of this phone, received since then; `severity' NULL: of
 * any. 1/0/-1 */
int case_recent_of(struct store *store, const char *estate, const char *phone,
    msec_t since, const char *severity, case_id *ret, struct err *err)
    must_check;

/* The case of the latest text to this phone: of what is open since then, of what
 * is resolved or fed back since `over_since'. 1/0/-1 */
int case_last_texted(struct store *store, const char *estate, const char *phone,
    msec_t since, msec_t over_since, case_id *ret, struct err *err) must_check;

/* All events, oldest first. The list lives in the arena. */
int case_events(struct store *store, case_id id, struct arena *arena,
    struct snapshot_event **ret, size_t *ret_count, struct err *err) must_check;
/* Messages that belong to a case: inbox row ids, oldest first. The count. */
int case_messages(struct store *store, case_id id, int64_t *ret, int max,
    struct err *err) must_check;

/* For `shouwen list': filters that are NULL or 0 do not count. Newest first,
 * below `before' when given. The count. */
struct case_filter {
	const char *estate;
	const char *state;
	const char *severity;
	const char *handler;
	bool open_only;
	case_id before;
};
int case_list(struct store *store, const struct case_filter *filter,
    struct arena *arena, struct case_file *ret, int max, struct err *err)
    must_check;
int64_t case_count(struct store *store);

/* Counters for a snapshot. */
case_id case_next_id(struct store *store);
int case_next_serial(struct store *store, const char *day); /* "261123" */

/* Due timers, the earliest first; the count.  Each is handed out again until
 * a decision moves or cancels it. */
int timers_due(struct store *store, msec_t now, struct timer *ret, int max,
    struct err *err) must_check;
/* 0 when there is none. */
msec_t timers_next(struct store *store);
int timer_set(struct store *store, const struct timer *timer, struct err *err)
    must_check;
int timer_cancel(struct store *store, case_id id, enum timer_kind kind,
    struct err *err) must_check;
/* All timers of a case; the count. */
int timers_of(struct store *store, case_id id, struct timer *ret, int max,
    struct err *err) must_check;

#endif
