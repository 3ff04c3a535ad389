/*
 * plan - measures that were promised, and whom the desk asked for some (R28,
 * R29, R33).
 *
 * The chair of the weekly meeting writes down what is to be done, and the head
 * of a department what they will do about the opinions of a week.  Either has a
 * responsible and a day, is reminded of once, and stands in the next digests
 * until it is done.
 */
#ifndef CORE_PLAN_H
#define CORE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/vocabulary.h"
#include "lib/units.h"

struct arena;
struct calendar;

enum plan_source {
	PLAN_MEETING,  /* the chair, in answer to the digest (R33) */
	PLAN_OPINIONS, /* a head, in answer to what owners said (R29) */
	PLAN_SOURCE_COUNT
};

const char *plan_source_name(enum plan_source source);

struct plan {
	int64_t id; /* people write P3 */
	const char *estate;
	enum plan_source source;
	const char *department;  /* that it is about; NULL: none */
	const char *measure;     /* NULL once it was erased (R43) */
	const char *responsible; /* staff id, or department code */
	const char *made_by;     /* staff id */
	msec_t made_at;
	msec_t due;
	msec_t alarm; /* when somebody is told next; 0: never */
	msec_t done_at;
	const char *done_by;
	const char *outcome; /* what they wrote, or NULL */
};

bool plan_is_overdue(const struct plan *plan, msec_t now);

/* What a department was asked to answer for the opinions of [from, to). */
struct plan_request {
	int64_t id;
	const char *estate;
	const char *department;
	const char *asked; /* staff id: whom the mail went to */
	msec_t from, to;
	int opinions; /* how many there were */
	msec_t asked_at;
	msec_t due;
	int step; /* of the ladder: PLAN_STEP_* */
	msec_t alarm;
	msec_t answered_at;
};

enum { PLAN_STEP_REMIND, PLAN_STEP_ESCALATE, PLAN_STEP_OVER };

/* Who does not come to a meeting, and why (R32). */
struct excuse {
	const char *estate;
	const char *staff;
	msec_t meeting;
	const char *reason;
	msec_t told_at;
};

/* Of one estate: all that is open, and what was done since a moment. */
struct plan_view {
	const struct plan *plans;
	size_t plan_count;
	const struct plan_request *requests;
	size_t request_count;
};

/* "P3", "p3", "3" and a wide form of them: 3; else 0. */
int64_t plan_number(const char *word);
/* "P3". */
const char *plan_word(int64_t id, struct arena *arena);

/* A day is over at the end of business: of itself, or of the next working day.
 * `at' with an hour stays what it is. */
msec_t plan_due(const struct calendar *calendar, msec_t at, bool is_day);

#endif
