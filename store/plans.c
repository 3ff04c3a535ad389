#include "store/plans.h"

#include "lib/arena.h"
#include "store/row.h"

/* Far more than a meeting can talk about. */
enum { PLANS_MAX = 300, EXCUSES_MAX = 200 };

#define TEXT(object, field)  COLUMN(object, field, field, COLUMN_TEXT)
#define NUM(object, field)   COLUMN(object, field, field, COLUMN_NUM)
#define MAYBE(object, field) COLUMN(object, field, field, COLUMN_MAYBE)

static const char *
source_code(int value)
{
	return plan_source_name((enum plan_source)value);
}

static const struct words words_source = { source_code, PLAN_SOURCE_COUNT };

static const struct column plan_columns[] = {
	NUM(plan, id),
	TEXT(plan, estate),
	COLUMN_OF(plan, source, source, words_source),
	TEXT(plan, department),
	TEXT(plan, measure),
	TEXT(plan, responsible),
	TEXT(plan, made_by),
	NUM(plan, made_at),
	NUM(plan, due),
	MAYBE(plan, alarm),
	MAYBE(plan, done_at),
	TEXT(plan, done_by),
	TEXT(plan, outcome),
};

static const struct column request_columns[] = {
	NUM(plan_request, id),
	TEXT(plan_request, estate),
	TEXT(plan_request, department),
	TEXT(plan_request, asked),
	COLUMN(plan_request, from_at, from, COLUMN_NUM),
	COLUMN(plan_request, to_at, to, COLUMN_NUM),
	COLUMN(plan_request, opinions, opinions, COLUMN_INT),
	NUM(plan_request, asked_at),
	NUM(plan_request, due),
	COLUMN(plan_request, step, step, COLUMN_INT),
	MAYBE(plan_request, alarm),
	MAYBE(plan_request, answered_at),
};

static const struct column excuse_columns[] = {
	TEXT(excuse, estate),
	NUM(excuse, meeting),
	TEXT(excuse, staff),
	TEXT(excuse, reason),
	NUM(excuse, told_at),
};

static int
save(struct store *store, enum sql sql, const struct column *columns,
    size_t count, const void *object, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, sql, err) < 0)
		return -1;
	row_bind(&query, columns, count, object);
	return query_run(&query, err);
}

int
plan_save(struct store *store, const struct plan *plan, struct err *err)
{
	return save(store, SQL_PLAN_SAVE, plan_columns,
	    ARRAY_COUNT(plan_columns), plan, err);
}

int
plan_request_save(
    struct store *store, const struct plan_request *request, struct err *err)
{
	return save(store, SQL_PLAN_REQUEST_SAVE, request_columns,
	    ARRAY_COUNT(request_columns), request, err);
}

int
excuse_save(struct store *store, const struct excuse *excuse, struct err *err)
{
	return save(store, SQL_EXCUSE_SAVE, excuse_columns,
	    ARRAY_COUNT(excuse_columns), excuse, err);
}

int64_t
plan_next_id(struct store *store)
{
	return store_number(store, SQL_PLAN_MAX_ID) + 1;
}

int64_t
plan_request_next_id(struct store *store)
{
	return store_number(store, SQL_PLAN_REQUEST_MAX_ID) + 1;
}

static int
load_plans(struct store *store, const char *estate, msec_t since,
    struct arena *arena, struct plan_view *ret, struct err *err)
{
	struct query open scoped(query_done) = { 0 };
	struct query done scoped(query_done) = { 0 };
	struct plan *plans = arena_array(arena, PLANS_MAX, sizeof(*plans));
	int opens, dones;

	if (query_open(&open, store, SQL_PLANS_OPEN, err) < 0)
		return -1;
	query_text(&open, estate);
	query_num(&open, PLANS_MAX);
	opens = row_list(
	    &open, ROW_FORM(plan, plan_columns), arena, plans, PLANS_MAX, err);
	if (opens < 0 || query_open(&done, store, SQL_PLANS_DONE, err) < 0)
		return -1;
	query_text(&done, estate);
	query_num(&done, since);
	query_num(&done, PLANS_MAX);
	dones = row_list(&done, ROW_FORM(plan, plan_columns), arena,
	    plans + opens, PLANS_MAX - opens, err);
	if (dones < 0)
		return -1;
	ret->plans = plans;
	ret->plan_count = (size_t)opens + (size_t)dones;
	return 0;
}

static int
load_requests(struct store *store, const char *estate, struct arena *arena,
    struct plan_view *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct plan_request *list =
	    arena_array(arena, PLANS_MAX, sizeof(*list));
	int count;

	if (query_open(&query, store, SQL_PLAN_REQUESTS, err) < 0)
		return -1;
	query_text(&query, estate);
	query_num(&query, PLANS_MAX);
	count = row_list(&query, ROW_FORM(plan_request, request_columns), arena,
	    list, PLANS_MAX, err);
	if (count < 0)
		return -1;
	ret->requests = list;
	ret->request_count = (size_t)count;
	return 0;
}

int
plans_load(struct store *store, const char *estate, msec_t since,
    struct arena *arena, struct plan_view *ret, struct err *err)
{
	*ret = (struct plan_view){ 0 };
	if (load_plans(store, estate, since, arena, ret, err) < 0)
		return -1;
	return load_requests(store, estate, arena, ret, err);
}

int
excuses_load(struct store *store, const char *estate, msec_t meeting,
    struct arena *arena, const struct excuse **ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct excuse *list = arena_array(arena, EXCUSES_MAX, sizeof(*list));

	if (query_open(&query, store, SQL_EXCUSES, err) < 0)
		return -1;
	query_text(&query, estate);
	query_num(&query, meeting);
	query_num(&query, EXCUSES_MAX);
	*ret = list;
	return row_list(&query, ROW_FORM(excuse, excuse_columns), arena, list,
	    EXCUSES_MAX, err);
}

int
plans_forget(struct store *store, msec_t before, struct err *err)
{
	if (store_run(store, SQL_PLANS_FORGET, before, err) < 0)
		return -1;
	return store_run(store, SQL_EXCUSES_FORGET, before, err);
}
