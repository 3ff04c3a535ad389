/* What a digest says, added up case by case (R31). */
#include "core/deadlines.h"
#include "core/incident.h"
#include "core/snapshot.h"
#include "core/weekly.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"

#include <stdlib.h>
#include <string.h>

/* Groups kept while they are counted; far more than an estate has places with
 * trouble in one week.  What is beyond counts under its category alone. */
enum { PROBLEMS_KEPT = 1000, LOW_RATING = 2 };

/* ---- lists with a ceiling ---- */

struct weekly_list
weekly_list_new(size_t max, struct arena *arena)
{
	return (struct weekly_list){
		.lines = arena_array(arena, max, sizeof(struct weekly_line)),
		.max = max,
	};
}

struct weekly_line *
weekly_keep(struct weekly_list *list, const struct case_file *file, msec_t at,
    struct arena *arena)
{
	size_t place = list->count;

	list->total++;
	while (place > 0 && list->lines[place - 1].at > at)
		place--;
	if (place == list->max)
		return NULL;
	if (list->count < list->max)
		list->count++;
	memmove(&list->lines[place + 1], &list->lines[place],
	    (list->count - 1 - place) * sizeof(*list->lines));
	list->lines[place] =
	    (struct weekly_line){ .file = weekly_brief(file, arena), .at = at };
	return &list->lines[place];
}

static struct weekly_line *
keep(struct weekly_view *view, struct weekly_list *list,
    const struct case_file *file, msec_t at)
{
	return weekly_keep(list, file, at, view->arena);
}

/* ---- problems ---- */

static struct weekly_problem *
find_problem(struct weekly_problems *problems, const char *category,
    const struct place *place)
{
	for (size_t i = 0; i < problems->count; i++) {
		struct weekly_problem *it = &problems->list[i];

		if (text_eq(it->category, category) &&
		    place_eq(&it->place, place))
			return it;
	}
	return NULL;
}

static struct weekly_problem *
add_problem(
    struct weekly_view *view, const char *category, const struct place *place)
{
	struct weekly_problems *problems = &view->problems;
	struct weekly_problem *it;

	if (problems->count == problems->room) {
		size_t room = problems->room * 2 + 32;
		struct weekly_problem *list =
		    arena_array(view->arena, room, sizeof(*list));

		if (problems->count > 0)
			memcpy(list, problems->list,
			    problems->count * sizeof(*list));
		problems->list = list;
		problems->room = room;
	}
	it = &problems->list[problems->count++];
	*it = (struct weekly_problem){
		.category = arena_strdup(view->arena, category),
		.place = { .building =
			       arena_strdup(view->arena, place->building),
		    .area = arena_strdup(view->arena, place->area) },
	};
	return it;
}

static bool
is_in(msec_t at, msec_t from, msec_t to)
{
	return at >= from && at < to;
}

/* The owner's other case stands for one that was merged into it. */
static void
count_problem(struct weekly_view *view, const struct case_file *file)
{
	const struct weekly_window *window = &view->window;
	const struct place nowhere = { 0 };
	struct place place = incident_place(&file->place);
	const char *category = text_or(file->category, "other");
	struct weekly_problem *it;

	if (view->problems.count >= PROBLEMS_KEPT)
		place = nowhere;
	it = find_problem(&view->problems, category, &place);
	if (it == NULL)
		it = add_problem(view, category, &place);
	it->count += is_in(file->received_at, window->from, window->to);
	it->before += is_in(file->received_at, window->before, window->from);
	if (!case_is_open(file->state))
		return;
	it->open++;
	if (it->oldest != NULL && it->oldest_at <= file->received_at)
		return;
	it->oldest = arena_strdup(view->arena, file->number);
	it->oldest_at = file->received_at;
	it->department = arena_strdup(view->arena, file->department);
}

static int
compare_problems(const void *a, const void *b)
{
	const struct weekly_problem *one = a, *other = b;

	if (one->count != other->count)
		return one->count > other->count ? -1 : 1;
	if (one->open != other->open)
		return one->open > other->open ? -1 : 1;
	if (one->oldest_at != other->oldest_at)
		return one->oldest_at < other->oldest_at ? -1 : 1;
	return strcmp(one->category, other->category);
}

/* Those of the weeks before only are over. */
static void
sort_problems(struct weekly_problems *problems)
{
	size_t count = 0;

	for (size_t i = 0; i < problems->count; i++)
		if (problems->list[i].count > 0 || problems->list[i].open > 0)
			problems->list[count++] = problems->list[i];
	if (count > 1)
		qsort(problems->list, count, sizeof(*problems->list),
		    compare_problems);
	problems->total = (int)count;
	problems->count =
	    count < WEEKLY_PROBLEMS_MAX ? count : WEEKLY_PROBLEMS_MAX;
}

/* ---- overdue, and due this week ---- */

static void
list_dues(struct weekly_view *view, const struct case_file *file)
{
	msec_t now = view->span.now;
	msec_t late, next;

	if (!case_is_open(file->state))
		return;
	late = deadlines_first(file, 0, now);
	next = deadlines_first(file, now, view->window.to + 7 * MSEC_DAY);
	if (late != 0)
		(void)keep(view, &view->late, file, late);
	else if (next != 0)
		(void)keep(view, &view->due, file, next);
}

/* ---- the whole ---- */

void
weekly_begin(struct weekly_view *view, const struct config *conf,
    const struct estate *estate, const struct weekly_window *window, msec_t now,
    struct arena *arena)
{
	*view = (struct weekly_view){
		.window = *window,
		.span = { conf, estate, window->from, window->to, now },
		.span_before = { conf, estate, window->before, window->from,
		    now },
		.arena = arena,
		.emergencies = weekly_list_new(WEEKLY_FEW_MAX, arena),
		.late = weekly_list_new(WEEKLY_CASES_MAX, arena),
		.due = weekly_list_new(WEEKLY_CASES_MAX, arena),
		.low = weekly_list_new(WEEKLY_FEW_MAX, arena),
		.praise = weekly_list_new(WEEKLY_FEW_MAX, arena),
		.remarks = weekly_list_new(WEEKLY_FEW_MAX, arena),
	};
}

static void
quote(struct weekly_view *view, struct weekly_line *line,
    const struct case_file *file, const char *words)
{
	if (line != NULL)
		line->words =
		    weekly_words(words, file, view->span.estate, view->arena);
}

void
weekly_add(struct weekly_view *view, const struct weekly_case *it)
{
	const struct case_file *file = it->file;
	const struct weekly_window *window = &view->window;
	bool is_new = is_in(file->received_at, window->from, window->to);

	kpi_add(&view->now, &view->span, file, &it->now, it->came_again);
	kpi_add(&view->before, &view->span_before, file, &it->before,
	    it->came_again);
	if ((file->kind == KIND_COMPLAINT || file->kind == KIND_REQUEST) &&
	    file->state != CASE_MERGED && file->state != CASE_SPAM)
		count_problem(view, file);
	list_dues(view, file);
	if (file->state == CASE_SPAM)
		return;
	if (file->after_reports > 0 ||
	    (is_new && file->severity == SEVERITY_EMERGENCY))
		(void)keep(view, &view->emergencies, file, file->received_at);
	if (is_new && file->kind == KIND_PRAISE)
		quote(view, keep(view, &view->praise, file, file->received_at),
		    file, file->text);
}

void
weekly_add_remark(struct weekly_view *view, const struct case_file *file)
{
	const struct weekly_window *window = &view->window;

	count_problem(view, file);
	view->said_before +=
	    is_in(file->received_at, window->before, window->from);
	if (is_in(file->received_at, window->from, window->to))
		quote(view, keep(view, &view->remarks, file, file->received_at),
		    file, file->text);
}

void
weekly_add_rating(struct weekly_view *view, const struct case_file *file,
    int score, const char *words, msec_t at)
{
	struct weekly_line *line;

	if (at < view->window.from) {
		view->said_before += score <= LOW_RATING;
		kpi_add_rating(&view->before, score);
		return;
	}
	kpi_add_rating(&view->now, score);
	if (score > LOW_RATING)
		return;
	line = keep(view, &view->low, file, at);
	if (line != NULL)
		line->score = score;
	quote(view, line, file, words);
}

/* An alarm rings again and again; that it did is enough. */
static bool
is_told(const struct weekly_line *line, const struct snapshot_event *event)
{
	for (size_t i = 0; i < line->event_count; i++)
		if (text_eq(line->events[i].name, event->name) &&
		    line->events[i].level == event->level)
			return text_eq(event->name, "alerted");
	return false;
}

void
weekly_set_events(struct weekly_line *line, const struct snapshot_event *events,
    size_t count, struct arena *arena)
{
	static const char *const told[] = { "created", "alerted", "taken",
		"assigned", "escalated", "replied", "finding", "severity",
		"resolved", "fed_back", "after_report", "reopened", "merged",
		"withdrawn", "skipped", "urgent" };
	struct snapshot_event *list =
	    arena_array(arena, WEEKLY_EVENTS_MAX, sizeof(*list));

	line->events = list;
	line->event_count = 0;
	for (size_t i = 0; i < count && line->event_count < WEEKLY_EVENTS_MAX;
	     i++)
		for (size_t k = 0; k < ARRAY_COUNT(told); k++)
			if (text_eq(events[i].name, told[k]) &&
			    !is_told(line, &events[i]))
				list[line->event_count++] =
				    (struct snapshot_event){
					    .at = events[i].at,
					    .name = told[k],
					    .level = events[i].level,
				    };
}

void
weekly_end(struct weekly_view *view)
{
	sort_problems(&view->problems);
}
