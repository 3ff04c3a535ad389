#include "core/brake.h"

static bool
is_under(int count, unsigned most)
{
	return count < 0 || (unsigned)count < most;
}

bool
brake_allows(const struct rules *rules, const struct automatic *had)
{
	return is_under(had->in_10min, rules->brake_10min) &&
	    is_under(had->in_hour, rules->brake_hour) &&
	    is_under(had->in_day, rules->brake_day);
}

bool
brake_allows_status(
    const struct rules *rules, const struct sender_view *sender)
{
	return is_under(sender->status_queries_hour, rules->status_per_hour);
}
