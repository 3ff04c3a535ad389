/*
 * plan - what was promised at the weekly meeting and about owners' opinions
 * (R29, R32, R33).
 */
#ifndef HANDLERS_PLAN_H
#define HANDLERS_PLAN_H

#include "core/commands.h"
#include "core/plan.h"
#include "handlers/orders.h"
#include "handlers/work.h"

/* #plan, #done and #absent, in answer to a mail about no case. */
void plan_make(struct orders *orders, const struct command *command);
void plan_finish(struct orders *orders, const struct command *command);
void plan_excuse(struct orders *orders, const struct command *command);
/* Whoever has to see to what plan_make() wrote down hears of it, each once. */
void plan_tell(struct work *work);

/* The round that reminds is due: something has been set that it has to look
 * at. */
void plan_ring(struct work *work);
/* opinions.c: what owners said of each department, with the digest. */
void opinions_send(struct work *work);
/* attendance.c: who does not come to the meeting. */
void attendance_run(struct work *work);
/* plan_round.c: that round. */
void plan_run(struct work *work);

/* Who has to see to it: a person, or the head of a department. */
const struct staff *plan_responsible(
    const struct work *work, const struct plan *plan);
/* The plans of a list for which `who' is responsible, as one mail. */
void plan_send(struct work *work, const struct staff *who,
    const struct plan *const *plans, size_t count, const char *name,
    const char *words);

#endif
