/*
 * snapshot_parts - what the files that load a snapshot share.
 *
 * Private to desk/snapshot*.c.
 */
#ifndef DESK_SNAPSHOT_PARTS_H
#define DESK_SNAPSHOT_PARTS_H

#include "desk/engine.h"

/* So long `1' means an alert (rules.md 4.4). */
#define ALERT_AGE_MAX (30 * MSEC_MINUTE)

/* So long what staff text without a number is a note on the alarm that they
 * took. */
#define NOTE_AGE_MAX MSEC_HOUR

/* So long what the number of an emergency texts belongs to it: it mostly comes
 * within minutes, and later it may be another danger, which is told anew. */
#define ADDITION_AGE_MAX (30 * MSEC_MINUTE)

struct search {
	struct desk *desk;
	const struct input *in;
	const struct message *message;
	const char *address; /* of the sender, in normal form */
	msec_t now;
	struct arena *arena;
	struct snapshot *ret;
};

/* Fills in the case that the message is about, if there is one that its sender
 * may speak of, and which of our messages it answers. */
int snapshot_find_case(struct search *search, struct err *err) must_check;
/* snapshot_find_owner.c: the open cases of the sender, or what was answered; and
 * the case of a text that names none. */
int snapshot_load_open_cases(struct search *search, struct err *err) must_check;
int snapshot_find_owner(struct search *search, struct err *err) must_check;
/* snapshot_staff_text.c: the case of a text of staff with no full number. */
int snapshot_find_staff_text(struct search *search, struct err *err) must_check;
/* The open ones among cases of one serial, or all when none is; how many. */
struct case_namesake;
size_t snapshot_prefer_open(struct case_namesake *list, size_t count);
/* snapshot_adopt.c: that case, or the one that it was merged into, if the
 * sender may speak of it. */
int snapshot_adopt(struct search *search, case_id id, enum match_by match,
    struct err *err) must_check;
/* The case of that number, if it is of the estate and the sender may speak of
 * it. */
int snapshot_find_number(struct search *search, const char *number,
    struct err *err) must_check;
/* snapshot_notices.c: the notices that an INPUT_BUNDLE is about, as many as fit
 * into one mail. */
int snapshot_load_notices(struct search *search, struct err *err) must_check;
struct weekly_window;
/* What was said of each department in those weeks. */
int snapshot_load_opinions(struct desk *desk, const struct estate *estate,
    const struct weekly_window *window, msec_t now, struct arena *arena,
    struct snapshot *ret, struct err *err) must_check;
/* Open plans and requests, and the plans done since `since'. */
int snapshot_load_plans(struct desk *desk, const char *estate, msec_t since,
    struct arena *arena, struct snapshot *ret, struct err *err) must_check;
/* Of the meeting that a round is about. */
int snapshot_load_excuses(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err) must_check;
/* snapshot_story.c: the automatic messages that this address had; what the
 * store knows beside the case that was found. */
struct automatic snapshot_automatic(
    const struct search *search, const char *address);
int snapshot_load_story(struct search *search, struct err *err) must_check;
/* snapshot_texts.c: what caps ask (core/brake.h), of the sender and of the
 * case that was found; and of the channel alone. */
void snapshot_load_texts(struct search *search);
void snapshot_load_spent(struct desk *desk, const struct estate *estate,
    msec_t now, struct snapshot *ret);
/* snapshot_survey.c: whose turn it is in a survey, or a new draw. */
int snapshot_load_survey(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err) must_check;
/* Whom a round of home visits may propose. */
int snapshot_load_home_visits(struct desk *desk, const struct input *in,
    msec_t now, struct arena *arena, struct snapshot *ret,
    struct err *err) must_check;
/* The home visit that a message is about. */
int snapshot_load_home_visit(struct search *search, struct err *err) must_check;
/* snapshot_named.c: the cases that an answer to a mail about none names. */
int snapshot_load_named(struct search *search, struct err *err) must_check;
/* snapshot_addition.c: the case to which this text adds something (0: it
 * stands for itself). */
int snapshot_find_addition(struct search *search, case_id *ret,
    struct err *err) must_check;
/* The message tells of a place that cannot be this one. */
bool snapshot_names_other_place(
    const struct search *search, const struct place *place);
/* It is a place in numbers and nothing else: "2-1-301". */
bool snapshot_is_bare_place(const struct search *search);
/* Staff who add, in plain words, to an emergency that they told of themselves:
 * 1/0/-1 */
int snapshot_staff_are_in_danger(
    struct search *search, struct err *err) must_check;
/* That message of ours: 1, 0 there is none, -1. */
int snapshot_load_answered(struct search *search, out_id id,
    struct err *err) must_check;

/* snapshot_weekly.c: what the weekly digest says to each kind of reader. */
struct weekly_views;
int snapshot_load_weekly(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err) must_check;

/* snapshot_charge.c: what the levels have in their charge. */
int snapshot_load_charge(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err) must_check;

#endif
