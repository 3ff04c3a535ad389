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
/* One step of the call list; recorded as `alerted'.  `words' are what is new
 * since the first message; NULL: those of the alarm before. */
void emergency_alert(struct work *work, enum alert_step step, const char *words,
    const struct passed_part *parts, size_t part_count);
/* A case that was none becomes one (#urgent, an owner's follow-up). */
void emergency_raise(
    struct work *work, const char *actor, const char *text);
/* One that it is already: those who were alarmed hear what is new. */
void emergency_again(
    struct work *work, const char *actor, const char *text);
/* The owner hears what to do, by mail and by text (R3), and is asked for the
 * place where it is not known.  `word' is what all of an incident were told,
 * or NULL. */
void emergency_acknowledge(struct work *work, const struct incident_word *word);
/* The message at hand, of the case's owner, tells of danger: the case is
 * reopened if need be and raised; an emergency that runs is alarmed anew. */
void emergency_from_owner(struct work *work);

/* A level was passed over: it is owed a report (R25). */
void emergency_skip(struct work *work, int level, const char *actor);
/* When the report that is owed is due (rules.md 5.25). */
msec_t emergency_report_due(const struct work *work);

#endif
