/*
 * incident - one fault that several households report (rules.md 2.2 "hot",
 * R41).
 *
 * Each household keeps its own case, number, first responder and outcome
 * message; what they share is who works on it and what that person writes to
 * all.  Staff call an incident by the number of its first case; owners never
 * read it.
 */
#ifndef CORE_INCIDENT_H
#define CORE_INCIDENT_H

#include "core/case.h"
#include "core/config.h"
#include "core/outgoing.h"
#include "core/place.h"
#include "lib/units.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

typedef int64_t incident_id;

struct incident {
	incident_id id;     /* 0: none */
	const char *number; /* of its first case */
	const char *estate;
	const char *category;
	struct place place; /* a building or an area, nothing finer */
	bool is_open;   /* takes new reports; not once its outcome is written */
	bool is_raised; /* so many households that normal became major */
	bool is_taken;  /* the handler took it, and was not only named */
	const char *handler; /* of all its cases; staff id or NULL */
	const char *department;
	msec_t opened_at;
};

enum word_kind { WORD_REPLY, WORD_OUTCOME };

/* What somebody wrote to all owners of an incident.  Each case gives it to its
 * own owner, in order, and remembers the last one (case_file.incident_told). */
struct incident_word {
	int64_t id; /* ascending; the store gives it */
	incident_id incident;
	enum word_kind kind;
	const char *author; /* staff id */
	const char *text;
	msec_t at;
	msec_t goes_at;    /* held for #undo until then (rules.md 5.11) */
	out_id waits_for;  /* at the latest: see struct outgoing */
	msec_t promise_at; /* the time that it names (R11b), or 0 */
	const struct passed_part *parts; /* files that go along */
	size_t part_count;
};

/* An open case as its neighbours see it. */
struct incident_case {
	case_id id;
	const char *number;
	enum case_state state;
	enum kind kind;
	enum severity severity;
	struct place place; /* of the matter */
	struct place home;  /* of its owner in the register; empty: not known */
	const char *mail;
	const char *phone;
	const char *owner_name;
	const char *first_responder;
	const char *handler;
	incident_id incident;
};

/* An incident with what a decision has to know of it. */
struct incident_view {
	struct incident it;                /* id 0: none */
	const struct incident_word *words; /* oldest first */
	size_t word_count;
	const struct incident_case *cases; /* newest first */
	size_t case_count;
};

/* A complaint or request about a building or an area.  What has no kind of
 * its own, and what people did, is no fault that neighbours share. */
bool incident_is_possible(const struct case_file *file);
/* The building, else the area; empty when the place has neither. */
struct place incident_place(const struct place *place);

/* The case as its neighbours will see it; `home' may be NULL. */
struct incident_case incident_case_of(
    const struct case_file *file, const struct place *home);
/* Those of `cases' that belong to that incident (0: to none), without the
 * case `but'; the count.  *ret lives in the arena. */
size_t incident_select(const struct incident_case *cases, size_t count,
    incident_id of, case_id but, struct arena *arena,
    const struct incident_case **ret);
/* How many households: a household is the owner's flat, else the flat of the
 * matter, else the mail address or number that wrote.  `self' counts too. */
int incident_households(const struct incident_case *self,
    const struct incident_case *others, size_t count, struct arena *arena);

/* What has been said to all and still holds at `now': the last word that went
 * out, unless it names a time that has passed; or NULL. */
const struct incident_word *incident_known(
    const struct incident_view *view, msec_t now);
/* The first word that is still held, or NULL. */
const struct incident_word *incident_held(
    const struct incident_view *view, msec_t now);

/* The first name, number, address or room of one household in a text that
 * goes to all of them (R41), in the arena; or NULL. */
const char *incident_names_one(const char *text,
    const struct incident_case *cases, size_t count, struct arena *arena);

#endif
