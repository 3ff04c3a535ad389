/*
 * What is going to happen, the earliest first: a binary heap.
 */
#include "bench/year/world.h"

#include <stdlib.h>

static bool
is_before(const struct errand *a, const struct errand *b)
{
	return a->at < b->at || (a->at == b->at && a->order < b->order);
}

void
plan_add(struct world *world, msec_t at, const struct errand *plan)
{
	struct errand *copy = malloc(sizeof(*copy));
	size_t i = world->plan_count;

	if (world->plan_count == world->plan_room) {
		world->plan_room = world->plan_room * 2 + 64;
		world->plans = reallocarray(
		    world->plans, world->plan_room, sizeof(struct errand *));
	}
	if (copy == NULL || world->plans == NULL)
		abort();
	*copy = *plan;
	copy->at = at > world->now ? at : world->now;
	copy->order = world->planned++;
	copy->life = world->life;
	world->plan_count++;
	for (; i > 0 && is_before(copy, world->plans[(i - 1) / 2]);
	     i = (i - 1) / 2)
		world->plans[i] = world->plans[(i - 1) / 2];
	world->plans[i] = copy;
}

msec_t
plan_next(const struct world *world)
{
	return world->plan_count == 0 ? 0 : world->plans[0]->at;
}

struct errand *
plan_take(struct world *world, msec_t until)
{
	struct errand *first, *last;
	size_t i = 0, child;

	if (world->plan_count == 0 || world->plans[0]->at > until)
		return NULL;
	first = world->plans[0];
	last = world->plans[--world->plan_count];
	while ((child = 2 * i + 1) < world->plan_count) {
		if (child + 1 < world->plan_count &&
		    is_before(world->plans[child + 1], world->plans[child]))
			child++;
		if (!is_before(world->plans[child], last))
			break;
		world->plans[i] = world->plans[child];
		i = child;
	}
	if (world->plan_count > 0)
		world->plans[i] = last;
	return first;
}

void
plans_free(struct world *world)
{
	for (size_t i = 0; i < world->plan_count; i++)
		free(world->plans[i]);
	free(world->plans);
	world->plans = NULL;
	world->plan_count = world->plan_room = 0;
}
