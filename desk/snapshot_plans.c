/* What was promised, and who does not come to the meeting. */
#include "desk/snapshot_parts.h"
#include "store/plans.h"

int
snapshot_load_excuses(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	const struct estate *estate = config_estate(desk->conf, in->estate);
	int count = excuses_load(desk->store, estate->id,
	    weekly_next_meeting(desk->conf, estate, in->round.since), arena,
	    &ret->excuses, err);

	(void)now;
	if (count < 0)
		return -1;
	ret->excuse_count = (size_t)count;
	return 0;
}

int
snapshot_load_plans(struct desk *desk, const char *estate, msec_t since,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	ret->next_plan = plan_next_id(desk->store);
	ret->next_plan_request = plan_request_next_id(desk->store);
	return plans_load(desk->store, estate, since, arena, &ret->plans, err);
}
