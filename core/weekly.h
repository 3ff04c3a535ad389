/*
 * weekly - the digest for the weekly meeting (R30, R31, rules.md 2.8): which
 * weeks it covers, when it is due, who reads it, and what it says.
 *
 * The view is made by adding: the desk goes once through the cases that the
 * weeks touched and once through what else there was, and the view keeps
 * figures and short lists.  Each list has a ceiling and a total, so that what
 * is left out is counted.  Who is complained about gets a view of their own,
 * made without that case (R9).
 *
 * To add a section: its facts are a struct of its own header, and a pointer to
 * it in struct weekly_view; a loader in the table of desk/snapshot_weekly.c
 * fills it in; its names ("week.plans") go into core/text_field.c with their
 * functions in a core/text_*.c of its own, under the use "week"; and
 * templates/<language>/weekly.mail says them under the section's number.
 */
#ifndef CORE_WEEKLY_H
#define CORE_WEEKLY_H

#include "core/case.h"
#include "core/config.h"
#include "core/kpi.h"
#include "core/roster.h"
#include "core/round.h"
#include "core/survey.h"
#include "lib/units.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct opinions;
struct plan_view;
struct snapshot_event;

/* ---- which weeks, when, to whom ---- */

/* Whole weeks, Monday 00:00 to Monday 00:00 of the estate. */
struct weekly_window {
	msec_t from, to;
	msec_t before; /* where as many weeks before `from' begin */
	int weeks;
	bool is_late; /* it should have been there before */
	msec_t meeting;
};

/* Monday 00:00 of the week of `at'. */
msec_t weekly_monday(const struct estate *estate, msec_t at);
/* When the meeting is to which everything since `since' (a Monday) is to be
 * reported: rules.weekly_day of the week after, or the next working day. */
msec_t weekly_meeting(
    const struct config *conf, const struct estate *estate, msec_t since);
/* The first meeting after `at'. */
msec_t weekly_next_meeting(
    const struct config *conf, const struct estate *estate, msec_t at);
/* When the chair gets the attendance list of that meeting (R32). */
msec_t weekly_attendance_due(
    const struct config *conf, const struct estate *estate, msec_t at);
/* When the digest for it is made: rules.weekly_lead_minutes before the meeting
 * it must have been accepted, and a mail server may take a while. */
msec_t weekly_due(
    const struct config *conf, const struct estate *estate, msec_t since);
/* What a digest that is made at `now' covers: all weeks not yet reported that
 * are over; none: weeks is 0. */
struct weekly_window weekly_window(const struct config *conf,
    const struct estate *estate, msec_t since, msec_t now);

/* L1 to L4 and the heads of the departments (rules.md 5.29). */
bool weekly_is_attendee(const struct staff *staff, const struct estate *estate);

/* ---- what it says ---- */

enum {
	WEEKLY_CASES_MAX = 40, /* late; due */
	WEEKLY_PROBLEMS_MAX = 40,
	WEEKLY_FEW_MAX = 20,     /* emergencies, hot spots, words */
	WEEKLY_EVENTS_MAX = 12,  /* of one time line */
	WEEKLY_WORDS_BYTES = 400 /* of one who is quoted */
};

/* A case in a list.  Of the case only what a masked line may say is kept:
 * no contact, no words. */
struct weekly_line {
	struct case_file file;
	msec_t at;         /* by which the list is in order */
	int score;         /* of a rating */
	const char *words; /* verbatim, but masked and short; or NULL */
	const struct snapshot_event *events; /* an emergency's time line */
	size_t event_count;
	bool is_untaken; /* of a level's list: nobody of the level has acted */
};

struct weekly_list {
	struct weekly_line *lines;
	size_t count, max;
	int total;
};

/* Complaints and requests of one category in one building or area. */
struct weekly_problem {
	const char *category;
	struct place place; /* empty: none was named */
	int count, before;  /* received in these weeks, and the weeks before */
	int open;
	const char
	    *oldest; /* number of the one that is open longest, or NULL */
	msec_t oldest_at;
	const char *department; /* of that one */
};

/* The most frequent first, once it is made. */
struct weekly_problems {
	struct weekly_problem *list;
	size_t count, room;
	int total; /* shown or not */
};

struct weekly_hot {
	const char *number, *category, *handler, *word;
	struct place place;
	int cases;
	bool is_open;
	msec_t opened_at;
};

struct weekly_outage {
	const char *channel;
	int times;
	msec_t total; /* within the weeks */
	bool is_down; /* still */
};

/* What the machine itself has to report. */
struct weekly_health {
	int failed_mails, failed_texts; /* refused, or came back */
	int braked; /* automatic messages that were held back (rules.md 5.19) */
	struct round_bin bins[8];
	size_t bin_count;
	struct weekly_outage outages[8];
	size_t outage_count;
	struct roster_gap gaps[4]; /* of the week to come */
	size_t gap_count;
	int no_calendar; /* a year that is near and has no holidays; 0: none */
};

struct weekly_view {
	/* Who must not read of cases about themselves; NULL: all others. */
	const struct staff *reader;
	struct weekly_window window;
	struct kpi_span span, span_before;
	struct arena *arena;
	struct kpi now, before;          /* 1 */
	struct weekly_list emergencies;  /* 2 */
	struct weekly_problems problems; /* 3 */
	const struct weekly_hot *hot;    /* 4 */
	size_t hot_count;
	struct weekly_list late, due; /* 5 */
	struct weekly_list low;       /* 7: ratings of 1 and 2 */
	struct survey_week surveys;   /* 7 */
	struct weekly_list praise;    /* 8 */
	/* 6, and what a department is sent (core/opinion.h): what was said of
	 * it, and how much the weeks before. */
	struct weekly_list remarks;
	int said_before;
	const struct opinions *opinions;
	size_t opinion_count;
	const struct plan_view *plans; /* 6: who has not answered; 9: plans */
	struct weekly_health health;  /* 10 */
};

struct weekly_case {
	const struct case_file *file;
	struct kpi_events now, before;
	bool came_again;
};

/* An empty view of `conf' and `estate' at `now'; lists and copies live in the
 * arena. */
void weekly_begin(struct weekly_view *view, const struct config *conf,
    const struct estate *estate, const struct weekly_window *window, msec_t now,
    struct arena *arena);
/* A case that the weeks touched, with its events of these weeks and of those
 * before.  Everything that is kept of it is copied. */
void weekly_add(struct weekly_view *view, const struct weekly_case *it);
/* A rating of these weeks, or of those before; `words' or NULL. */
void weekly_add_rating(struct weekly_view *view, const struct case_file *file,
    int score, const char *words, msec_t at);
/* The time line of an emergency: what happened, without what was said. */
void weekly_set_events(struct weekly_line *line,
    const struct snapshot_event *events, size_t count, struct arena *arena);
/* A complaint or suggestion about one department, for a view of what is said of
 * it: its problem and its words. */
void weekly_add_remark(
    struct weekly_view *view, const struct case_file *file);
/* Sorted, cut, counted. */
void weekly_end(struct weekly_view *view);

/* A list of at most `max' lines. */
struct weekly_list weekly_list_new(size_t max, struct arena *arena);
/* Puts the case into its place by `at'; when the list is full the last one
 * falls out.  The line for more about it, or NULL: it only counts. */
struct weekly_line *weekly_keep(struct weekly_list *list,
    const struct case_file *file, msec_t at, struct arena *arena);

/* What a masked line may say of a case, copied into the arena. */
struct case_file weekly_brief(
    const struct case_file *file, struct arena *arena);
/* What somebody wrote, with no name, number, address or room in it (R40), cut
 * where it is long. */
const char *weekly_words(const char *words, const struct case_file *file,
    const struct estate *estate, struct arena *arena);

/* The views of all readers: views[0] for everybody who has none. */
struct weekly_views {
	const struct weekly_view *list;
	size_t count;
};
const struct weekly_view *weekly_view_for(
    const struct weekly_views *views, const struct staff *reader);

#endif
