/*
 * incident - one fault of several households: when it begins, who belongs to
 * it, and what its cases have in common (rules.md 2.2, R41).
 *
 * Nothing that one household said goes to another.  An emergency belongs to
 * an incident too, but keeps its own alarms and its own handler.
 */
#ifndef HANDLERS_INCIDENT_H
#define HANDLERS_INCIDENT_H

#include "handlers/work.h"

struct meeting {
	bool is_new;    /* the incident begins with this case */
	bool is_raised; /* now there are so many households that it is major */
	int households; /* 0: the case belongs to none */
};

/* The case may belong to an incident and nobody has looked for its
 * neighbours: end here (work_must_look). */
bool incident_must_look(struct work *work);
/* The case joins its neighbours' incident, or begins one with them; both with
 * events.  Before its clocks start, because its severity may rise.  `is_told':
 * its owner reads in the acknowledgement what is known (incident_known). */
struct meeting incident_meet(struct work *work, bool is_told);
/* Those who work on it hear of it, L3 once. */
void incident_announce(struct work *work, const struct meeting *meeting);

/* Staff put the case into that incident; its owner is given the word that
 * holds now. */
void incident_add(
    struct work *work, const struct incident_view *view, const char *actor);
/* The owner is given that word soon, in a message of its own. */
void incident_tell_apart(
    struct work *work, const struct incident_word *word);
/* The same as incident_add() for a case that is not at hand. */
void incident_add_other(struct work *work, const struct incident_case *other,
    const struct incident *incident, int64_t told, const char *actor);
void incident_leave(struct work *work, const char *actor);

/* incident_follow.c */
/* Keep work->incident as it is now. */
void incident_save_it(struct work *work);
/* All its cases look into it at `due', or right after this decision. */
void incident_wake(struct work *work, msec_t due);
/* Severity and handler of the incident become the case's; true when the
 * severity rose and its clocks have to start anew. */
bool incident_adopt(struct work *work);
/* The same, clocks too, for a case that is open. */
void incident_align(struct work *work);
/* Staff have changed the case at hand, which was `before': the incident and
 * its other cases follow. */
void incident_follow(struct work *work, const struct case_file *before);
/* Who answers for it: its handler, else the head of its department. */
const struct staff *incident_holder(const struct work *work);

/* incident_words.c: give the owner what was written to all. */
void incident_give_words(struct work *work);

#endif
