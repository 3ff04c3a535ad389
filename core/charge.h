/*
 * charge - what each level of the ladder has in its charge or is about to get,
 * for its list in the morning (R26, R27).
 *
 * Made from the timers of the open cases, which say exactly what will happen
 * next.  What the supervisor read as late in the summary of the evening (R12)
 * is not said to them again.
 */
#ifndef CORE_CHARGE_H
#define CORE_CHARGE_H

#include "core/case.h"
#include "core/config.h"
#include "core/input.h"
#include "core/weekly.h"
#include "lib/units.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct snapshot_event;

/* The lowest level that has a list. */
enum { CHARGE_FIRST = 2, CHARGE_CASES_MAX = 500, CHARGE_LIST_MAX = 40 };

/* An open case, and where on the ladder it stands. */
struct charge_case {
	struct case_file file; /* weekly_brief(), with all its subjects */
	msec_t due;            /* the nearest that runs, or was missed first */
	msec_t late_since;     /* 0: it is not late */
	/* Put in charge of it, and the level has not acted since then. */
	msec_t untaken_since;
	/* The level that gets it next, and when; 0: none. */
	int next_level;
	msec_t next_at;
};

struct charge_view {
	const struct charge_case *list;
	size_t count;
	int total;
};

/* What one reader is told; the total of each list counts what is left out. */
struct charge_list {
	int level;
	struct weekly_list mine;
	struct weekly_list below; /* not taken by the level below */
	struct weekly_list coming;
	int left_out; /* cases that were too many to look at */
};

/* Where the case stands, from its story and its timers. */
struct charge_case charge_of(const struct config *conf,
    const struct case_file *file, const struct snapshot_event *events,
    size_t event_count, const struct timer *timers, size_t timer_count,
    msec_t now);

/* Whose list, and of when. */
struct charge_ask {
	const struct config *conf;
	const struct estate *estate;
	int level;
	const struct staff *reader;
	/* Reads the list of the level below: cases about them go one level up
	 * (R9).  Or NULL. */
	const struct staff *below;
	msec_t now;
	msec_t until; /* the next list comes then */
	msec_t told;  /* the last summary of the day came then */
};

/* In the arena. */
struct charge_list charge_list(const struct charge_view *view,
    const struct charge_ask *ask, struct arena *arena);

#endif
