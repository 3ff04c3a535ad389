#include "core/brake.h"

#include <stddef.h>

static bool
is_under(int64_t count, int64_t most)
{
	return count < 0 || count < most;
}

bool
brake_allows(const struct rules *rules, const struct automatic *had)
{
	return is_under(had->in_10min, rules->brake_10min) &&
	       is_under(had->in_hour, rules->brake_hour) &&
	       is_under(had->in_day, rules->brake_day);
}

bool
brake_allows_status(const struct rules *rules, int asked_in_hour)
{
	return is_under(asked_in_hour, rules->status_per_hour);
}

/* Of a cap, 0 is no limit. */
static bool
is_reached(int64_t count, int64_t most)
{
	return most > 0 && count >= most;
}

enum cap
cap_reached(const struct rules *rules, const struct sms_channel *channel,
    const struct sms_had *had, const struct sms_spent *spent)
{
	if (had != NULL && is_reached(had->all, rules->sms_number_day))
		return CAP_NUMBER;
	if (had != NULL && is_reached(had->of_case, rules->sms_case_day))
		return CAP_CASE;
	if (is_reached(spent->texts, channel->day_texts))
		return CAP_TEXTS;
	if (is_reached(spent->parts * channel->part_price, channel->day_cost))
		return CAP_COST;
	return CAP_NONE;
}

bool
cap_is_of_channel(enum cap cap)
{
	return cap == CAP_TEXTS || cap == CAP_COST;
}

const char *
cap_name(enum cap cap)
{
	static const char *const names[CAP_COUNT] = { [CAP_NONE] = "brake",
		[CAP_NUMBER] = "number",
		[CAP_CASE] = "case",
		[CAP_TEXTS] = "texts",
		[CAP_COST] = "cost" };

	return names[cap];
}
