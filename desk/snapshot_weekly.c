/*
 * What the weekly digest says, for each kind of reader (core/weekly.h): one way
 * through what the weeks held, and one more for each who is complained about
 * in them (R9).
 */
#include "core/calendar.h"
#include "core/limits.h"
#include "core/subject.h"
#include "core/weekly.h"
#include "core/zone.h"
#include "desk/snapshot_parts.h"
#include "handlers/act.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/brakes.h"
#include "store/cases.h"
#include "store/rounds.h"
#include "store/staff.h"
#include "store/statistics.h"
#include "store/surveys.h"

/* Of the same household and category: the first time was not enough. */
#define AGAIN_WITHIN (30 * MSEC_DAY)
/* So far ahead a year without holidays is told. */
#define CALENDAR_AHEAD (30 * MSEC_DAY)

struct weekly_load {
	struct desk *desk;
	const struct estate *estate;
	struct weekly_view *view; /* being made */
	const struct snapshot *known; /* what is the same for all of them */
	/* Those who come to the meeting and are complained about. */
	const struct staff **subjects;
	size_t subject_count, subject_room;
	struct arena *arena;
};

static void
remember(struct weekly_load *load, const struct staff *staff)
{
	for (size_t i = 0; i < load->subject_count; i++)
		if (load->subjects[i] == staff)
			return;
	if (load->subject_count < load->subject_room)
		load->subjects[load->subject_count++] = staff;
}

/* Is this reader kept from the case?  On the way for all, who they are is found
 * out. */
static bool
is_hidden(
    struct weekly_load *load, const struct case_file *file, const char *words)
{
	const struct config *conf = load->desk->conf;
	const struct staff *reader = load->view->reader;
	bool is_complaint = file->kind == KIND_COMPLAINT;

	if (reader != NULL)
		return act_is_subject(file, reader) ||
		       subject_is_named(words, reader, is_complaint);
	for (size_t i = 0; i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (weekly_is_attendee(staff, load->estate) &&
		    (act_is_subject(file, staff) ||
			subject_is_named(words, staff, is_complaint)))
			remember(load, staff);
	}
	return false;
}

/* ---- sections ---- */

static int
add_case(const struct case_file *file, void *arg, struct err *err)
{
	struct weekly_load *load = arg;
	struct store *store = load->desk->store;
	const struct weekly_window *window = &load->view->window;
	struct weekly_case it = { .file = file };

	if (is_hidden(load, file, NULL))
		return 0;
	if (statistics_events(
		store, file->id, window->from, window->to, &it.now, err) < 0 ||
	    statistics_events(store, file->id, window->before, window->from,
		&it.before, err) < 0)
		return -1;
	it.came_again = file->state == CASE_CLOSED &&
			file->closed_at >= window->before &&
			statistics_came_again(store, file, AGAIN_WITHIN);
	weekly_add(load->view, &it);
	return 0;
}

static int
load_cases(struct weekly_load *load, struct err *err)
{
	const struct weekly_window *window = &load->view->window;

	return statistics_cases(load->desk->store,
	    &(struct stretch){ load->estate->id, window->before, window->to },
	    add_case, load, err);
}

static int
add_rating(const struct case_file *file, const struct statistics_rating *rating,
    void *arg, struct err *err)
{
	struct weekly_load *load = arg;

	(void)err;
	if (!is_hidden(load, file, rating->words))
		weekly_add_rating(
		    load->view, file, rating->score, rating->words, rating->at);
	return 0;
}

static int
load_ratings(struct weekly_load *load, struct err *err)
{
	const struct weekly_window *window = &load->view->window;

	return statistics_ratings(load->desk->store,
	    &(struct stretch){ load->estate->id, window->before, window->to },
	    add_rating, load, err);
}

/* Said by the handler to all, so it names nobody (R41). */
static int
load_hot(struct weekly_load *load, struct err *err)
{
	struct weekly_view *view = load->view;
	const struct weekly_window *window = &view->window;
	const struct stretch now = { load->estate->id, window->from,
		window->to };
	const struct stretch before = { load->estate->id, window->before,
		window->from };
	struct weekly_hot *list =
	    arena_array(load->arena, WEEKLY_FEW_MAX, sizeof(*list));
	int count = statistics_hot(
	    load->desk->store, &now, load->arena, list, WEEKLY_FEW_MAX, err);

	view->hot = list;
	view->hot_count = count < 0 ? 0 : (size_t)count;
	view->now.counts[KPI_HOT] =
	    statistics_hot_count(load->desk->store, &now);
	view->before.counts[KPI_HOT] =
	    statistics_hot_count(load->desk->store, &before);
	return count < 0 ? -1 : 0;
}

/* ---- health ---- */

/* The account, or a way in that is polled. */
static bool
is_of_sms(const char *account, const char *name)
{
	char inbox[POLL_NAME_MAX], reports[POLL_NAME_MAX];

	poll_alarm_name(account, false, inbox);
	poll_alarm_name(account, true, reports);
	return text_eq(account, name) || text_eq(inbox, name) ||
	       text_eq(reports, name);
}

static bool
is_channel_of(const struct weekly_load *load, const char *name)
{
	const struct config *conf = load->desk->conf;
	const struct estate *estate = load->estate;

	for (size_t i = 0; i < conf->mailbox_count; i++)
		if (text_eq(conf->mailboxes[i].name, name) &&
		    text_eq(conf->mailboxes[i].estate, estate->id))
			return true;
	return (estate->smtp != NULL && text_eq(estate->smtp->name, name)) ||
	       (estate->sms != NULL && is_of_sms(estate->sms->name, name));
}

static void
add_outage(const char *channel, msec_t from, msec_t to, bool is_down, void *arg)
{
	struct weekly_load *load = arg;
	struct weekly_health *health = &load->view->health;
	size_t i = 0;

	if (!is_channel_of(load, channel))
		return;
	while (i < health->outage_count &&
	       !text_eq(health->outages[i].channel, channel))
		i++;
	if (i == ARRAY_COUNT(health->outages))
		return;
	if (i == health->outage_count)
		health->outages[health->outage_count++].channel =
		    arena_strdup(load->arena, channel);
	health->outages[i].times++;
	health->outages[i].total += to - from;
	health->outages[i].is_down |= is_down;
}

/* A week ahead: what is told two days ahead can be settled at the meeting. */
static void
find_gaps(
    const struct weekly_load *load, msec_t now, const struct absences *absences)
{
	struct weekly_health *health = &load->view->health;
	msec_t to = load->view->window.to + 7 * MSEC_DAY;

	while (health->gap_count < ARRAY_COUNT(health->gaps) && now < to &&
	       roster_find_gap(load->desk->conf, load->estate, absences, now,
		   to, &health->gaps[health->gap_count]))
		now = health->gaps[health->gap_count++].to;
}

static int
load_health(struct weekly_load *load, struct err *err)
{
	struct store *store = load->desk->store;
	struct weekly_view *view = load->view;
	struct weekly_health *health = &view->health;
	const struct stretch stretch = { load->estate->id, view->window.from,
		view->window.to };
	const struct round_window window = { .estate = load->estate->id,
		.since = stretch.from,
		.now = stretch.to };
	msec_t now = view->span.now;
	struct local_time ahead =
	    zone_local(load->estate->zone, now + CALENDAR_AHEAD);
	struct absences absences = { 0 };
	int stopped[CAP_COUNT];
	int bins = round_bins_load(store, &window, load->arena, health->bins,
	    ARRAY_COUNT(health->bins), err);

	if (bins < 0 ||
	    statistics_outages(store, &stretch, add_outage, load, err) < 0 ||
	    absences_load(store, now, load->arena, &absences, err) < 0)
		return -1;
	health->bin_count = (size_t)bins;
	health->failed_mails = statistics_failed(store, &stretch, CHANNEL_MAIL);
	health->failed_texts = statistics_failed(store, &stretch, CHANNEL_SMS);
	braked_counts(store, stretch.estate, stretch.from, stretch.to, stopped);
	for (size_t i = 0; i < ARRAY_COUNT(stopped); i++)
		health->braked += stopped[i];
	find_gaps(load, now, &absences);
	if (!calendar_has_year(load->estate->calendar, ahead.year))
		health->no_calendar = ahead.year;
	return 0;
}

/* ---- the whole ---- */

/* What happened in them, once it is known which are shown. */
static int
load_time_lines(struct weekly_load *load, struct err *err)
{
	struct weekly_list *list = &load->view->emergencies;
	struct arena room scoped(arena_done) = { 0 };

	arena_init(&room, LIMIT_WORK_BYTES);
	for (size_t i = 0; i < list->count; i++) {
		struct snapshot_event *events;
		size_t count;

		arena_reset(&room);
		if (case_events(load->desk->store, list->lines[i].file.id,
			&room, &events, &count, err) < 0)
			return -1;
		weekly_set_events(&list->lines[i], events, count, load->arena);
	}
	return 0;
}

static int
load_surveys(struct weekly_load *load, struct err *err)
{
	const struct weekly_window *window = &load->view->window;

	return survey_week_load(load->desk->store, load->estate->id,
	    window->from, window->to, &load->view->surveys, err);
}

/* Each fills in its part of load->view; what names a case asks is_hidden(). */
static int (*const sections[])(struct weekly_load *load, struct err *err) = {
	load_cases,   /* 1 to 3, 5, 8 */
	load_ratings, /* 7 */
	load_surveys, /* 7 */
	load_time_lines, /* 2 */
	load_hot,
	load_health,
};

static int
make_view(struct weekly_load *load, const struct weekly_window *window,
    const struct staff *reader, msec_t now, struct weekly_view *view,
    struct err *err)
{
	load->view = view;
	weekly_begin(
	    view, load->desk->conf, load->estate, window, now, load->arena);
	view->reader = reader;
	/* Plans of the meeting a week ago stand there with what became of
	 * them. */
	view->plans = &load->known->plans;
	view->opinions = load->known->opinions;
	view->opinion_count = load->known->opinion_count;
	for (size_t i = 0; i < ARRAY_COUNT(sections); i++)
		if (sections[i](load, err) < 0)
			return -1;
	weekly_end(view);
	return 0;
}

int
snapshot_load_weekly(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	const struct estate *estate = config_estate(desk->conf, in->estate);
	const struct weekly_window window =
	    weekly_window(desk->conf, estate, in->round.since, now);
	struct weekly_load load = {
		.desk = desk,
		.estate = estate,
		.known = ret,
		.subject_room = desk->conf->staff_count,
		.arena = arena,
	};
	struct weekly_view first, *views;

	if (window.weeks == 0)
		return 0;
	if (snapshot_load_opinions(
		desk, estate, &window, now, arena, ret, err) < 0 ||
	    snapshot_load_plans(
		desk, estate->id, window.from, arena, ret, err) < 0)
		return -1;
	load.subjects =
	    arena_array(arena, desk->conf->staff_count, sizeof(struct staff *));
	if (make_view(&load, &window, NULL, now, &first, err) < 0)
		return -1;
	views = arena_array(arena, 1 + load.subject_count, sizeof(*views));
	views[0] = first;
	for (size_t i = 0; i < load.subject_count; i++)
		if (make_view(&load, &window, load.subjects[i], now,
			&views[1 + i], err) < 0)
			return -1;
	ret->weekly = (struct weekly_views){ views, 1 + load.subject_count };
	return 0;
}
