#include "core/roster.h"

#include "core/calendar.h"
#include "core/zone.h"
#include "lib/text.h"

bool
roster_is_away(
    const struct absences *absences, const struct staff *staff, msec_t at)
{
	if (staff->left)
		return true;
	for (size_t i = 0; absences != NULL && i < absences->count; i++) {
		const struct absence *absence = &absences->list[i];

		if (absence->from <= at && at < absence->to &&
		    text_eq(absence->staff, staff->id))
			return true;
	}
	return false;
}

bool
roster_is_long(const struct estate *estate, msec_t from, msec_t to)
{
	return to > calendar_add_workdays(estate->calendar, from, 1);
}

bool
roster_is_off(const struct absences *absences, const struct estate *estate,
    const struct staff *staff, msec_t now)
{
	msec_t next = calendar_add_workdays(estate->calendar, now, 1);
	msec_t after = calendar_add_workdays(estate->calendar, now, 2);

	if (!roster_is_away(absences, staff, next))
		return false;
	return roster_is_away(absences, staff, now) ||
	       roster_is_away(absences, staff, after);
}

/* A gap is followed so far beyond what is looked at. */
#define GAP_FOLLOWED (7 * MSEC_DAY)

static bool
duty_covers_day(const struct duty *duty, const struct estate *estate,
    const struct local_time *day)
{
	if (duty->days == DUTY_ALL)
		return true;
	return calendar_is_workday(estate->calendar, day->year, day->month,
		   day->day) == (duty->days == DUTY_WORKING);
}

/* A row whose end lies before its start runs over midnight and belongs to
 * the day on which it starts. */
static bool
duty_covers(const struct duty *duty, const struct estate *estate, msec_t now)
{
	struct local_time today = zone_local(estate->zone, now);
	int minute = today.hour * 60 + today.minute;

	if (duty->from_minute < duty->to_minute)
		return minute >= duty->from_minute &&
		       minute < duty->to_minute &&
		       duty_covers_day(duty, estate, &today);
	if (minute >= duty->from_minute)
		return duty_covers_day(duty, estate, &today);
	if (minute < duty->to_minute) {
		struct local_time noon = { .year = today.year,
			.month = today.month,
			.day = today.day - 1,
			.hour = 12 };
		struct local_time before =
		    zone_local(estate->zone, zone_instant(estate->zone, &noon));

		return duty_covers_day(duty, estate, &before);
	}
	return false;
}

const struct staff *
roster_duty(const struct config *conf, const struct estate *estate,
    const struct absences *absences, msec_t now)
{
	for (size_t i = 0; i < estate->duty_count; i++) {
		const struct duty *duty = &estate->duties[i];
		const struct staff *staff = config_staff(conf, duty->staff);

		if (staff != NULL && duty_covers(duty, estate, now) &&
		    !roster_is_away(absences, staff, now))
			return staff;
	}
	return NULL;
}

static bool
is_covered(const struct config *conf, const struct estate *estate,
    const struct absences *absences, msec_t at)
{
	const struct staff *duty = roster_duty(conf, estate, absences, at);

	return duty != NULL && (duty->mail != NULL || duty->phone != NULL);
}

bool
roster_find_gap(const struct config *conf, const struct estate *estate,
    const struct absences *absences, msec_t from, msec_t to,
    struct roster_gap *ret)
{
	const msec_t limit = to + GAP_FOLLOWED;
	msec_t at = from - from % MSEC_MINUTE;

	while (at < to && is_covered(conf, estate, absences, at))
		at += MSEC_MINUTE;
	if (at >= to)
		return false;
	ret->from = at;
	while (at < limit && !is_covered(conf, estate, absences, at))
		at += MSEC_MINUTE;
	ret->to = at;
	return true;
}
