#include "core/round.h"

#include "core/calendar.h"
#include "core/zone.h"

/* A calendar without a working day in a year is wrong; the summary comes all
 * the same. */
enum { DAYS_LOOKED_AT = 366 };

static const char *const names[ROUND_KIND_COUNT] = {
	[ROUND_DAILY] = "daily",
	[ROUND_ROSTER] = "roster",
};

const char *
round_kind_name(enum round_kind kind)
{
	return names[kind];
}

struct round
round_first(const struct config *conf, const struct estate *estate,
    enum round_kind kind, msec_t now)
{
	return (struct round){
		.estate = estate->id,
		.kind = kind,
		.since = now,
		/* A gap that is there already is told at once. */
		.due = kind == ROUND_DAILY ? round_daily_next(conf, estate, now)
					   : now,
	};
}

msec_t
round_daily_next(
    const struct config *conf, const struct estate *estate, msec_t after)
{
	struct local_time day = zone_local(estate->zone, after);

	day.hour = conf->rules.daily_at / 60;
	day.minute = conf->rules.daily_at % 60;
	day.second = 0;
	for (int i = 0; i < DAYS_LOOKED_AT; i++, day.day++) {
		msec_t at = zone_instant(estate->zone, &day);
		struct local_time on = zone_local(estate->zone, at);

		if (at > after && calendar_is_workday(estate->calendar, on.year,
				      on.month, on.day))
			return at;
	}
	return after + MSEC_DAY;
}

msec_t
round_roster_horizon(const struct config *conf, msec_t now)
{
	return now + conf->rules.roster_hours * MSEC_HOUR;
}
