/*
 * incidents - one fault of several households, and what was written to all of
 * them (core/incident.h).
 *
 * Which case belongs to which incident stands in the case's own row.  All
 * look-ups go over open cases by an index, so none grows with history.
 */
#ifndef STORE_INCIDENTS_H
#define STORE_INCIDENTS_H

#include "core/incident.h"
#include "lib/cleanup.h"

#include <stddef.h>

struct arena;
struct err;
struct store;

/* 1, 0 none, -1. */
int incident_load(struct store *store, incident_id id, struct arena *arena,
    struct incident *ret, struct err *err) must_check;
incident_id incident_next_id(struct store *store);

/* What cases are like one of that category at that place (a building, or an
 * area without one), received since then and open; newest first. */
struct incident_near {
	const char *estate;
	const char *category;
	struct place place;
	msec_t since;
};
/* The count. */
int incident_near(struct store *store, const struct incident_near *like,
    struct arena *arena, struct incident_case *ret, int max, struct err *err)
    must_check;
/* Its open cases, newest first.  The count. */
int incident_cases(struct store *store, incident_id id, struct arena *arena,
    struct incident_case *ret, int max, struct err *err) must_check;

/* Its words after that one, at most `max'; or the `max' newest.  Both oldest
 * first.  The count. */
int incident_words_after(struct store *store, incident_id id, int64_t after,
    struct arena *arena, struct incident_word *ret, int max, struct err *err)
    must_check;
int incident_words_newest(struct store *store, incident_id id,
    struct arena *arena, struct incident_word *ret, int max, struct err *err)
    must_check;

/* Insert, or overwrite what may change of it. */
int incident_save(struct store *store, const struct incident *incident,
    struct err *err) must_check;
int incident_join(struct store *store, case_id id, incident_id incident,
    int64_t told, struct err *err) must_check;
int incident_word_add(struct store *store, const struct incident_word *word,
    struct err *err) must_check;
int incident_word_undo(struct store *store, int64_t word, struct err *err)
    must_check;
/* Words that wait for this confirmation go at `due', or sooner where they were
 * to go sooner; their cases' timers ring for it. */
int incident_words_release(struct store *store, out_id confirmation,
    msec_t due, struct err *err) must_check;
/* Set the incident timer of every open case, whatever their number; one that
 * is due earlier stays. */
int incident_ring(struct store *store, incident_id id, msec_t due,
    struct err *err) must_check;

#endif
