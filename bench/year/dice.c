#include "bench/year/world.h"
#include "core/zone.h"

#include <stdio.h>

/* splitmix64: the same seed, the same year, on every machine. */
uint64_t
dice(struct world *world)
{
	uint64_t x = world->dice += 0x9e3779b97f4a7c15U;

	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
	return x ^ (x >> 31);
}

int
dice_below(struct world *world, int limit)
{
	return (int)(dice(world) % (uint64_t)limit);
}

bool
dice_permille(struct world *world, int permille)
{
	return dice_below(world, 1000) < permille;
}

msec_t
dice_time(struct world *world, msec_t least, msec_t most)
{
	return least + (msec_t)(dice(world) % (uint64_t)(most - least + 1));
}

const char *
world_day(struct world *world, msec_t at, char ret[64])
{
	struct local_time t = zone_local(world->estate->zone, at);

	(void)snprintf(ret, 64, "%04d-%02d-%02d %02d:%02d", t.year, t.month,
	    t.day, t.hour, t.minute);
	return ret;
}

int
world_minute(const struct world *world, msec_t at)
{
	struct local_time t = zone_local(world->estate->zone, at);

	return t.hour * 60 + t.minute;
}
