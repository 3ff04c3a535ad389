/*
 * Cases whose people are away or have left: a supervisor gets the list, the
 * same day and every working day until nobody is named any more (R18).
 */
#include "core/calendar.h"
#include "core/roster.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/cases.h"
#include "store/staff.h"

enum { NAMES_MAX = 1000, AT_ONCE = 64, DAY_OF_WORK = 8 * 60 };

static const struct estate *
estate_of(const struct desk *desk, const struct staff *staff)
{
	const struct estate *estate =
	    staff == NULL ? NULL : config_estate(desk->conf, staff->estate);

	return estate != NULL ? estate : &desk->conf->estates[0];
}

/* 1 told, 0 there was nothing to tell, -1; a list that could not be made is
 * noted and counts as told. */
static int
tell_estate(struct desk *desk, const struct estate *estate, const char *name,
    msec_t now, struct err *err)
{
	struct input in = {
		.kind = INPUT_HANDOVER,
		.estate = estate->id,
		.received_at = now,
		.staff = name,
	};
	struct case_brief one;
	int count, made;

	arena_reset(&desk->unit);
	count = case_open_of_staff(
	    desk->store, estate->id, name, &desk->unit, &one, 1, err);
	if (count <= 0)
		return count;
	made = decision_make(desk, &in, now, err);
	if (made < 0)
		return -1;
	if (made == 0)
		desk_note(desk, NOTE_ERROR, "handover", "staff=%s err=\"%s\"",
		    name, err->msg);
	return 1;
}

static int
tell_estates(struct desk *desk, const char *name, msec_t now, struct err *err)
{
	int told = 0;

	for (size_t i = 0; i < desk->conf->estate_count; i++) {
		int one =
		    tell_estate(desk, &desk->conf->estates[i], name, now, err);

		if (one < 0)
			return -1;
		told += one;
	}
	return told;
}

/* The next long leave of somebody who is here now; 0: none. */
static msec_t
next_leave(const struct absences *absences, const struct estate *estate,
    const char *name, msec_t now)
{
	for (size_t i = 0; i < absences->count; i++) {
		const struct absence *absence = &absences->list[i];

		if (text_eq(absence->staff, name) && absence->from > now &&
		    roster_is_long(estate, absence->from, absence->to))
			return absence->from;
	}
	return 0;
}

static int
ring(struct desk *desk, const char *name, msec_t now, struct err *err)
{
	const struct staff *staff = config_staff(desk->conf, name);
	const struct estate *estate = estate_of(desk, staff);
	bool has_left = staff == NULL || staff->left;
	struct absences absences;
	msec_t next = 0;
	int told = 0;

	if (absences_load(desk->store, now, &desk->turn, &absences, err) < 0)
		return -1;
	bool is_off = has_left || roster_is_off(&absences, estate, staff, now);

	if (is_off)
		told = tell_estates(desk, name, now, err);
	if (told < 0)
		return -1;
	if (told > 0 || (is_off && !has_left))
		next =
		    calendar_add_business(estate->calendar, now, DAY_OF_WORK);
	else if (!has_left)
		next = next_leave(&absences, estate, name, now);
	return next == 0 ? handover_stop(desk->store, name, err)
			 : handover_set(desk->store, name, next, err);
}

int
handovers_run(struct desk *desk, msec_t now, struct err *err)
{
	const char *name = NULL;
	int due = 0;

	for (int i = 0; i < AT_ONCE; i++) {
		due = handover_due(desk->store, now, &desk->turn, &name, err);
		if (due <= 0)
			break;
		if (ring(desk, name, now, err) < 0)
			return -1;
	}
	return due < 0 ? -1 : 0;
}

int
handovers_find(struct desk *desk, msec_t now, struct err *err)
{
	const char *names[NAMES_MAX];
	int count, known;

	count = staff_named(desk->store, &desk->turn, names, NAMES_MAX, err);
	for (int i = 0; i < count; i++) {
		const struct staff *staff = config_staff(desk->conf, names[i]);

		if (staff != NULL && !staff->left)
			continue;
		known = handover_is_set(desk->store, names[i], err);
		if (known < 0 || (known == 0 && handover_set(desk->store,
						    names[i], now, err) < 0))
			return -1;
	}
	return count < 0 ? -1 : 0;
}
