/*
 * What the weekly digest says, for each kind of reader (core/weekly.h): one way
 * through what the weeks held, and one more for each who is complained about
 * in them (R9).
 */
#include "core/subject.h"
#include "core/weekly.h"
#include "desk/snapshot_parts.h"
#include "handlers/act.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "store/statistics.h"
#include "store/surveys.h"

/* Of the same household and category: the first time was not enough. */
#define AGAIN_WITHIN (30 * MSEC_DAY)

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

static int
load_surveys(struct weekly_load *load, struct err *err)
{
	const struct weekly_window *window = &load->view->window;

	return survey_week_load(load->desk->store, load->estate->id,
	    window->from, window->to, &load->view->surveys, err);
}

/* Each fills in its part of load->view; what names a case asks is_hidden(). */
static int (*const sections[])(struct weekly_load *load, struct err *err) = {
	load_cases,
	load_ratings,
	load_surveys,
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
	    arena_array(arena, desk->conf->staff_count, sizeof(*load.subjects));
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
