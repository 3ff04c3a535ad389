#include "daemon/demo_clock.h"

static msec_t
demo_wall(void *self)
{
	const struct demo_clock *demo = self;

	return clock_wall(&clock_real) + demo->offset;
}

void
demo_clock_init(struct demo_clock *demo, msec_t start)
{
	demo->clock = (struct clock){ .wall = demo_wall, .self = demo };
	demo->offset = start - clock_wall(&clock_real);
	demo->limit = 0;
}

bool
demo_clock_jump(struct demo_clock *demo, msec_t next)
{
	msec_t now = demo_wall(demo);

	if (next == 0 || next > demo->limit)
		next = demo->limit;
	if (next <= now)
		return false;
	demo->offset += next - now;
	return true;
}
