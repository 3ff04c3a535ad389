#include "core/round.h"

#include "core/calendar.h"
#include "core/weekly.h"
#include "core/zone.h"

/* A calendar without a working day in a year is wrong; what is due every
 * working day comes all the same. */
enum { DAYS_LOOKED_AT = 366, DAYS_OF_MONTH = 28, MONTHS_LOOKED_AT = 24,
	MONTHS_OF_QUARTER = 3 };

static const char *const names[ROUND_KIND_COUNT] = {
	[ROUND_DAILY] = "daily",
	[ROUND_ROSTER] = "roster",
	[ROUND_WEEKLY] = "weekly",
	[ROUND_CHARGE] = "charge",
	[ROUND_SURVEY] = "survey",
	[ROUND_PLANS] = "plans",
	[ROUND_MEETING] = "meeting",
	[ROUND_HOME_VISITS] = "home_visits",
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
	struct round ret = {
		.estate = estate->id,
		.kind = kind,
		/* A week that has begun is reported as a whole. */
		.since =
		    kind == ROUND_WEEKLY ? weekly_monday(estate, now) : now,
		/* A gap that is there already is told at once. */
		.due = now,
	};

	ret.due = kind == ROUND_SURVEY ?
	    round_monthly_next(conf, estate, 1, now) :
	    round_due(conf, estate, &ret);
	return ret;
}

/* The first working day of a month at that time; 0: it has none. */
static msec_t
first_workday(const struct estate *estate, const struct local_time *month)
{
	struct local_time day = *month;

	for (day.day = 1; day.day <= DAYS_OF_MONTH; day.day++)
		if (calendar_is_workday(
			estate->calendar, day.year, day.month, day.day))
			return zone_instant(estate->zone, &day);
	return 0;
}

msec_t
round_monthly_next(const struct config *conf, const struct estate *estate,
    int months, msec_t after)
{
	struct local_time day = zone_local(estate->zone, after);

	day.month = (day.month - 1) / months * months + 1;
	day.hour = conf->rules.survey_at_minute / 60;
	day.minute = conf->rules.survey_at_minute % 60;
	day.second = 0;
	for (int i = 0; i < MONTHS_LOOKED_AT; i += months) {
		msec_t at = first_workday(estate, &day);

		if (at > after)
			return at;
		day.month += months;
		if (day.month > 12) {
			day.month -= 12;
			day.year++;
		}
	}
	return after + DAYS_OF_MONTH * MSEC_DAY;
}

/* That minute of the next working day. */
static msec_t
next_workday(const struct estate *estate, msec_t after, int minute)
{
	struct local_time day = zone_local(estate->zone, after);

	day.hour = minute / 60;
	day.minute = minute % 60;
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
round_daily_next(
    const struct config *conf, const struct estate *estate, msec_t after)
{
	return next_workday(estate, after, conf->rules.daily_at);
}

msec_t
round_charge_next(
    const struct config *conf, const struct estate *estate, msec_t after)
{
	return next_workday(estate, after, conf->rules.escalation_digest_at);
}

msec_t
round_due(const struct config *conf, const struct estate *estate,
    const struct round *round)
{
	switch (round->kind) {
	case ROUND_DAILY: return round_daily_next(conf, estate, round->since);
	case ROUND_MEETING: return weekly_attendance_due(conf, estate, round->since);
	case ROUND_WEEKLY: return weekly_due(conf, estate, round->since);
	case ROUND_CHARGE:
		return round_charge_next(conf, estate, round->since);
	case ROUND_HOME_VISITS:
		return round_monthly_next(
		    conf, estate, MONTHS_OF_QUARTER, round->since);
	/* Its turns are not by the calendar alone. */
	case ROUND_SURVEY:
	case ROUND_ROSTER:
	case ROUND_PLANS:
	case ROUND_KIND_COUNT: break;
	}
	return round->due;
}

msec_t
round_roster_horizon(const struct config *conf, msec_t now)
{
	return now + conf->rules.roster_hours * MSEC_HOUR;
}
