/*
 * case_row - a case as columns; the lists of sql.c in the same order.
 */
#ifndef STORE_CASE_ROW_H
#define STORE_CASE_ROW_H

#include "core/case.h"
#include "store/row.h"

enum { CASE_FIXED_COUNT = 4, CASE_LIVE_COUNT = 42, CASE_PEOPLE_COUNT = 9 };

extern const struct column case_fixed[CASE_FIXED_COUNT];
extern const struct column case_live[CASE_LIVE_COUNT];
extern const struct column case_people[CASE_PEOPLE_COUNT];

/* A row of CASE_SELECT: id, fixed, live, people. */
int case_row_read(const struct query *query, struct arena *arena,
    struct case_file *ret, struct err *err) must_check;

/* Insert the case, or overwrite what may change of it. */
int case_save(struct store *store, const struct case_file *file,
    struct err *err) must_check;
/* The contact that was made for it (rules.md 5.39). */
int case_set_owner(struct store *store, case_id id, int64_t owner,
    struct err *err) must_check;
int case_set_rating(
    struct store *store, case_id id, int score, struct err *err) must_check;
/* Every rating; the case holds the last one only. */
int rating_add(struct store *store, case_id id, int score, const char *text,
    msec_t now, struct err *err) must_check;

#endif
