#include "core/backoff.h"

msec_t
backoff_delay(msec_t first, msec_t most, int attempts, int64_t seed)
{
	uint64_t mixed = (uint64_t)seed * 0x9E3779B97F4A7C15U +
			 (uint64_t)attempts * 0xBF58476D1CE4E5B9U;
	msec_t delay = first;

	for (int i = 1; i < attempts && delay < most; i++)
		delay *= 2;
	if (delay > most)
		delay = most;
	mixed ^= mixed >> 29;
	return delay * 3 / 4 + (msec_t)(mixed % (uint64_t)(delay / 2 + 1));
}
