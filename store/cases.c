#include "store/cases.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/case_row.h"

static const struct column brief_columns[] = {
	COLUMN(case_brief, id, id, COLUMN_NUM),
	COLUMN(case_brief, number, number, COLUMN_TEXT),
	COLUMN_OF(case_brief, state, state, words_case_state),
	COLUMN(case_brief, category, category, COLUMN_TEXT),
	COLUMN(case_brief, building, place.building, COLUMN_TEXT),
	COLUMN(case_brief, unit, place.unit, COLUMN_TEXT),
	COLUMN(case_brief, floor, place.floor, COLUMN_TEXT),
	COLUMN(case_brief, room, place.room, COLUMN_TEXT),
	COLUMN(case_brief, area, place.area, COLUMN_TEXT),
	COLUMN(case_brief, reply_due, reply_due, COLUMN_MAYBE),
};

static int
read_one(struct query *query, struct arena *arena, struct case_file *ret,
    struct err *err)
{
	int found = query_row(query, err);

	if (found <= 0)
		return found;
	return case_row_read(query, arena, ret, err) < 0 ? -1 : 1;
}

int
case_load(struct store *store, case_id id, struct arena *arena,
    struct case_file *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_LOAD, err) < 0)
		return -1;
	query_num(&query, id);
	return read_one(&query, arena, ret, err);
}

int
case_load_number(struct store *store, const char *number, struct arena *arena,
    struct case_file *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_BY_NUMBER, err) < 0)
		return -1;
	query_text(&query, number);
	return read_one(&query, arena, ret, err);
}

/* The id in the first column. */
static int
read_id(struct query *query, case_id *ret, struct err *err)
{
	int found = query_row(query, err);

	if (found > 0)
		*ret = query_get(query, 0);
	return found;
}

int
case_by_message_id(struct store *store, const char *estate,
    const char *message_id, case_id *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_BY_MESSAGE_ID, err) < 0)
		return -1;
	query_text(&query, message_id);
	query_text(&query, estate);
	return read_id(&query, ret, err);
}

static const struct column namesake_columns[] = {
	COLUMN(case_namesake, id, id, COLUMN_NUM),
	COLUMN(case_namesake, is_open, is_open, COLUMN_FLAG),
	COLUMN(case_namesake, is_known, is_known, COLUMN_FLAG),
	COLUMN(case_namesake, told_at, told_at, COLUMN_MAYBE),
};

int
case_by_serial(struct store *store, const struct case_serial *want,
    struct case_namesake *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_BY_SERIAL, err) < 0)
		return -1;
	query_num(&query, want->serial);
	query_num(&query, want->since);
	query_text(&query, want->estate);
	query_text(&query, want->person);
	query_num(&query, max);
	return row_list(&query, ROW_FORM(case_namesake, namesake_columns),
	    NULL, ret, max, err);
}

int
case_of_by_serial(struct store *store, const char *estate, const char *address,
    int serial, msec_t since, case_id *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int known;

	if (query_open(&query, store, SQL_CASE_OF_BY_SERIAL, err) < 0)
		return -1;
	query_num(&query, serial);
	query_num(&query, since);
	query_text(&query, estate);
	query_text(&query, address);
	known = query_row(&query, err);
	if (known > 0)
		*ret = query_get(&query, 0);
	return known;
}

int
case_open_of(struct store *store, const char *estate, const char *address,
    struct arena *arena, struct case_brief *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	bool is_mail = strchr(address, '@') != NULL;

	if (query_open(&query, store,
		is_mail ? SQL_CASE_OPEN_BY_MAIL : SQL_CASE_OPEN_BY_PHONE,
		err) < 0)
		return -1;
	query_text(&query, address);
	query_text(&query, estate);
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(case_brief, brief_columns), arena, ret, max, err);
}

int
case_open_of_staff(struct store *store, const char *estate, const char *staff,
    struct arena *arena, struct case_brief *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_OPEN_OF_STAFF, err) < 0)
		return -1;
	query_text(&query, estate);
	query_text(&query, staff);
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(case_brief, brief_columns), arena, ret, max, err);
}

/* The newest case with a message to that address since then. */
static int
case_by_message_to(struct store *store, enum sql sql, const char *address,
    msec_t since, case_id *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, sql, err) < 0)
		return -1;
	query_text(&query, address);
	query_num(&query, since);
	return read_id(&query, ret, err);
}

int
case_pending_rating(struct store *store, const char *address, msec_t since,
    case_id *ret, struct err *err)
{
	return case_by_message_to(
	    store, SQL_CASE_PENDING_RATING, address, since, ret, err);
}

int
case_open_question(struct store *store, const char *address, msec_t since,
    case_id *ret, struct err *err)
{
	return case_by_message_to(
	    store, SQL_CASE_OPEN_QUESTION, address, since, ret, err);
}

int
case_open_withdrawal(struct store *store, const char *address, msec_t since,
    case_id *ret, struct err *err)
{
	return case_by_message_to(
	    store, SQL_CASE_OPEN_WITHDRAWAL, address, since, ret, err);
}

int
case_open_alerts(struct store *store, const char *phone, msec_t since,
    struct arena *arena, struct case_brief *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_OPEN_ALERTS, err) < 0)
		return -1;
	query_text(&query, phone);
	query_num(&query, since);
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(case_brief, brief_columns), arena, ret, max, err);
}

int
case_taken_alerts(struct store *store, const char *phone, const char *staff,
    msec_t since, case_id *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_TAKEN_ALERTS, err) < 0)
		return -1;
	query_text(&query, phone);
	query_num(&query, since);
	query_text(&query, staff);
	query_num(&query, max);
	return query_list(&query, ret, max, err);
}

int
case_outcome_to(struct store *store, const char *estate, const char *phone,
    msec_t since, case_id *ret, struct err *err)
{
	static const enum sql ways[] = { SQL_CASE_FED_BACK_TO,
		SQL_CASE_RESOLVED_TO };
	msec_t newest = 0;

	for (size_t i = 0; i < ARRAY_COUNT(ways); i++) {
		struct query query scoped(query_done) = { 0 };
		int known;

		if (query_open(&query, store, ways[i], err) < 0)
			return -1;
		query_text(&query, estate);
		query_num(&query, since);
		query_text(&query, phone);
		known = query_row(&query, err);
		if (known < 0)
			return -1;
		if (known > 0 && query_get(&query, 1) >= newest) {
			newest = query_get(&query, 1);
			*ret = query_get(&query, 0);
		}
	}
	return newest != 0;
}

int
case_recent_of(struct store *store, const char *estate, const char *phone,
    msec_t since, const char *severity, case_id *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_RECENT_OF, err) < 0)
		return -1;
	query_text(&query, phone);
	query_text(&query, estate);
	query_num(&query, since);
	query_text(&query, severity);
	return read_id(&query, ret, err);
}

int
case_last_texted(struct store *store, const char *estate, const char *phone,
    msec_t since, msec_t over_since, case_id *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_LAST_TEXTED, err) < 0)
		return -1;
	query_text(&query, phone);
	query_num(&query, since);
	query_text(&query, estate);
	query_num(&query, over_since);
	return read_id(&query, ret, err);
}

int
case_messages(
    struct store *store, case_id id, int64_t *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_MESSAGES, err) < 0)
		return -1;
	query_num(&query, id);
	query_num(&query, max);
	return query_list(&query, ret, max, err);
}

int
case_list(struct store *store, const struct case_filter *filter,
    struct arena *arena, struct case_file *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int count = 0, more = 0;

	if (query_open(&query, store,
		filter->open_only ? SQL_CASE_LIST_OPEN : SQL_CASE_LIST,
		err) < 0)
		return -1;
	query_num(&query, filter->before == 0 ? INT64_MAX : filter->before);
	query_text(&query, filter->estate);
	query_text(&query, filter->state);
	query_text(&query, filter->severity);
	query_text(&query, filter->handler);
	query_num(&query, max);
	while (count < max && (more = query_row(&query, err)) > 0) {
		if (case_row_read(&query, arena, &ret[count], err) < 0)
			return -1;
		count++;
	}
	return more < 0 ? -1 : count;
}

int
case_set_owner(
    struct store *store, case_id id, int64_t owner, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_SET_OWNER, err) < 0)
		return -1;
	query_num(&query, owner);
	query_num(&query, id);
	return query_run(&query, err);
}

int
case_set_rating(struct store *store, case_id id, int score, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_SET_RATING, err) < 0)
		return -1;
	query_num(&query, score);
	query_num(&query, id);
	return query_run(&query, err);
}

int
rating_add(struct store *store, case_id id, int score, const char *text,
    msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_RATING_ADD, err) < 0)
		return -1;
	query_num(&query, id);
	query_num(&query, now);
	query_num(&query, score);
	query_text(&query, text);
	return query_run(&query, err);
}

int64_t
case_count(struct store *store)
{
	/* They are never deleted and are numbered from 1. */
	return store_number(store, SQL_CASE_MAX_ID);
}

case_id
case_next_id(struct store *store)
{
	return store_number(store, SQL_CASE_MAX_ID) + 1;
}

int
case_next_serial(struct store *store, const char *day)
{
	return (int)store_number_of(store, SQL_SERIAL_LOAD, day) + 1;
}
