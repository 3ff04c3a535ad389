/*
 * Looking through the outbox: what a crash left, what waits, how much went
 * to whom.
 */
#include "lib/arena.h"
#include "lib/err.h"
#include "store/outbox_row.h"

/* A text waits three days at the most, so older ones left before. */
#define OTHERS_OF (7 * MSEC_DAY)

static int
load_rows(struct query *query, struct arena *arena, struct out_claim *ret,
    int max, struct err *err)
{
	out_id *ids = arena_array(arena, (size_t)max, sizeof(*ids));
	int count = query_list(query, ids, max, err);

	return count < 0
		   ? -1
		   : out_rows_load(query->store, ids, count, arena, ret, err);
}

int
out_unfinished(struct store *store, struct arena *arena, struct out_claim *ret,
    int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_UNFINISHED, err) < 0)
		return -1;
	query_num(&query, max);
	return load_rows(&query, arena, ret, max, err);
}

int
out_silent(struct store *store, msec_t now, struct arena *arena,
    struct out_claim *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_SILENT, err) < 0)
		return -1;
	query_num(&query, now);
	query_num(&query, max);
	return load_rows(&query, arena, ret, max, err);
}

msec_t
out_next_silent(struct store *store)
{
	return store_number(store, SQL_OUT_NEXT_SILENT);
}

int
out_unknown_count(struct store *store, out_id id)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, SQL_OUT_UNKNOWN_COUNT);
	query_num(&query, id);
	return (int)query_number(&query);
}

msec_t
out_first_tried(struct store *store, out_id id)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, SQL_OUT_FIRST_TRIED);
	query_num(&query, id);
	return query_number(&query);
}

int
out_other_ids(struct store *store, const struct outgoing *out,
    struct arena *arena, const char **ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int count = 0, found;

	if (query_open(&query, store, SQL_OUT_OTHER_IDS, err) < 0)
		return -1;
	query_text(&query, out->to);
	query_num(&query, out->created_at - OTHERS_OF);
	query_num(&query, out->id);
	query_text(&query, out->sender);
	query_num(&query, max);
	while (count < max && (found = query_row(&query, err)) != 0) {
		if (found < 0)
			return -1;
		ret[count++] = arena_strdup(arena, query_peek(&query, 0));
	}
	return count;
}

int
out_old(struct store *store, const struct out_age *age, out_id *ret, int max,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_OLD, err) < 0)
		return -1;
	query_text(&query, age->sender);
	query_num(&query, age->is_urgent);
	query_num(&query, age->made_by);
	query_num(&query, age->due_by);
	query_num(&query, max);
	return query_list(&query, ret, max, err);
}

int
out_queues(struct store *store, struct arena *arena, struct out_queue *ret,
    int max, struct err *err)
{
	static const struct column columns[] = {
		COLUMN(out_queue, sender, sender, COLUMN_TEXT),
		COLUMN_OF(out_queue, channel, channel, words_channel),
		COLUMN(out_queue, count, count, COLUMN_NUM),
	};
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_QUEUES, err) < 0)
		return -1;
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(out_queue, columns), arena, ret, max, err);
}

int64_t
out_queue_length(struct store *store, const char *sender)
{
	return store_number_of(store, SQL_OUT_QUEUE_LENGTH, sender);
}

int
out_queued(struct store *store, const struct out_queue *queue, out_id *ret,
    int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_QUEUED, err) < 0)
		return -1;
	query_text(&query, queue->sender);
	query_text(&query, channel_name(queue->channel));
	query_num(&query, max);
	return query_list(&query, ret, max, err);
}

msec_t
out_next_old(struct store *store, const char *sender, msec_t age)
{
	struct query query scoped(query_done) = { 0 };
	msec_t first = 0, made;

	query_open_quietly(&query, store, SQL_OUT_URGENT);
	query_text(&query, sender);
	/* The oldest comes first; one that is held may come later than the
	 * next, and those behind that are too young. */
	while ((made = query_number(&query)) != 0 &&
	       (first == 0 || made + age < first)) {
		msec_t due = query_get(&query, 1);
		msec_t at = due > made + age ? due : made + age;

		if (first == 0 || at < first)
			first = at;
	}
	return first;
}

int
out_list(struct store *store, bool all, case_id of_case, struct arena *arena,
    struct out_claim *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	enum sql sql = all ? SQL_OUT_LIST_ALL : SQL_OUT_LIST;

	if (query_open(
		&query, store, of_case != 0 ? SQL_OUT_LIST_CASE : sql, err) < 0)
		return -1;
	if (of_case != 0) {
		query_num(&query, of_case);
		query_num(&query, all);
	}
	query_num(&query, max);
	return load_rows(&query, arena, ret, max, err);
}

static int64_t
count_since(struct store *store, enum sql sql, const char *to, msec_t since,
    const char *template_name)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, sql);
	query_text(&query, to);
	query_num(&query, since);
	if (template_name != NULL)
		query_text(&query, template_name);
	return query_number(&query);
}

int
out_automatic_count(struct store *store, const char *to, msec_t since)
{
	return (int)count_since(
	    store, SQL_OUT_AUTOMATIC_COUNT, to, since, NULL);
}

bool
out_recent_text(struct store *store, const char *to, msec_t since)
{
	return count_since(store, SQL_OUT_RECENT_TEXT, to, since, NULL) != 0;
}

int
out_template_count(struct store *store, const char *to,
    const char *template_name, msec_t since)
{
	return (int)count_since(
	    store, SQL_OUT_TEMPLATE_COUNT, to, since, template_name);
}

int
out_attempts(struct store *store, out_id id, struct arena *arena,
    struct out_attempt *ret, int max, struct err *err)
{
	static const struct column columns[] = {
		COLUMN(out_attempt, id, id, COLUMN_NUM),
		COLUMN(out_attempt, started_at, started_at, COLUMN_NUM),
		COLUMN(out_attempt, ended_at, ended_at, COLUMN_MAYBE),
		COLUMN(out_attempt, result, result, COLUMN_TEXT),
		COLUMN(out_attempt, code, code, COLUMN_INT),
		COLUMN(out_attempt, provider_id, provider_id, COLUMN_TEXT),
		COLUMN(out_attempt, answer, answer, COLUMN_TEXT),
	};
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_ATTEMPTS_OF, err) < 0)
		return -1;
	query_num(&query, id);
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(out_attempt, columns), arena, ret, max, err);
}

int
out_sent(struct store *store, case_id of_case, struct arena *arena,
    struct sent_view *ret, int max, struct err *err)
{
	static const struct column columns[] = {
		COLUMN(sent_view, id, id, COLUMN_NUM),
		COLUMN(sent_view, template, template_name, COLUMN_TEXT),
		COLUMN_OF(sent_view, channel, channel, words_channel),
		COLUMN(sent_view, created_at, created_at, COLUMN_NUM),
		COLUMN(sent_view, not_before, not_before, COLUMN_NUM),
		COLUMN(sent_view, accepted_at, accepted_at, COLUMN_MAYBE),
		COLUMN_OF(sent_view, state, state, words_out_state),
		COLUMN(sent_view, attempts, attempts, COLUMN_INT),
	};
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_SENT, err) < 0)
		return -1;
	query_num(&query, of_case);
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(sent_view, columns), arena, ret, max, err);
}

int64_t
out_waiting_count(struct store *store)
{
	return store_number(store, SQL_OUT_WAITING_COUNT);
}

/* ---- channels ---- */

bool
channel_is_down(struct store *store, const char *name)
{
	return store_number_of(store, SQL_CHANNEL_IS_DOWN, name) != 0;
}

int
channels_down(struct store *store, struct arena *arena,
    struct channel_down *ret, int max, struct err *err)
{
	static const struct column columns[] = {
		COLUMN(channel_down, name, name, COLUMN_TEXT),
		COLUMN(channel_down, reason, reason, COLUMN_TEXT),
		COLUMN(channel_down, changed_at, since, COLUMN_NUM),
	};
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_CHANNELS_DOWN, err) < 0)
		return -1;
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(channel_down, columns), arena, ret, max, err);
}

static int
mark_outage(struct store *store, const char *name, bool down, msec_t now,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, down ? SQL_OUTAGE_BEGIN : SQL_OUTAGE_END,
		err) < 0)
		return -1;
	if (!down)
		query_num(&query, now);
	query_text(&query, name);
	if (down)
		query_num(&query, now);
	return query_run(&query, err);
}

int
channel_mark(struct store *store, const char *name, bool down,
    const char *reason, msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (channel_is_down(store, name) == down)
		return 0;
	if (query_open(&query, store, SQL_CHANNEL_MARK, err) < 0)
		return -1;
	query_text(&query, name);
	query_num(&query, down);
	query_text(&query, reason);
	query_num(&query, now);
	if (query_run(&query, err) < 0)
		return -1;
	return mark_outage(store, name, down, now, err) < 0 ? -1 : 1;
}
