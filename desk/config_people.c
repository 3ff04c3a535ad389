/*
 * The people of an estate: ladder, departments and who is on duty.
 */
#include <string.h>

#include "desk/config_parts.h"
#include "lib/text.h"

enum { MINUTES_A_DAY = 24 * 60 };

static bool
has_mail(const struct staff *staff, const char *mail)
{
	if (text_eq(staff->mail, mail))
		return true;
	for (size_t i = 0;
	     staff->other_mail != NULL && staff->other_mail[i] != NULL; i++)
		if (text_eq(staff->other_mail[i], mail))
			return true;
	return false;
}

static void
other_mail_check(struct reading *reading, size_t index)
{
	const struct config *conf = &reading->loaded->conf;
	const struct staff *one = &conf->staff[index];
	const char *path = key_path(reading, "staff", one->id, "other_mail");
	const char *mail;

	for (size_t n = 0; one->other_mail != NULL &&
	     (mail = one->other_mail[n]) != NULL; n++) {
		for (size_t i = 0; i < conf->staff_count; i++)
			if (i != index && !one->left && !conf->staff[i].left &&
			    has_mail(&conf->staff[i], mail))
				mistake_at(reading, path,
				    "\"%s\" has %s too; expected addresses "
				    "of their own",
				    conf->staff[i].id, mail);
		for (size_t i = 0; i < conf->mailbox_count; i++)
			if (text_eq(mail, conf->mailboxes[i].address))
				mistake_at(reading, path,
				    "%s is the address of mailbox \"%s\"",
				    mail, conf->mailboxes[i].name);
	}
}

/* Two people with one address could not be told apart. */
static void
addresses_check(struct reading *reading, size_t index)
{
	const struct config *conf = &reading->loaded->conf;
	const struct staff *one = &conf->staff[index];

	for (size_t i = 0; i < index; i++) {
		const struct staff *other = &conf->staff[i];

		/* The number of who has left goes to somebody new. */
		if (one->left || other->left)
			continue;
		if (one->mail != NULL && text_eq(one->mail, other->mail))
			mistake_at(reading,
			    key_path(reading, "staff", one->id, "mail"),
			    "\"%s\" has this address too; expected one of "
			    "their own",
			    other->id);
		if (one->phone != NULL && text_eq(one->phone, other->phone))
			mistake_at(reading,
			    key_path(reading, "staff", one->id, "phone"),
			    "\"%s\" has this number too; expected one of "
			    "their own",
			    other->id);
	}
	for (size_t i = 0; i < conf->mailbox_count; i++)
		if (one->mail != NULL &&
		    text_eq(one->mail, conf->mailboxes[i].address))
			mistake_at(reading,
			    key_path(reading, "staff", one->id, "mail"),
			    "is the address of mailbox \"%s\"; the desk would "
			    "write to itself",
			    conf->mailboxes[i].name);
}

static void
department_check(struct reading *reading, const struct staff *staff,
    const struct estate *estate)
{
	struct buf known scoped(buf_done) = { 0 };

	if (staff->department == NULL || !staff_serves(staff, estate) ||
	    estate_department(estate, staff->department) != NULL)
		return;
	buf_init(&known, 512);
	for (size_t i = 0; i < estate->department_count; i++)
		buf_printf(&known, "%s%s", i > 0 ? ", " : "",
		    estate->departments[i].code);
	mistake_at(reading, key_path(reading, "staff", staff->id, "department"),
	    "\"%s\" is not declared in estate \"%s\"; expected %s",
	    staff->department, estate->id, buf_text(&known));
}

static void
staff_check(struct reading *reading, size_t index)
{
	const struct config *conf = &reading->loaded->conf;
	const struct staff *staff = &conf->staff[index];

	addresses_check(reading, index);
	other_mail_check(reading, index);
	if (staff->estate != NULL && config_estate(conf, staff->estate) == NULL)
		mistake_at(reading,
		    key_path(reading, "staff", staff->id, "estate"),
		    "\"%s\" is not declared; expected a name of the group "
		    "\"estate\"",
		    staff->estate);
	for (size_t i = 0; i < conf->estate_count; i++)
		department_check(reading, staff, &conf->estates[i]);
	if (staff->level == 0 && staff->department == NULL)
		mistake_at(reading,
		    key_path(reading, "staff", staff->id, "level"),
		    "neither level nor department; expected one of them");
	if (staff->is_head && staff->department == NULL)
		mistake_at(reading,
		    key_path(reading, "staff", staff->id, "head"),
		    "is head of no department; expected department as well");
}

static void
ladder_check(struct reading *reading, const struct estate *estate)
{
	const struct config *conf = &reading->loaded->conf;
	int top = LEVEL_MAX;

	while (top > 0 && config_level(conf, estate, top) == NULL)
		top--;
	for (int level = 1; level < (top > 2 ? top : 3); level++)
		if (config_level(conf, estate, level) == NULL)
			mistake_at(reading, "staff",
			    "estate \"%s\" has nobody of level %d; expected "
			    "one person at least",
			    estate->id, level);
	if (top >= 2 && top < LEVEL_MAX)
		warning_at(reading, "staff",
		    "the ladder of estate \"%s\" ends at level %d", estate->id,
		    top);
}

static void
categories_check(struct reading *reading, const struct estate *estate)
{
	for (size_t i = 0; i < estate->category_count; i++) {
		const struct category *category = &estate->categories[i];
		const char *path = arena_printf(&reading->loaded->arena,
		    "estate.%s.categories.%s.department", estate->id,
		    category->code);

		if (category->department != NULL &&
		    estate_department(estate, category->department) == NULL)
			mistake_at(reading, path,
			    "\"%s\" is not declared; expected a department of "
			    "the estate",
			    category->department);
	}
}

static bool
department_has_people(const struct config *conf, const struct estate *estate,
    const char *department)
{
	for (size_t i = 0; i < conf->staff_count; i++)
		if (staff_serves(&conf->staff[i], estate) &&
		    text_eq(conf->staff[i].department, department))
			return true;
	return false;
}

/* Cases go to departments by themselves, so somebody must be there.  The
 * ladder's people are customer service. */
static void
departments_check(struct reading *reading, const struct estate *estate)
{
	const struct config *conf = &reading->loaded->conf;

	for (size_t i = 0; i < estate->department_count; i++) {
		const char *code = estate->departments[i].code;

		if (text_eq(code, "customer_service"))
			continue;
		if (!department_has_people(conf, estate, code))
			warning_at(reading, "staff",
			    "nobody is in department \"%s\" of estate \"%s\": "
			    "its cases stay with customer service",
			    code, estate->id);
		else if (config_head(conf, estate, code) == NULL)
			warning_at(reading, "staff",
			    "department \"%s\" of estate \"%s\" has no head",
			    code, estate->id);
	}
}

static void
cover(const struct duty *duty, bool covered[static MINUTES_A_DAY])
{
	bool over_midnight = duty->from_minute >= duty->to_minute;

	for (int minute = 0; minute < MINUTES_A_DAY; minute++) {
		bool after = minute >= duty->from_minute;
		bool before = minute < duty->to_minute;

		if (over_midnight ? after || before : after && before)
			covered[minute] = true;
	}
}

/* R46: at every moment somebody is on duty.  A row over midnight is taken to
 * cover both ends of its kind of day. */
static void
roster_check(struct reading *reading, const struct estate *estate)
{
	static const struct {
		enum duty_days days;
		const char *words;
	} kinds[] = {
		{ DUTY_WORKING, "working days" },
		{ DUTY_FREE, "free days" },
	};
	const char *path = key_path(reading, "estate", estate->id, "duty");

	for (size_t kind = 0; kind < ARRAY_COUNT(kinds); kind++) {
		bool covered[MINUTES_A_DAY] = { false };
		int minute = 0;

		for (size_t i = 0; i < estate->duty_count; i++)
			if (estate->duties[i].days == DUTY_ALL ||
			    estate->duties[i].days == kinds[kind].days)
				cover(&estate->duties[i], covered);
		while (minute < MINUTES_A_DAY && covered[minute])
			minute++;
		if (minute < MINUTES_A_DAY)
			warning_at(reading, path,
			    "nobody is on duty on %s from %02d:%02d; new cases "
			    "go to level 2 then",
			    kinds[kind].words, minute / 60, minute % 60);
	}
}

static void
duties_check(struct reading *reading, const struct estate *estate)
{
	const struct config *conf = &reading->loaded->conf;

	for (size_t i = 0; i < estate->duty_count; i++) {
		const char *name = estate->duties[i].staff;
		const struct staff *staff = config_staff(conf, name);
		const char *path = arena_printf(&reading->loaded->arena,
		    "estate.%s.duty.[%zu].staff", estate->id, i);

		if (name == NULL)
			continue; /* told already */
		if (staff == NULL)
			mistake_at(reading, path,
			    "\"%s\" is not declared; expected a name of the "
			    "group \"staff\"",
			    name);
		else if (staff->left)
			mistake_at(reading, path,
			    "\"%s\" has left; expected somebody who works "
			    "here",
			    name);
		else if (!staff_serves(staff, estate))
			mistake_at(reading, path,
			    "\"%s\" works in estate \"%s\"; expected somebody "
			    "of this one",
			    name, staff->estate);
	}
	roster_check(reading, estate);
}

void
people_check(struct reading *reading)
{
	const struct config *conf = &reading->loaded->conf;

	for (size_t i = 0; i < conf->staff_count; i++)
		staff_check(reading, i);
	for (size_t i = 0; i < conf->estate_count; i++) {
		const struct estate *estate = &conf->estates[i];

		ladder_check(reading, estate);
		categories_check(reading, estate);
		departments_check(reading, estate);
		duties_check(reading, estate);
	}
}
