/*
 * round - what an estate looks after by the clock, whatever its cases do.
 *
 * A timer belongs to a case; a round belongs to an estate and has one row for
 * each kind.  `since' is where the last one of that kind ended, so that every
 * moment is looked at exactly once, however long the desk stood still.
 */
#ifndef CORE_ROUND_H
#define CORE_ROUND_H

#include "core/brake.h"
#include "core/case.h"
#include "core/config.h"
#include "lib/units.h"

#include <stdbool.h>
#include <stddef.h>

enum round_kind {
	ROUND_DAILY,  /* the supervisor's summary of the day (R12) */
	ROUND_ROSTER, /* is somebody on duty, two days from now (R46)? */
	ROUND_WEEKLY, /* the digest for the weekly meeting (R30) */
	ROUND_CHARGE, /* each level's list in the morning (R26, R27) */
	ROUND_SURVEY, /* a sample of the households is asked (R35) */
	ROUND_PLANS,  /* has what was promised been done (R29, R33)? */
	ROUND_MEETING, /* who does not come to the meeting (R32) */
	ROUND_HOME_VISITS, /* households to call on (R36) */
	ROUND_KIND_COUNT
};

const char *round_kind_name(enum round_kind kind);

struct round {
	const char *estate;
	enum round_kind kind;
	msec_t since;
	msec_t due;
};

/* The first round of a kind for an estate that is new at `now'. */
struct round round_first(const struct config *conf, const struct estate *estate,
    enum round_kind kind, msec_t now);
/* When the summary is due next, after `after': rules.daily_at of a working
 * day. */
msec_t round_daily_next(
    const struct config *conf, const struct estate *estate, msec_t after);
/* When the levels' lists are due next: rules.escalation_digest_at
 * of a working day. */
msec_t round_charge_next(
    const struct config *conf, const struct estate *estate, msec_t after);
/* When a round is due that has looked at everything before `since'; the settings
 * and the calendar may be others than when its row was written. */
msec_t round_due(const struct config *conf, const struct estate *estate,
    const struct round *round);

/* The survey's time on the first working day of a month, after `after'; of
 * each `months'-th from January on: 1, or 3 for a quarter (rules.md 5.29). */
msec_t round_monthly_next(const struct config *conf,
    const struct estate *estate, int months, msec_t after);

/* Up to where a look at `now' reaches: a gap is told so long ahead (R46). */
msec_t round_roster_horizon(const struct config *conf, msec_t now);

/* What a summary tells: the lists are cut at a ceiling, the totals are not. */
struct round_cases {
	const struct case_file *list;
	size_t count;
	int total;
};

struct round_bin {
	const char *bin; /* spam, unclear, ... */
	int count;
};

struct round_view {
	struct round_cases fresh; /* received since the last summary */
	struct round_cases late;  /* open, and a due has passed */
	int open;
	int fed_back;             /* since the last summary */
	struct round_bin bins[8]; /* messages that became no case (R1) */
	size_t bin_count;
	int stopped[CAP_COUNT]; /* by each cap; by brakes [CAP_NONE] (5.19) */
};

#endif
