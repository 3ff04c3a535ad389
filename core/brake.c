#include "core/brake.h"

enum {
	PER_10_MINUTES = 5,
	PER_HOUR = 10,
	PER_DAY = 24,
	STATUS_PER_HOUR = 5,
};

bool
brake_allows(const struct sender_view *sender)
{
	return sender->automatic_10min < PER_10_MINUTES &&
	    sender->automatic_hour < PER_HOUR &&
	    sender->automatic_day < PER_DAY;
}

bool
brake_allows_status(const struct sender_view *sender)
{
	return sender->status_queries_hour < STATUS_PER_HOUR;
}
