/*
 * The settings of estates, people and rules.
 */
#include "desk/config_parts.h"

#define AT(type, field) .at = offsetof(struct type, field)

static const char *const duty_days[] = {
	[DUTY_WORKING] = "working",
	[DUTY_FREE] = "free",
	[DUTY_ALL] = "all",
	NULL,
};

static const struct config_row staff_rows[] = {
	{ "estate", ROW_TEXT, AT(staff, estate),
	    .doc = "Where the person works. Default: in all estates." },
	{ "name", ROW_TEXT, .required = true, AT(staff, name),
	    .doc = "Name, for colleagues." },
	{ "name_en", ROW_TEXT, AT(staff, name_en),
	    .doc = "In English texts. Default: name." },
	{ "title", ROW_TEXT, .required = true, AT(staff, title),
	    .doc = "What owners read: role and family name." },
	{ "title_en", ROW_TEXT, AT(staff, title_en),
	    .doc = "In English texts. Default: title." },
	{ "mail", ROW_MAIL, .required = true, AT(staff, mail),
	    .doc = "The person's own address." },
	{ "other_mail", ROW_MAILS, AT(staff, other_mail), .standard = "",
	    .doc = "Other addresses that the person writes from. The desk "
		   "writes to mail only." },
	{ "phone", ROW_PHONE, AT(staff, phone),
	    .doc = "For alerts and commands by SMS." },
	{ "department", ROW_TEXT, AT(staff, department),
	    .doc = "Code of a department of the estate." },
	{ "level", ROW_NUMBER, .min = 0, .max = LEVEL_MAX, AT(staff, level),
	    .standard = "0",
	    .doc = "Rung of the ladder, 1 to 5. 0: a department's person, who "
		   "acts as level 1 on its cases." },
	{ "head", ROW_FLAG, AT(staff, is_head), .standard = "false",
	    .doc = "Head of the department." },
	{ "left", ROW_FLAG, AT(staff, left), .standard = "false",
	    .doc = "The person has left: a name in old cases, and no sender. "
		   "Their open cases are listed to level 2 on the same day." },
	{ "language", ROW_LANGUAGE, AT(staff, language),
	    .standard = "zh-CN", .doc = "Of the mails to this person." },
	{ "pin_file", ROW_SECRET, AT(staff, pin),
	    .doc = "File with the PIN for commands without a reply token, "
		   "until the person sets their own with #pin." },
	{ "pin", ROW_PIN, AT(staff, pin),
	    .doc = "The PIN itself, where the file is secret enough." },
};

static const struct config_row estate_rows[] = {
	{ "name", ROW_TEXT, .required = true, AT(estate, name),
	    .doc = "Name of the estate." },
	{ "name_en", ROW_TEXT, AT(estate, name_en),
	    .doc = "In English texts. Default: name." },
	{ "signature", ROW_TEXT, .required = true, AT(estate, signature),
	    .doc = "Who speaks: in 【】 before texts, under mails." },
	{ "signature_en", ROW_TEXT, AT(estate, signature_en),
	    .doc = "In English texts. Default: signature." },
	{ "duty_phone", ROW_NUMBER_AS_SEEN, .required = true, AT(estate, duty_phone),
	    .doc = "Number that owners may always call." },
	{ "language", ROW_LANGUAGE, AT(estate, language),
	    .standard = "zh-CN",
	    .doc = "For owners whose language is not known." },
	{ "timezone", ROW_ZONE, AT(estate, zone),
	    .standard = "Asia/Shanghai", .doc = "Local time of the estate." },
	{ "hours", ROW_TEXTS, AT(estate, hours),
	    .standard = "08:30-12:00, 13:30-17:30",
	    .doc = "Office hours of a working day, in order." },
	{ "calendars", ROW_PATHS, AT(estate, calendars), .standard = "",
	    .doc = "Files of free days and working week-ends, one a year. A "
		   "year without one is Monday to Friday." },
	{ "owners_file", ROW_PATH, AT(estate, owners_file),
	    .doc = "The register of the estate as CSV. shouwen import reads "
		   "it into the store; shouwen simulate plays with it." },
	{ "buildings", ROW_NUMBER, .min = 0, .max = 9999,
	    AT(estate, buildings), .standard = "0",
	    .doc = "How many there are; 0: not known." },
	{ "has_units", ROW_FLAG, AT(estate, has_units), .standard = "true",
	    .doc = "Buildings have several entrances, so that a flat is "
		   "building, unit and room." },
	{ "areas", ROW_TEXTS, AT(estate, areas), .standard = "",
	    .doc = "Names of common areas." },
	{ "mailbox", ROW_MAILBOX, AT(estate, mailbox),
	    .doc = "Mailbox of this estate and of no other." },
	{ "smtp", ROW_SMTP, AT(estate, smtp),
	    .doc = "Account by which it sends mail." },
	{ "sms", ROW_SMS, AT(estate, sms),
	    .doc = "SMS channel of this estate and of no other." },
	{ "from_name", ROW_TEXT, AT(estate, from_name),
	    .doc = "Name beside our address. Default: signature." },
	{ "authserv_id", ROW_TEXT, AT(estate, authserv_id),
	    .doc = "Name under which our mail server writes "
		   "Authentication-Results (RFC 8601). Default: they are not "
		   "used, and staff are known by token or PIN and From." },
	{ "staff_domains", ROW_TEXTS, AT(estate, staff_domains),
	    .standard = "",
	    .doc = "Domains of staff addresses: mail from there without a "
		   "good result of that server counts as forged." },
	{ "survey", ROW_FLAG, AT(estate, has_survey), .standard = "false",
	    .doc = "A sample of the households is asked how satisfied they are, "
		   "on the first working day of each month." },
	{ "home_visits", ROW_FLAG, AT(estate, has_home_visits),
	    .standard = "false",
	    .doc = "Households to call on are proposed on the first working day "
		   "of each quarter, and asked when it suits them." },
	{ "departments", ROW_GROUP,
	    .doc = "Departments by code, instead of the usual five." },
	{ "categories", ROW_GROUP,
	    .doc = "Categories by code that differ from the usual ones." },
	{ "duty", ROW_GROUP, .doc = "List: who is on duty when." },
	{ "deadlines", ROW_GROUP, .doc = "Groups minor, normal, major, "
					 "emergency." },
};

static const struct config_row department_rows[] = {
	{ "name", ROW_TEXT, .required = true, AT(department, name),
	    .doc = "Name of the department." },
	{ "name_en", ROW_TEXT, AT(department, name_en),
	    .doc = "In English texts. Default: name." },
};

static const struct config_row category_rows[] = {
	{ "name", ROW_TEXT, AT(category, name),
	    .doc = "Name of the category." },
	{ "name_en", ROW_TEXT, AT(category, name_en),
	    .doc = "In English texts." },
	{ "department", ROW_TEXT, AT(category, department),
	    .doc = "Department that gets such cases." },
	{ "person_decides", ROW_FLAG, AT(category, person_decides),
	    .doc = "No automatic dispatch." },
};

static const struct config_row duty_rows[] = {
	{ "staff", ROW_TEXT, .required = true, AT(duty, staff),
	    .doc = "The person." },
	{ "days", ROW_CHOICE, .choices = duty_days, AT(duty, days),
	    .standard = "all",
	    .doc = "Working days of the calendar, free ones, or all." },
	{ "from", ROW_TIME, AT(duty, from_minute), .standard = "00:00",
	    .doc = "Local time. An end before the start is on the next "
		   "day." },
	{ "to", ROW_TIME, AT(duty, to_minute), .standard = "24:00",
	    .doc = "Not included." },
};

static const struct config_row deadlines_rows[] = {
	{ "ack", ROW_SPAN, AT(deadlines, ack),
	    .doc = "The automatic acknowledgement." },
	{ "take", ROW_SPAN, AT(deadlines, take),
	    .doc = "A person has taken the case." },
	{ "dispatch", ROW_SPAN, AT(deadlines, dispatch),
	    .doc = "The case is with its department." },
	{ "first_reply", ROW_SPAN, AT(deadlines, first_reply),
	    .doc = "First answer of a person; told to the owner." },
	{ "outcome", ROW_SPAN, AT(deadlines, outcome),
	    .doc = "The outcome is told." },
	{ "news", ROW_SPAN, AT(deadlines, news),
	    .doc = "The owner hears at least so often." },
};

#define NUMBER(name, low, high, words) \
	{ #name, ROW_NUMBER, .min = (low), .max = (high), AT(rules, name), \
	    .doc = (words) }

static const struct config_row rules_rows[] = {
	{ "overdue_l2", ROW_SPAN, AT(rules, overdue[2]),
	    .doc = "After a missed due: level 2 is put in charge." },
	{ "overdue_l3", ROW_SPAN, AT(rules, overdue[3]), 
	    .doc = "The same for level 3." },
	{ "overdue_l4", ROW_SPAN, AT(rules, overdue[4]), 
	    .doc = "The same for level 4." },
	{ "overdue_l5", ROW_SPAN, AT(rules, overdue[5]), 
	    .doc = "The same for level 5." },
	{ "escalation_take", ROW_SPAN, AT(rules, escalation_take),
	    .doc = "A level that was put in charge must take the case." },
	{ "agitated_call", ROW_SPAN, AT(rules, agitated_call),
	    .doc = "An agitated owner is to be phoned." },
	{ "ask_answer", ROW_SPAN, AT(rules, ask_answer),
	    .doc = "A colleague answers #ask; in an emergency within the time "
		   "of the first reply." },
	{ "clarify_wait", ROW_SPAN, AT(rules, clarify_wait),
	    .doc = "No answer to our question: a person phones." },
	{ "outcome_request", ROW_SPAN, AT(rules, outcome_by_kind[KIND_REQUEST]),
	    .doc = "Outcome of a minor or normal service request; "
		   "\"none\": by severity." },
	{ "outcome_inquiry", ROW_SPAN, AT(rules, outcome_by_kind[KIND_INQUIRY]),
	    .doc = "The same for an enquiry." },
	{ "outcome_suggestion", ROW_SPAN,
	    AT(rules, outcome_by_kind[KIND_SUGGESTION]),
	    .doc = "The same for a suggestion." },
	{ "outcome_praise", ROW_SPAN, AT(rules, outcome_by_kind[KIND_PRAISE]),
	    .doc = "The same for praise." },
	NUMBER(alert_again_minutes, 1, 1440,
	    "An emergency nobody answered: everybody again, and more people."),
	NUMBER(alert_top_minutes, 1, 1440, "Level 5 is alerted."),
	NUMBER(rating_after_hours, 0, 720,
	    "The owner is asked for a rating after the outcome."),
	NUMBER(close_after_hours, 24, 720,
	    "A case closes after the outcome was accepted; where a return visit "
	    "is owed, not before it."),
	NUMBER(followup_call_hours, 24, 720,
	    "An owner who has not rated is to be phoned so long after the "
	    "outcome: of every complaint and of the repairs drawn."),
	NUMBER(followup_repair_percent, 0, 100,
	    "Repairs whose silent owners are phoned; drawn by case number."),
	{ "sample_seed", ROW_TEXT, AT(rules, sample_seed),
	    .doc = "Decides every draw: the same seed draws the same numbers "
		   "and households." },
	NUMBER(reopen_days, 0, 365,
	    "A follow-up within these days opens the case again."),
	NUMBER(retention_days, 0, 36500,
	    "Names, addresses, words and raw messages are forgotten so long "
	    "after a case ended; 0: never."),
	{ "survey_from", ROW_TIME, AT(rules, survey_from_minute),
	    .doc = "Ratings are asked from this local time on." },
	{ "survey_to", ROW_TIME, AT(rules, survey_to_minute),
	    .doc = "Ratings are asked until this local time." },
	{ "survey_at", ROW_TIME, AT(rules, survey_at_minute),
	    .doc = "The monthly sample is drawn at this local time." },
	NUMBER(survey_percent, 0, 100,
	    "So many of a hundred households are asked in a month."),
	NUMBER(survey_min, 0, 500, "At least so many households."),
	NUMBER(survey_gap_days, 1, 3650,
	    "Nobody is asked how satisfied they are twice within these days."),
	NUMBER(home_visits, 0, 50, "Home visits proposed in a quarter."),
	NUMBER(home_visits_a_year, 1, 2,
	    "Home visits to one owner in a calendar year."),
	NUMBER(home_visit_gap_days, 1, 365,
	    "At least so long after the last proposal to the same owner."),
	{ "survey_scopes", ROW_TEXTS, AT(rules, survey_scopes),
	    .doc = "What is asked about, month by month in turn: \"general\", "
		   "\"repair\" or codes of categories." },
	NUMBER(brake_10min, 1, 1000,
	    "Automatic messages to one address in 10 minutes, at most."),
	NUMBER(brake_hour, 1, 1000, "The same in an hour."),
	NUMBER(brake_day, 1, 1000, "The same in a day."),
	NUMBER(notices, 1, 1000,
	    "Notices of cases to one member of staff, each a mail of its own, "
	    "within notices_minutes; more are bundled into one mail. "
	    "Emergencies never."),
	NUMBER(notices_minutes, 1, 60, "A notice waits so long at the most."),
	NUMBER(status_per_hour, 1, 1000,
	    "Status queries of one sender that are answered in an hour."),
	NUMBER(sms_number_day, 0, 100000,
	    "Texts to one owner's number in 24 hours; what is more goes by "
	    "mail or becomes a call, emergencies apart. 0: no limit."),
	NUMBER(sms_case_day, 0, 100000,
	    "Texts about one case to its owner in 24 hours. 0: no limit."),
	NUMBER(transfers, 1, 99,
	    "The change of department that goes to level 3."),
	{ "daily_at", ROW_TIME, AT(rules, daily_at),
	    .doc = "The supervisor's summary of the day, on working days." },
	{ "escalation_digest_at", ROW_TIME, AT(rules, escalation_digest_at),
	    .doc = "The list of each level from 2 on: what it is in charge of, "
		   "or will be before the next list; on working days." },
	NUMBER(weekly_day, 1, 7,
	    "Day of the weekly meeting: 1 is Monday; when it is no working day, "
	    "the next one that is."),
	{ "weekly_at", ROW_TIME, AT(rules, weekly_at),
	    .doc = "Time of the weekly meeting." },
	NUMBER(weekly_lead_minutes, 30, 1440,
	    "The weekly digest has been handed to the mail server so long "
	    "before the meeting."),
	NUMBER(attendance_minutes, 0, 240,
	    "The chair gets the list of who does not come so long before the "
	    "meeting; 0: none is sent."),
	{ "attendance_all", ROW_FLAG, AT(rules, attendance_all),
	    .doc = "On it stands also who has not excused themselves (R32); "
		   "false: only who has." },
	NUMBER(roster_hours, 1, 336,
	    "A stretch with nobody on duty is told to level 2 so long ahead."),
	NUMBER(repeat_minutes, 0, 1440,
	    "The same words by text from one sender within this time are a "
	    "gateway's second try, not a second matter; 0: only where the "
	    "gateway's own id says so."),
	NUMBER(hot_households, 0, 1000,
	    "So many households with open cases of one category in one building "
	    "or area are one hot incident; 0: never."),
	NUMBER(hot_days, 1, 60, "Of cases received within so many days."),
	NUMBER(hot_major, 2, 1000,
	    "From so many households on, its normal cases are major."),
	NUMBER(token_days, 1, 3650,
	    "A reply to a mail that is older proves no order; the author is "
	    "asked to answer a newer one."),
	NUMBER(token_closed_days, 0, 3650,
	    "The same, after the case has ended."),
	NUMBER(confirm_hours, 1, 720,
	    "A reply from an address that is not the person's own waits so "
	    "long for their #confirm."),
	NUMBER(undo_most_minutes, 1, 60,
	    "A message held for #undo leaves so late at the latest, whether "
	    "its author could be told or not."),
	{ "out_of_office", ROW_SPAN, AT(rules, out_of_office),
	    .doc = "How long an out-of-office answer that names no day "
		   "counts as leave." },
	{ "callback", ROW_SPAN, AT(rules, callback),
	    .doc = "Who asks to be called is called within this time; then "
		   "it is told to level 2." },
	NUMBER(unknown_minutes, 1, 1440,
	    "A text whose fate is not known waits so long for its report and is "
	    "then sent once more."),
	NUMBER(unknown_urgent_minutes, 1, 1440,
	    "The same in an emergency."),
};

#define ROWS(list) .rows = (list), .count = ARRAY_COUNT(list)

const struct config_section config_staff_section = { .path = "staff.NAME",
	.title = "People",
	.doc = "Everybody who works on cases. NAME is what commands call them.",
	ROWS(staff_rows) };
const struct config_section config_estate_section = { .path = "estate.NAME",
	.title = "Estates",
	.doc = "A community with its own doors, hours and people.",
	ROWS(estate_rows) };
const struct config_section config_department_section = {
	.path = "estate.NAME.departments.CODE",
	.title = "Departments",
	.doc = "Usual: customer_service, engineering, environment, order, "
	       "finance.",
	ROWS(department_rows)
};
const struct config_section config_category_section = {
	.path = "estate.NAME.categories.CODE",
	.title = "Categories",
	.doc = "Usual: lift, plumbing, electrical, gas, heating, access, "
	       "building, fire, greening, cleaning, security, parking, noise, "
	       "pets, violation, fees, records, service, other.",
	ROWS(category_rows)
};
const struct config_section config_duty_section = {
	.path = "estate.NAME.duty.[N]",
	.title = "Duty",
	.doc = "The first row that covers a moment names who is on duty.",
	ROWS(duty_rows)
};
const struct config_section config_deadlines_section = {
	.path = "estate.NAME.deadlines.SEVERITY",
	.title = "Deadlines",
	.doc = "By severity. min, h, d run day and night; bmin, bh in office "
	       "hours; wd ends with the office hours of the n-th working day "
	       "after receipt.",
	ROWS(deadlines_rows)
};
const struct config_section config_rules_section = { .path = "rules",
	.title = "Rules",
	.doc = "Thresholds, the same for all estates.",
	ROWS(rules_rows) };
