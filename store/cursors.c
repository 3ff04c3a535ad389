/*
 * How far each source was read, and what its server has not been told yet.
 */
#include "lib/arena.h"
#include "lib/err.h"
#include "store/db.h"
#include "store/inbox.h"

int
cursor_load(struct store *store, const char *source, struct cursor *ret,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	if (query_open(&query, store, SQL_CURSOR_LOAD, err) < 0)
		return -1;
	query_text(&query, source);
	found = query_row(&query, err);
	if (found <= 0)
		return found;
	*ret = (struct cursor){
		.uidvalidity = (uint32_t)query_get(&query, 0),
		.uid = (uint32_t)query_get(&query, 1),
		.first_uidvalidity = (uint32_t)query_get(&query, 2),
		.first_at = query_get(&query, 3),
	};
	return 1;
}

int
cursor_save(struct store *store, const char *source, uint32_t uidvalidity,
    uint32_t uid, msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CURSOR_SAVE, err) < 0)
		return -1;
	query_text(&query, source);
	query_num(&query, uidvalidity);
	query_num(&query, uid);
	query_num(&query, now);
	return query_run(&query, err);
}

int
poll_cursor_load(struct store *store, struct poll_place *place,
    struct arena *arena, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	if (query_open(&query, store, SQL_POLL_CURSOR_LOAD, err) < 0)
		return -1;
	query_text(&query, place->source);
	query_text(&query, place->form);
	found = query_row(&query, err);
	if (found <= 0)
		return found;
	place->cursor = query_get_text(&query, 0, arena);
	place->since = query_get(&query, 1);
	return 1;
}

int
poll_cursor_save(
    struct store *store, const struct poll_place *place, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_POLL_CURSOR_SAVE, err) < 0)
		return -1;
	query_text(&query, place->source);
	query_text(&query, place->form);
	query_text(&query, place->cursor);
	query_num(&query, place->since);
	return query_run(&query, err);
}

int
poll_answer_keep(struct store *store, const struct poll_kept *answer,
    int64_t *ret_id, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_POLL_ANSWER_KEEP, err) < 0)
		return -1;
	query_text(&query, answer->source);
	query_text(&query, answer->estate);
	query_num(&query, answer->is_report);
	query_text(&query, answer->form);
	query_text(&query, answer->cursor);
	query_bytes(&query, answer->raw.data, answer->raw.len);
	return query_insert(&query, ret_id, err) < 0 ? -1 : 0;
}

int
poll_answer_drop(struct store *store, int64_t id, struct err *err)
{
	return store_run(store, SQL_POLL_ANSWER_DROP, id, err);
}

int
poll_answer_last(struct store *store, int64_t *ret_id, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_POLL_ANSWER_LAST, err) < 0 ||
	    query_row(&query, err) < 0)
		return -1;
	*ret_id = query_get(&query, 0);
	return 0;
}

int
poll_answer_next(struct store *store, int64_t after, struct arena *arena,
    struct poll_kept *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct bytes raw;
	int found;

	found = query_first(&query, store, SQL_POLL_ANSWER_NEXT, after, err);
	if (found <= 0)
		return found;
	*ret = (struct poll_kept){
		.id = query_get(&query, 0),
		.source = query_get_text(&query, 1, arena),
		.estate = query_get_text(&query, 2, arena),
		.is_report = query_get(&query, 3) != 0,
		.form = query_get_text(&query, 4, arena),
		.cursor = query_get_text(&query, 5, arena),
	};
	raw = query_get_bytes(&query, 6);
	ret->raw.data = arena_strndup(arena, raw.data, raw.len);
	ret->raw.len = raw.len;
	return 1;
}

int
inbox_unsettled(struct store *store, const char *source, uint32_t uidvalidity,
    uint32_t *ret_uids, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int count = 0, more = 0;

	if (query_open(&query, store, SQL_INBOX_UNSETTLED, err) < 0)
		return -1;
	query_text(&query, source);
	query_num(&query, uidvalidity);
	query_num(&query, max);
	while (count < max && (more = query_row(&query, err)) > 0)
		ret_uids[count++] = (uint32_t)query_get(&query, 0);
	return more < 0 ? -1 : count;
}

int
inbox_settle(struct store *store, const char *source, uint32_t uidvalidity,
    const uint32_t *uids, size_t count, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_SETTLE, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		query_text(&query, source);
		query_num(&query, uidvalidity);
		query_num(&query, uids[i]);
		if (query_again(&query, err) < 0)
			return -1;
	}
	return 0;
}
