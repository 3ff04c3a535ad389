#include "store/retention.h"

#include "lib/err.h"
#include "store/db.h"

/* One row at a time, so that a step takes little memory. */
enum { ROWS_AT_ONCE = 64, STEPS_MAX = 4 };

int
cases_erasable(
    struct store *store, msec_t before, case_id *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_ERASABLE, err) < 0)
		return -1;
	query_num(&query, before);
	query_num(&query, max);
	return query_list(&query, ret, max, err);
}

int
case_erase(struct store *store, case_id id, msec_t now, struct err *err)
{
	static const enum sql steps[] = {
		SQL_ERASE_EVENT_TEXTS,
		SQL_ERASE_RATINGS,
		SQL_ERASE_ATTEMPTS,
		SQL_ERASE_PARTS,
		SQL_ERASE_OUT_TEXTS,
		SQL_ERASE_OUT,
		SQL_ERASE_INBOX_RAW,
		SQL_ERASE_INBOX,
		SQL_ERASE_PEOPLE,
	};
	struct query query scoped(query_done) = { 0 };

	for (size_t i = 0; i < ARRAY_COUNT(steps); i++)
		if (store_run(store, steps[i], id, err) < 0)
			return -1;
	if (query_open(&query, store, SQL_ERASE_CASE, err) < 0)
		return -1;
	query_num(&query, now);
	query_num(&query, id);
	return query_run(&query, err);
}

/* ---- messages of no case ---- */

static const struct list {
	const char *name;
	enum sql old;
	enum sql steps[STEPS_MAX];
	size_t step_count;
} lists[] = {
	{ "inbox", SQL_FORGET_INBOX_LIST,
	    { SQL_INBOX_FORGET_RAW, SQL_FORGET_INBOX }, 2 },
	{ "outbox", SQL_FORGET_OUTBOX_LIST,
	    { SQL_FORGET_OUT_TEXT, SQL_FORGET_PARTS, SQL_FORGET_ATTEMPTS,
		SQL_FORGET_OUT },
	    4 },
};

static int
load_place(
    struct store *store, const struct list *list, int64_t *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	if (query_open(&query, store, SQL_FORGOTTEN_LOAD, err) < 0)
		return -1;
	query_text(&query, list->name);
	found = query_row(&query, err);
	*ret = found > 0 ? query_get(&query, 0) : 0;
	return found < 0 ? -1 : 0;
}

static int
save_place(
    struct store *store, const struct list *list, int64_t id, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_FORGOTTEN_SAVE, err) < 0)
		return -1;
	query_text(&query, list->name);
	query_num(&query, id);
	return query_run(&query, err);
}

struct old {
	int64_t id;
	bool is_of_case; /* goes with its case */
};

static int
list_old(struct store *store, const struct list *list, int64_t after,
    msec_t before, struct old *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int more, count = 0;

	if (query_open(&query, store, list->old, err) < 0)
		return -1;
	query_num(&query, after);
	query_num(&query, before);
	query_num(&query, max);
	while (count < max && (more = query_row(&query, err)) != 0) {
		if (more < 0)
			return -1;
		ret[count++] = (struct old){ query_get(&query, 0),
			query_get(&query, 1) != 0 };
	}
	return count;
}

static int
forget_one(
    struct store *store, const struct list *list, int64_t id, struct err *err)
{
	for (size_t i = 0; i < list->step_count; i++)
		if (store_run(store, list->steps[i], id, err) < 0)
			return -1;
	return 0;
}

static int
forget_list(struct store *store, const struct list *list, msec_t before,
    int max, struct err *err)
{
	struct old rows[ROWS_AT_ONCE];
	int64_t place;
	int count;

	if (load_place(store, list, &place, err) < 0)
		return -1;
	count = list_old(store, list, place, before, rows,
	    max < ROWS_AT_ONCE ? max : ROWS_AT_ONCE, err);
	for (int i = 0; i < count; i++)
		if (!rows[i].is_of_case &&
		    forget_one(store, list, rows[i].id, err) < 0)
			return -1;
	if (count > 0 && save_place(store, list, rows[count - 1].id, err) < 0)
		return -1;
	return count;
}

int
messages_forget(struct store *store, msec_t before, int max, struct err *err)
{
	int all = 0;

	for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
		int count = forget_list(store, &lists[i], before, max, err);

		if (count < 0)
			return -1;
		all += count;
	}
	return all;
}

int
owners_forget(struct store *store, msec_t before, struct err *err)
{
	if (store_run(store, SQL_SURVEY_ERASE, before, err) < 0 ||
	    store_run(store, SQL_HOME_VISIT_ERASE, before, err) < 0)
		return -1;
	return store_run(store, SQL_FORGET_OWNERS, before, err);
}
