/*
 * brakes - how much has gone out, and what was held back for it (core/brake.h).
 *
 * Each figure is a row of an index or a range of a day; none grows with
 * history.  A failure of those that return nothing is met by the next commit.
 */
#ifndef STORE_BRAKES_H
#define STORE_BRAKES_H

#include "core/brake.h"
#include "core/case.h"
#include "core/round.h"
#include "lib/cleanup.h"
#include "lib/units.h"

struct err;
struct store;

/* A text of that many parts was given to the channel. */
int sms_spend(struct store *store, const char *channel, unsigned parts,
    msec_t at, struct err *err) must_check;
/* Since then, which is the start of a quarter of an hour. */
void sms_spent_since(struct store *store, const char *channel, msec_t since,
    struct sms_spent *ret);
/* Texts to an owner's number since then, and of those about a case (or 0). */
void sms_had_since(struct store *store, const char *number, case_id about,
    msec_t since, struct sms_had *ret);

struct braked {
	const char *estate;
	const char *template_name;
	enum cap cap;
	case_id case_id; /* or 0 */
	bool went;
};
int braked_add(struct store *store, const struct braked *braked, msec_t at,
    struct err *err) must_check;
/* Has that cap held back, or been passed by, anything since then? */
bool braked_since(struct store *store, const char *estate, enum cap cap,
    case_id about, msec_t since);
/* How much each cap held back, CAP_NONE: a brake. */
void braked_counts(struct store *store, const char *estate, msec_t from,
    msec_t to, int ret[static CAP_COUNT]);

#endif
