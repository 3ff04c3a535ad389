#include "store/incidents.h"

#include "core/input.h"
#include "lib/arena.h"
#include "store/outbox_row.h"
#include "store/row.h"

#define TEXT(object, field) COLUMN(object, field, field, COLUMN_TEXT)
#define FLAG(object, field) COLUMN(object, field, field, COLUMN_FLAG)
#define NUM(object, field)  COLUMN(object, field, field, COLUMN_NUM)

static const struct column incident_columns[] = {
	NUM(incident, id),
	TEXT(incident, number),
	TEXT(incident, estate),
	TEXT(incident, category),
	COLUMN(incident, building, place.building, COLUMN_TEXT),
	COLUMN(incident, area, place.area, COLUMN_TEXT),
	FLAG(incident, is_open),
	FLAG(incident, is_raised),
	FLAG(incident, is_taken),
	TEXT(incident, handler),
	TEXT(incident, department),
	NUM(incident, opened_at),
};

static const struct column near_columns[] = {
	NUM(incident_case, id),
	TEXT(incident_case, number),
	COLUMN_OF(incident_case, state, state, words_case_state),
	COLUMN_OF(incident_case, kind, kind, words_kind),
	COLUMN_OF(incident_case, severity, severity, words_severity),
	COLUMN(incident_case, building, place.building, COLUMN_TEXT),
	COLUMN(incident_case, unit, place.unit, COLUMN_TEXT),
	COLUMN(incident_case, floor, place.floor, COLUMN_TEXT),
	COLUMN(incident_case, room, place.room, COLUMN_TEXT),
	COLUMN(incident_case, area, place.area, COLUMN_TEXT),
	COLUMN(incident_case, building, home.building, COLUMN_TEXT),
	COLUMN(incident_case, unit, home.unit, COLUMN_TEXT),
	COLUMN(incident_case, room, home.room, COLUMN_TEXT),
	TEXT(incident_case, mail),
	TEXT(incident_case, phone),
	TEXT(incident_case, owner_name),
	TEXT(incident_case, first_responder),
	TEXT(incident_case, handler),
	COLUMN(incident_case, incident, incident, COLUMN_MAYBE),
};

static const struct column word_columns[] = {
	NUM(incident_word, id),
	NUM(incident_word, incident),
	COLUMN_OF(incident_word, kind, kind, words_word_kind),
	TEXT(incident_word, author),
	TEXT(incident_word, text),
	NUM(incident_word, at),
	NUM(incident_word, goes_at),
	COLUMN(incident_word, promise_at, promise_at, COLUMN_MAYBE),
	COLUMN(incident_word, waits_for, waits_for, COLUMN_MAYBE),
};

int
incident_load(struct store *store, incident_id id, struct arena *arena,
    struct incident *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	found = query_first(&query, store, SQL_INCIDENT_LOAD, id, err);
	if (found > 0 &&
	    row_read(&query, 0, incident_columns, ARRAY_COUNT(incident_columns),
		arena, ret, err) < 0)
		return -1;
	return found;
}

incident_id
incident_next_id(struct store *store)
{
	return store_number(store, SQL_INCIDENT_MAX_ID) + 1;
}

/* ---- cases ---- */

int
incident_near(struct store *store, const struct incident_near *like,
    struct arena *arena, struct incident_case *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	const char *building = like->place.building;

	if (query_open(&query, store,
		building != NULL ? SQL_CASE_NEAR_BUILDING : SQL_CASE_NEAR_AREA,
		err) < 0)
		return -1;
	query_text(&query, like->estate);
	query_text(&query, like->category);
	query_text(&query, building != NULL ? building : like->place.area);
	query_num(&query, like->since);
	query_num(&query, max);
	return row_list(&query, ROW_FORM(incident_case, near_columns), arena,
	    ret, max, err);
}

int
incident_cases(struct store *store, incident_id id, struct arena *arena,
    struct incident_case *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASES_OF_INCIDENT, err) < 0)
		return -1;
	query_num(&query, id);
	query_num(&query, max);
	return row_list(&query, ROW_FORM(incident_case, near_columns), arena,
	    ret, max, err);
}

/* ---- words ---- */

static int
load_parts(struct store *store, struct arena *arena, struct incident_word *word,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_WORD_PARTS, err) < 0)
		return -1;
	query_num(&query, word->id);
	return out_parts_read(
	    &query, arena, &word->parts, &word->part_count, err);
}

static int
read_words(struct query *query, struct arena *arena, struct incident_word *ret,
    int max, struct err *err)
{
	int count = row_list(
	    query, ROW_FORM(incident_word, word_columns), arena, ret, max, err);

	for (int i = 0; i < count; i++)
		if (load_parts(query->store, arena, &ret[i], err) < 0)
			return -1;
	return count;
}

int
incident_words_after(struct store *store, incident_id id, int64_t after,
    struct arena *arena, struct incident_word *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_WORDS_AFTER, err) < 0)
		return -1;
	query_num(&query, id);
	query_num(&query, after);
	query_num(&query, max);
	return read_words(&query, arena, ret, max, err);
}

int
incident_words_newest(struct store *store, incident_id id, struct arena *arena,
    struct incident_word *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int count;

	if (query_open(&query, store, SQL_WORDS_NEWEST, err) < 0)
		return -1;
	query_num(&query, id);
	query_num(&query, max);
	count = read_words(&query, arena, ret, max, err);
	for (int i = 0; i < count / 2; i++) {
		struct incident_word one = ret[i];

		ret[i] = ret[count - 1 - i];
		ret[count - 1 - i] = one;
	}
	return count;
}

static int
add_parts(struct store *store, int64_t word, const struct incident_word *from,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (from->part_count == 0)
		return 0;
	if (query_open(&query, store, SQL_WORD_ADD_PART, err) < 0)
		return -1;
	for (size_t i = 0; i < from->part_count; i++) {
		query_num(&query, word);
		query_num(&query, (int64_t)i);
		query_num(&query, from->parts[i].inbox);
		query_num(&query, (int64_t)from->parts[i].offset);
		query_num(&query, (int64_t)from->parts[i].length);
		if (query_again(&query, err) < 0)
			return -1;
	}
	return 0;
}

int
incident_word_add(
    struct store *store, const struct incident_word *word, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int64_t id = 0;

	if (query_open(&query, store, SQL_WORD_ADD, err) < 0)
		return -1;
	/* All but the id, which the row gets now. */
	row_bind(&query, word_columns + 1, ARRAY_COUNT(word_columns) - 1, word);
	if (query_insert(&query, &id, err) < 0)
		return -1;
	return add_parts(store, id, word, err);
}

int
incident_word_undo(struct store *store, int64_t word, struct err *err)
{
	return store_run(store, SQL_WORD_UNDO, word, err);
}

int
incident_words_release(struct store *store, out_id confirmation, msec_t due,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int64_t incidents[LIMIT_INCIDENT_WORDS];
	int count;

	if (query_open(&query, store, SQL_WORD_RELEASE, err) < 0)
		return -1;
	query_num(&query, due);
	query_num(&query, confirmation);
	count = query_list(&query, incidents, LIMIT_INCIDENT_WORDS, err);
	for (int i = 0; i < count; i++)
		if (incident_ring(store, incidents[i], due, err) < 0)
			return -1;
	return count < 0 ? -1 : 0;
}

/* ---- the incident ---- */

int
incident_save(
    struct store *store, const struct incident *incident, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INCIDENT_SAVE, err) < 0)
		return -1;
	row_bind(
	    &query, incident_columns, ARRAY_COUNT(incident_columns), incident);
	return query_run(&query, err);
}

int
incident_join(struct store *store, case_id id, incident_id incident,
    int64_t told, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CASE_JOIN, err) < 0)
		return -1;
	query_maybe(&query, incident);
	query_maybe(&query, told);
	query_num(&query, id);
	return query_run(&query, err);
}

int
incident_ring(struct store *store, incident_id id, msec_t due, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INCIDENT_RING, err) < 0)
		return -1;
	query_text(&query, timer_kind_name(TIMER_INCIDENT));
	query_num(&query, due);
	query_num(&query, id);
	return query_run(&query, err);
}
