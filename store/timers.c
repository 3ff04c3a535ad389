/*
 * Timers: one row per case and kind.
 */
#include "lib/err.h"
#include "store/cases.h"
#include "store/row.h"

static const struct column columns[] = {
	COLUMN(timer, case_id, case_id, COLUMN_NUM),
	COLUMN_OF(timer, kind, kind, words_timer_kind),
	COLUMN(timer, step, step, COLUMN_INT),
	COLUMN(timer, due, due, COLUMN_NUM),
};

int
timer_set(struct store *store, const struct timer *timer, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_TIMER_SET, err) < 0)
		return -1;
	row_bind(&query, columns, ARRAY_COUNT(columns), timer);
	return query_run(&query, err);
}

int
timer_cancel(
    struct store *store, case_id id, enum timer_kind kind, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_TIMER_CANCEL, err) < 0)
		return -1;
	query_num(&query, id);
	query_text(&query, timer_kind_name(kind));
	return query_run(&query, err);
}

int
timers_due(struct store *store, msec_t now, struct timer *ret, int max,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_TIMERS_DUE, err) < 0)
		return -1;
	query_num(&query, now);
	query_num(&query, max);
	return row_list(&query, ROW_FORM(timer, columns), NULL, ret, max, err);
}

msec_t
timers_next(struct store *store)
{
	return store_number(store, SQL_TIMERS_NEXT);
}

int
timers_of(struct store *store, case_id id, struct timer *ret, int max,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_TIMERS_OF, err) < 0)
		return -1;
	query_num(&query, id);
	query_num(&query, max);
	return row_list(&query, ROW_FORM(timer, columns), NULL, ret, max, err);
}
