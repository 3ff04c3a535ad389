#include "store/statistics.h"

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "store/case_row.h"
#include "store/cases.h"
#include "store/db.h"

static void
bind_stretch(struct query *query, const struct stretch *stretch)
{
	query_text(query, stretch->estate);
	query_num(query, stretch->from);
	query_num(query, stretch->to);
}

static int
visit_all(
    struct query *query, statistics_case *visit, void *arg, struct err *err)
{
	struct arena room scoped(arena_done) = { 0 };
	int more;

	arena_init(&room, LIMIT_WORK_BYTES);
	while ((more = query_row(query, err)) > 0) {
		struct case_file file = { 0 };

		arena_reset(&room);
		if (case_row_read(query, &room, &file, err) < 0 ||
		    visit(&file, arg, err) < 0)
			return -1;
	}
	return more;
}

int
statistics_cases(struct store *store, const struct stretch *stretch,
    statistics_case *visit, void *arg, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_WEEK_CASES, err) < 0)
		return -1;
	bind_stretch(&query, stretch);
	return visit_all(&query, visit, arg, err);
}

int
statistics_open_cases(struct store *store, const char *estate,
    statistics_case *visit, void *arg, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OPEN_CASES, err) < 0)
		return -1;
	query_text(&query, estate);
	return visit_all(&query, visit, arg, err);
}

int
statistics_events(struct store *store, case_id id, msec_t from, msec_t to,
    struct kpi_events *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int more;

	*ret = (struct kpi_events){ 0 };
	if (query_open(&query, store, SQL_WEEK_EVENTS, err) < 0)
		return -1;
	query_num(&query, id);
	query_num(&query, from);
	query_num(&query, to);
	while ((more = query_row(&query, err)) > 0) {
		const char *name = query_peek(&query, 0);

		ret->escalated += text_eq(name, "escalated");
		ret->skipped += text_eq(name, "skipped");
		ret->reopened += text_eq(name, "reopened");
		ret->asked += text_eq(name, "rating_asked");
	}
	return more;
}

bool
statistics_came_again(
    struct store *store, const struct case_file *file, msec_t within)
{
	struct query query scoped(query_done) = { 0 };

	if (file->owner == 0)
		return false;
	query_open_quietly(&query, store, SQL_WEEK_CAME_AGAIN);
	query_num(&query, file->owner);
	query_num(&query, file->id);
	query_text(&query, file->category);
	query_num(&query, file->received_at - within);
	query_num(&query, file->closed_at + within);
	return query_number(&query) != 0;
}

int
statistics_ratings(struct store *store, const struct stretch *stretch,
    statistics_rated *visit, void *arg, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct arena room scoped(arena_done) = { 0 };
	int more;

	if (query_open(&query, store, SQL_WEEK_RATINGS, err) < 0)
		return -1;
	bind_stretch(&query, stretch);
	arena_init(&room, LIMIT_WORK_BYTES);
	while ((more = query_row(&query, err)) > 0) {
		struct statistics_rating rating = {
			.at = query_get(&query, 1),
			.score = (int)query_get(&query, 2),
		};
		struct case_file file = { 0 };

		arena_reset(&room);
		rating.words = query_get_text(&query, 3, &room);
		if (case_load(store, query_get(&query, 0), &room, &file, err) <
			0 ||
		    visit(&file, &rating, arg, err) < 0)
			return -1;
	}
	return more;
}

static int
count_in(struct store *store, enum sql sql, const struct stretch *stretch,
    const char *more)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, sql);
	bind_stretch(&query, stretch);
	if (more != NULL)
		query_text(&query, more);
	return (int)query_number(&query);
}

int
statistics_hot_count(struct store *store, const struct stretch *stretch)
{
	return count_in(store, SQL_WEEK_HOT_COUNT, stretch, NULL);
}

int
statistics_failed(
    struct store *store, const struct stretch *stretch, enum channel channel)
{
	return count_in(store, SQL_WEEK_FAILED, stretch, channel_name(channel));
}

int
statistics_hot(struct store *store, const struct stretch *stretch,
    struct arena *arena, struct weekly_hot *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int count = 0, more = 0;

	if (query_open(&query, store, SQL_WEEK_HOT, err) < 0)
		return -1;
	bind_stretch(&query, stretch);
	query_num(&query, max);
	while (count < max && (more = query_row(&query, err)) > 0)
		ret[count++] = (struct weekly_hot){
			.number = query_get_text(&query, 0, arena),
			.category = query_get_text(&query, 1, arena),
			.place = { .building = query_get_text(&query, 2, arena),
			    .area = query_get_text(&query, 3, arena) },
			.handler = query_get_text(&query, 4, arena),
			.is_open = query_get(&query, 5) != 0,
			.opened_at = query_get(&query, 6),
			.cases = (int)query_get(&query, 7),
			.word = query_get_text(&query, 8, arena),
		};
	return more < 0 ? -1 : count;
}

int
statistics_outages(struct store *store, const struct stretch *stretch,
    statistics_outage *visit, void *arg, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int more;

	if (query_open(&query, store, SQL_WEEK_OUTAGES, err) < 0)
		return -1;
	query_num(&query, stretch->from);
	query_num(&query, stretch->to);
	while ((more = query_row(&query, err)) > 0) {
		msec_t from = query_get(&query, 1), to = query_get(&query, 2);
		bool is_down = to == 0;

		if (from < stretch->from)
			from = stretch->from;
		if (is_down || to > stretch->to)
			to = stretch->to;
		visit(query_peek(&query, 0), from, to, is_down, arg);
	}
	return more;
}
