/*
 * surveys - the monthly sample of households, and what they answered (R35,
 * R37).
 */
#ifndef STORE_SURVEYS_H
#define STORE_SURVEYS_H

#include "core/config.h"
#include "core/survey.h"
#include "lib/cleanup.h"
#include "lib/units.h"

struct arena;
struct err;
struct store;

/* Whom a draw may take: nobody of a household in which somebody has an open
 * case or was asked since then, no staff, no opted-out number or mailbox. */
struct survey_frame {
	const struct config *conf;
	const struct estate *estate;
	const char *seed;
	msec_t asked_since;
};

/* How many households there are, or -1; and one person each of at most
 * ret->want of them, which the caller has set.  The register is read row by
 * row. */
int64_t survey_households(struct store *store, const struct estate *estate,
    struct err *err) must_check;
int survey_pick_run(struct store *store, const struct survey_frame *frame,
    struct survey_pick *ret, struct err *err) must_check;

/* These addresses have an open case, or were asked how it was since then. */
bool survey_is_busy(struct store *store, const char *mail, const char *phone,
    msec_t asked_since);

/* Those drawn and not yet asked, the first first: the count. */
int surveys_waiting(struct store *store, const char *estate,
    struct arena *arena, struct survey *ret, int max, struct err *err)
    must_check;
int64_t surveys_waiting_count(struct store *store, const char *estate);
/* The unanswered question of the estate to this address since then: 1, 0, -1.
 */
int survey_open(struct store *store, const char *estate, const char *address,
    msec_t since, struct arena *arena, struct survey *ret,
    struct err *err) must_check;

int survey_draw_add(struct store *store, const struct survey_draw *draw,
    msec_t now, struct err *err) must_check;
int survey_note(struct store *store, const struct survey_news *news,
    struct err *err) must_check;

/* Of the weeks [from, to); home visits proposed up to a year ago. */
int survey_week_load(struct store *store, const char *estate, msec_t from,
    msec_t to, struct survey_week *ret, struct err *err) must_check;

#endif
