/*
 * emergency - alarms, whom they reach, and who is owed a report afterwards
 * (R24, R25, rules.md 5.24).
 */
#ifndef HANDLERS_EMERGENCY_H
#define HANDLERS_EMERGENCY_H

#include "handlers/work.h"

enum alert_step {
	ALERT_FIRST, /* duty agent, head of the department, L2, L4 */
	ALERT_AGAIN, /* the same, the other L1, the department's people */
	ALERT_TOP,   /* L5 */
};

/* The case is an emergency from now on: alarms, call list, the skipped level
 * and the report that it is owed.  `parts' are photos that go along. */
void emergency_start(struct work *work, const char *actor,
    const struct passed_part *parts, size_t part_count);
/* One step of the call list; recorded as `alerted'. */
void emergency_alert(struct work *work, enum alert_step step,
    const struct passed_part *parts, size_t part_count);
/* A case that was none becomes one (#urgent, an owner's follow-up). */
void emergency_raise(
    struct work *work, const char *actor, const char *text);

/* A level was passed over: it is owed a report (R25). */
void emergency_skip(struct work *work, int level, const char *actor);

#endif
