/*
 * plans - measures, requests for them, and who does not come to a meeting (R28,
 * R29, R32, R33).
 */
#ifndef STORE_PLANS_H
#define STORE_PLANS_H

#include "core/plan.h"

struct err;
struct store;

/* The whole row, new or not. */
int plan_save(struct store *store, const struct plan *plan, struct err *err)
    must_check;
int plan_request_save(struct store *store, const struct plan_request *request,
    struct err *err) must_check;
int excuse_save(struct store *store, const struct excuse *excuse,
    struct err *err) must_check;
int64_t plan_next_id(struct store *store);
int64_t plan_request_next_id(struct store *store);

/* What is open in the estate, and the plans done since `since', the first due
 * first and the done ones last; at most PLANS_MAX. */
int plans_load(struct store *store, const char *estate, msec_t since,
    struct arena *arena, struct plan_view *ret, struct err *err) must_check;
/* Of one meeting; the count. */
int excuses_load(struct store *store, const char *estate, msec_t meeting,
    struct arena *arena, const struct excuse **ret, struct err *err) must_check;

/* Words of plans done before `before', and excuses of meetings before it, are
 * erased (R43). */
int plans_forget(struct store *store, msec_t before, struct err *err)
    must_check;

#endif
