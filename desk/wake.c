/*
 * What the courier, the clockwork, the rounds and the alarms keep in mind of
 * the store: who changes the store says here that they must ask it again.
 */
#include "desk/engine.h"

void
wake_lane(struct lane *lane)
{
	lane->next_due = -1;
	lane->next_divert = -1;
}

void
wake_courier(struct desk *desk)
{
	for (size_t i = 0; i < desk->lane_count; i++)
		wake_lane(&desk->lanes[i]);
	desk->next_silent = -1;
}

void
wake_clockwork(struct desk *desk)
{
	desk->next_timer = -1;
}

void
wake_rounds(struct desk *desk)
{
	desk->round_count = 0;
}

void
wake_alarms(struct desk *desk)
{
	desk->any_down = -1;
}

void
wake_all(struct desk *desk)
{
	wake_courier(desk);
	wake_clockwork(desk);
	wake_rounds(desk);
	wake_alarms(desk);
	desk->next_part = -1;
}
