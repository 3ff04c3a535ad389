#include "lib/clock.h"

#include <limits.h>
#include <stddef.h>
#include <time.h>

static msec_t
read_clock(clockid_t id)
{
	struct timespec now;

	(void)clock_gettime(id, &now);
	return (msec_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static msec_t
real_wall(void *self)
{
	(void)self;
	return read_clock(CLOCK_REALTIME);
}

const struct clock clock_real = { .wall = real_wall, .self = NULL };

msec_t
clock_wall(const struct clock *clock)
{
	return clock->wall(clock->self);
}

mono_t
clock_mono(void)
{
	return (mono_t){ .ms = read_clock(CLOCK_MONOTONIC) };
}

mono_t
mono_add(mono_t start, int64_t ms)
{
	return (mono_t){ .ms = start.ms + ms };
}

int
mono_left_ms(mono_t deadline)
{
	int64_t left = deadline.ms - clock_mono().ms;

	if (left <= 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}
