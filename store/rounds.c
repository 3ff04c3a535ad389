#include "store/rounds.h"

#include "lib/arena.h"
#include "lib/err.h"
#include "store/brakes.h"
#include "store/case_row.h"

int
round_set(struct store *store, const struct round *round, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_ROUND_SET, err) < 0)
		return -1;
	query_text(&query, round->estate);
	query_text(&query, round_kind_name(round->kind));
	query_num(&query, round->since);
	query_num(&query, round->due);
	return query_run(&query, err);
}

int
round_load(struct store *store, const char *estate, enum round_kind kind,
    struct round *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	if (query_open(&query, store, SQL_ROUND_LOAD, err) < 0)
		return -1;
	query_text(&query, estate);
	query_text(&query, round_kind_name(kind));
	found = query_row(&query, err);
	if (found > 0)
		*ret = (struct round){ .estate = estate,
			.kind = kind,
			.since = query_get(&query, 0),
			.due = query_get(&query, 1) };
	return found;
}

/* ---- what a summary tells ---- */

struct look {
	struct store *store;
	const struct round_window *window;
	struct arena *arena;
};

/* The statements of a list and of its total take the same parameters. */
static void
bind_window(struct query *query, const struct look *look)
{
	query_text(query, look->window->estate);
	query_num(query, look->window->since);
	query_num(query, look->window->now);
}

static int
count_in(const struct look *look, enum sql sql)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, look->store, sql);
	bind_window(&query, look);
	return (int)query_number(&query);
}

static int
count_open(const struct look *look)
{
	return (int)store_number_of(
	    look->store, SQL_ROUND_OPEN_COUNT, look->window->estate);
}

static int
load_list(const struct look *look, enum sql list, enum sql total,
    struct round_cases *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct case_file *files =
	    arena_array(look->arena, (size_t)look->window->max, sizeof(*files));
	int more = 0;

	if (query_open(&query, look->store, list, err) < 0)
		return -1;
	bind_window(&query, look);
	query_num(&query, look->window->max);
	while (ret->count < (size_t)look->window->max &&
	       (more = query_row(&query, err)) > 0) {
		if (case_row_read(
			&query, look->arena, &files[ret->count], err) < 0)
			return -1;
		ret->count++;
	}
	ret->list = files;
	ret->total = count_in(look, total);
	return more < 0 ? -1 : 0;
}

int
round_bins_load(struct store *store, const struct round_window *window,
    struct arena *arena, struct round_bin *ret, size_t max, struct err *err)
{
	const struct look look = { store, window, arena };
	struct query query scoped(query_done) = { 0 };
	size_t count = 0;
	int more = 0;

	if (query_open(&query, store, SQL_ROUND_BINS, err) < 0)
		return -1;
	bind_window(&query, &look);
	while (count < max && (more = query_row(&query, err)) > 0) {
		ret[count] = (struct round_bin){
			.bin = query_get_text(&query, 0, arena),
			.count = (int)query_get(&query, 1),
		};
		count++;
	}
	return more < 0 ? -1 : (int)count;
}

int
round_view_load(struct store *store, const struct round_window *window,
    struct arena *arena, struct round_view *ret, struct err *err)
{
	const struct look look = { store, window, arena };
	int bins;

	*ret = (struct round_view){ 0 };
	if (load_list(&look, SQL_ROUND_FRESH, SQL_ROUND_FRESH_COUNT,
		&ret->fresh, err) < 0 ||
	    load_list(&look, SQL_ROUND_LATE, SQL_ROUND_LATE_COUNT, &ret->late,
		err) < 0)
		return -1;
	ret->open = count_open(&look);
	ret->fed_back = count_in(&look, SQL_ROUND_FED_BACK_COUNT);
	bins = round_bins_load(
	    store, window, arena, ret->bins, ARRAY_COUNT(ret->bins), err);
	ret->bin_count = bins < 0 ? 0 : (size_t)bins;
	braked_counts(
	    store, window->estate, window->since, window->now, ret->stopped);
	return bins < 0 ? -1 : 0;
}
