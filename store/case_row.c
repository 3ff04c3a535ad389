#include "store/case_row.h"

#include <stdlib.h>
#include <string.h>

#include "lib/err.h"

#define TEXT(field)    COLUMN(case_file, field, field, COLUMN_TEXT)
#define MAYBE(field)   COLUMN(case_file, field, field, COLUMN_MAYBE)
#define NUMBER(field)  COLUMN(case_file, field, field, COLUMN_INT)
#define FLAG(field)    COLUMN(case_file, field, field, COLUMN_FLAG)
#define PLACE(field)   COLUMN(case_file, field, place.field, COLUMN_TEXT)

/* What a case is born with. */
const struct column case_fixed[CASE_FIXED_COUNT] = {
	TEXT(number),
	TEXT(estate),
	COLUMN(case_file, received_at, received_at, COLUMN_NUM),
	COLUMN_OF(case_file, channel, channel, words_channel),
};

const struct column case_live[CASE_LIVE_COUNT] = {
	COLUMN_OF(case_file, state, state, words_case_state),
	COLUMN_OF(case_file, kind, kind, words_kind),
	TEXT(category),
	COLUMN_OF(case_file, severity, severity, words_severity),
	FLAG(agitated),
	FLAG(hostile),
	MAYBE(owner),
	COLUMN_OF(case_file, language, language, words_language),
	PLACE(building),
	PLACE(unit),
	PLACE(floor),
	PLACE(area),
	TEXT(first_responder),
	TEXT(handler),
	TEXT(department),
	TEXT(subjects),
	NUMBER(level),
	NUMBER(transfers),
	NUMBER(reopened),
	NUMBER(after_reports),
	MAYBE(acknowledged_at),
	MAYBE(taken_at),
	MAYBE(first_reply_at),
	MAYBE(resolved_at),
	MAYBE(fed_back_at),
	MAYBE(closed_at),
	MAYBE(take_due),
	MAYBE(dispatch_due),
	MAYBE(reply_due),
	MAYBE(outcome_due),
	MAYBE(promise_due),
	MAYBE(promise_told_at),
	MAYBE(news_due),
	MAYBE(last_news_at),
	MAYBE(outcome_out),
	COLUMN(case_file, rating, rating, COLUMN_SCORE),
	COLUMN_OF(case_file, visit, visit, words_visit),
	MAYBE(visit_tried_at),
	MAYBE(visit_overdue_at),
	MAYBE(incident),
	MAYBE(incident_told),
	MAYBE(merged_into),
};

/* What tells who the owner is and what they said (R43). */
const struct column case_people[CASE_PEOPLE_COUNT] = {
	TEXT(mail),
	TEXT(phone),
	TEXT(owner_name),
	PLACE(room),
	TEXT(subject),
	TEXT(text),
	TEXT(outcome),
	TEXT(owner_thread),
	TEXT(owner_last),
};

int
case_row_read(const struct query *query, struct arena *arena,
    struct case_file *ret, struct err *err)
{
	static const struct {
		const struct column *columns;
		int count;
	} groups[] = {
		{ case_fixed, CASE_FIXED_COUNT },
		{ case_live, CASE_LIVE_COUNT },
		{ case_people, CASE_PEOPLE_COUNT },
	};
	int at = 1;

	ret->id = query_get(query, 0);
	for (size_t i = 0; i < ARRAY_COUNT(groups); i++) {
		if (row_read(query, at, groups[i].columns,
			(size_t)groups[i].count, arena, ret, err) < 0)
			return -1;
		at += groups[i].count;
	}
	return 0;
}

/* The serial and the day of T261123-0007. */
static int
read_number(const char *number, char ret_day[8], int64_t *ret_serial)
{
	char *end = NULL;

	if (number == NULL || strlen(number) < 9 || number[0] != 'T' ||
	    strspn(number + 1, "0123456789") != 6 || number[7] != '-')
		return -1;
	memcpy(ret_day, number + 1, 6);
	ret_day[6] = '\0';
	*ret_serial = strtol(number + 8, &end, 10);
	return *end == '\0' && *ret_serial > 0 ? 0 : -1;
}

static int
take_serial(struct store *store, const char *day, int64_t serial,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_SERIAL_TAKE, err) < 0)
		return -1;
	query_text(&query, day);
	query_num(&query, serial);
	return query_run(&query, err);
}

/* 1 updated, 0 there is no such case, -1. */
static int
update_case(struct store *store, const struct case_file *file, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_UPDATE, err) < 0)
		return -1;
	query_num(&query, case_is_open(file->state));
	row_bind(&query, case_live, CASE_LIVE_COUNT, file);
	query_num(&query, file->id);
	if (query_run(&query, err) < 0)
		return -1;
	return query_changes(&query);
}

static int
update_people(
    struct store *store, const struct case_file *file, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_PEOPLE_UPDATE, err) < 0)
		return -1;
	query_num(&query, case_is_open(file->state));
	row_bind(&query, case_people, CASE_PEOPLE_COUNT, file);
	query_num(&query, file->id);
	return query_run(&query, err);
}

static int
insert_case(struct store *store, const struct case_file *file, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	char day[8];
	int64_t serial = 0;

	if (read_number(file->number, day, &serial) < 0)
		return err_set(err, ERR_BUG, "case %lld has no proper number",
		    (long long)file->id);
	if (take_serial(store, day, serial, err) < 0 ||
	    query_open(&query, store, SQL_CASE_INSERT, err) < 0)
		return -1;
	query_num(&query, file->id);
	row_bind(&query, case_fixed, CASE_FIXED_COUNT, file);
	query_num(&query, case_is_open(file->state));
	row_bind(&query, case_live, CASE_LIVE_COUNT, file);
	return query_run(&query, err);
}

static int
insert_people(
    struct store *store, const struct case_file *file, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_PEOPLE_INSERT, err) < 0)
		return -1;
	query_num(&query, file->id);
	query_num(&query, case_is_open(file->state));
	row_bind(&query, case_people, CASE_PEOPLE_COUNT, file);
	return query_run(&query, err);
}

int
case_save(struct store *store, const struct case_file *file, struct err *err)
{
	int updated = update_case(store, file, err);

	if (updated < 0)
		return -1;
	if (updated > 0)
		return update_people(store, file, err);
	if (insert_case(store, file, err) < 0)
		return -1;
	return insert_people(store, file, err);
}
