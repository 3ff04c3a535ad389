/* What was promised, and who does not come to the meeting. */
#include "desk/snapshot_parts.h"
#include "store/plans.h"

int
snapshot_load_plans(struct desk *desk, const char *estate, msec_t since,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	ret->next_plan = plan_next_id(desk->store);
	ret->next_plan_request = plan_request_next_id(desk->store);
	return plans_load(desk->store, estate, since, arena, &ret->plans, err);
}
