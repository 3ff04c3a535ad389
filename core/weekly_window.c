/* Which weeks a digest covers, and when it is due (R30, rules.md 2.4). */
#include "core/calendar.h"
#include "core/weekly.h"
#include "core/zone.h"
#include "lib/text.h"

enum { DAYS_A_WEEK = 7, MONDAY = 1, DAYS_LOOKED_AT = 366 };

/* From then on it is late: so long a mail server may take. */
#define SENDING (15 * MSEC_MINUTE)

static msec_t
start_of(const struct estate *estate, int64_t day)
{
	return zone_instant_of_day(estate->zone, day, 0);
}

/* The day of the Monday at or before `at'. */
static int64_t
monday_of(const struct estate *estate, msec_t at)
{
	int weekday = zone_local(estate->zone, at).weekday;

	return zone_day(estate->zone, at) -
	       (weekday + DAYS_A_WEEK - MONDAY) % DAYS_A_WEEK;
}

msec_t
weekly_monday(const struct estate *estate, msec_t at)
{
	return start_of(estate, monday_of(estate, at));
}

msec_t
weekly_meeting(
    const struct config *conf, const struct estate *estate, msec_t since)
{
	const struct rules *rules = &conf->rules;
	int64_t first = monday_of(estate, since) + DAYS_A_WEEK +
			(int64_t)rules->weekly_day - MONDAY;

	/* A calendar without a working day in a year is wrong; the meeting
	 * comes all the same. */
	for (int64_t day = first; day < first + DAYS_LOOKED_AT; day++) {
		msec_t at =
		    zone_instant_of_day(estate->zone, day, rules->weekly_at);
		struct local_time on = zone_local(estate->zone, at);

		if (calendar_is_workday(
			estate->calendar, on.year, on.month, on.day))
			return at;
	}
	return zone_instant_of_day(estate->zone, first, rules->weekly_at);
}

msec_t
weekly_next_meeting(
    const struct config *conf, const struct estate *estate, msec_t at)
{
	/* A holiday may have put off that of a week or two ago. */
	msec_t since = weekly_monday(estate, at - 21 * MSEC_DAY);
	msec_t meeting;

	do {
		meeting = weekly_meeting(conf, estate, since);
		since = weekly_monday(estate, since + 8 * MSEC_DAY);
	} while (meeting <= at);
	return meeting;
}

msec_t
weekly_attendance_due(
    const struct config *conf, const struct estate *estate, msec_t at)
{
	return weekly_next_meeting(conf, estate, at) -
	       conf->rules.attendance_minutes * MSEC_MINUTE;
}

static msec_t
wanted_by(const struct config *conf, const struct estate *estate, msec_t since)
{
	return weekly_meeting(conf, estate, since) -
	       conf->rules.weekly_lead_minutes * MSEC_MINUTE;
}

msec_t
weekly_due(const struct config *conf, const struct estate *estate, msec_t since)
{
	msec_t at = wanted_by(conf, estate, since) - SENDING;
	msec_t over = start_of(estate, monday_of(estate, since) + DAYS_A_WEEK);

	/* A meeting soon after midnight. */
	return at < over ? over : at;
}

struct weekly_window
weekly_window(const struct config *conf, const struct estate *estate,
    msec_t since, msec_t now)
{
	int64_t from = monday_of(estate, since), to = monday_of(estate, now);

	if (to <= from)
		return (struct weekly_window){ 0 };
	return (struct weekly_window){
		.from = start_of(estate, from),
		.to = start_of(estate, to),
		.before = start_of(estate, from - (to - from)),
		.weeks = (int)((to - from) / DAYS_A_WEEK),
		.meeting = weekly_meeting(conf, estate, since),
		.is_late = now > wanted_by(conf, estate, since),
	};
}

bool
weekly_is_attendee(const struct staff *staff, const struct estate *estate)
{
	return staff_serves(staff, estate) &&
	       ((staff->level >= 1 && staff->level <= 4) || staff->is_head);
}

const struct weekly_view *
weekly_view_for(const struct weekly_views *views, const struct staff *reader)
{
	for (size_t i = 1; i < views->count; i++)
		if (views->list[i].reader == reader)
			return &views->list[i];
	return &views->list[0];
}
