#include "store/inbox.h"

#include "lib/arena.h"
#include "lib/digest.h"
#include "lib/err.h"
#include "store/row.h"

static const struct column columns[] = {
	COLUMN(inbox_row, id, id, COLUMN_NUM),
	COLUMN_OF(inbox_row, channel, channel, words_channel),
	COLUMN(inbox_row, source, source, COLUMN_TEXT),
	COLUMN(inbox_row, estate, estate, COLUMN_TEXT),
	COLUMN(inbox_row, key, key, COLUMN_TEXT),
	COLUMN(inbox_row, received_at, received_at, COLUMN_NUM),
	COLUMN_OF(inbox_row, state, state, words_inbox_state),
	COLUMN(inbox_row, bin, bin, COLUMN_TEXT),
	COLUMN(inbox_row, reason, reason, COLUMN_TEXT),
	COLUMN(inbox_row, case_id, case_id, COLUMN_MAYBE),
	COLUMN(inbox_row, raw_len, raw_len, COLUMN_NUM),
	COLUMN(inbox_row, reads, reads, COLUMN_INT),
	COLUMN(inbox_row, is_old, is_old, COLUMN_FLAG),
	COLUMN(inbox_row, vouched_by, vouched_by, COLUMN_TEXT),
	COLUMN(inbox_row, sender, sender, COLUMN_TEXT),
};
_Static_assert(
    sizeof(size_t) == sizeof(int64_t), "raw_len is read as a number");

static int
nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* Half the room of the spelled one in the index. */
static int
digest_bytes(const char *hex, uint8_t ret[SHA256_BYTES], struct err *err)
{
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		int high = nibble(hex[2 * i]);
		int low = high < 0 ? -1 : nibble(hex[2 * i + 1]);

		if (low < 0)
			return err_set(err, ERR_BUG, "malformed digest");
		ret[i] = (uint8_t)(high << 4 | low);
	}
	return 0;
}

static int
find_twin(struct store *store, const struct inbox_new *row,
    const uint8_t *digest, int64_t *ret_id, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	if (query_open(&query, store, SQL_INBOX_BY_DIGEST, err) < 0)
		return -1;
	query_bytes(&query, digest, SHA256_BYTES);
	query_text(&query, row->estate);
	found = query_row(&query, err);
	if (found > 0)
		*ret_id = query_get(&query, 0);
	return found;
}

static int
find_key(struct store *store, const struct inbox_new *row, int64_t *ret_id,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	if (query_open(&query, store, SQL_INBOX_BY_KEY, err) < 0)
		return -1;
	query_text(&query, row->source);
	query_text(&query, row->key);
	found = query_row(&query, err);
	if (found == 0)
		return err_set(err, ERR_BUG, "a known key that is not there");
	if (found > 0)
		*ret_id = query_get(&query, 0);
	return found;
}

/* 1 added, 0 the key is known, -1. */
static int
add_row(struct store *store, const struct inbox_new *row, const uint8_t *digest,
    int64_t twin, int64_t *ret_id, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	uint8_t words[SHA256_BYTES];

	if ((row->words != NULL && digest_bytes(row->words, words, err) < 0) ||
	    query_open(&query, store, SQL_INBOX_ADD, err) < 0)
		return -1;
	query_text(&query, channel_name(row->channel));
	query_text(&query, row->source);
	query_text(&query, row->estate);
	query_text(&query, row->key);
	if (row->digest != NULL && twin == 0)
		query_bytes(&query, digest, SHA256_BYTES);
	else
		query_text(&query, NULL);
	if (row->words != NULL)
		query_bytes(&query, words, sizeof(words));
	else
		query_text(&query, NULL);
	query_num(&query, row->received_at);
	query_text(&query, twin == 0 ? "received" : "binned");
	query_text(&query, twin == 0 ? NULL : "duplicate");
	query_maybe(&query, twin);
	query_num(&query, (int64_t)row->raw_len);
	query_num(&query, row->uidvalidity);
	query_num(&query, row->uid);
	query_num(&query, row->uid == 0);
	query_num(&query, row->is_old);
	return query_insert(&query, ret_id, err);
}

static int
add_raw(struct store *store, const struct inbox_new *row, int64_t id,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_ADD_RAW, err) < 0)
		return -1;
	query_num(&query, id);
	query_bytes(&query, row->raw, row->raw_len);
	return query_run(&query, err);
}

int
inbox_add(struct store *store, const struct inbox_new *row, int64_t *ret_id,
    struct err *err)
{
	uint8_t digest[SHA256_BYTES];
	int64_t twin = 0, id = 0;
	int added;

	if (row->digest != NULL &&
	    (digest_bytes(row->digest, digest, err) < 0 ||
		find_twin(store, row, digest, &twin, err) < 0))
		return -1;
	added = add_row(store, row, digest, twin, &id, err);
	if (added < 0)
		return -1;
	if (added == 0 && twin == 0)
		return find_key(store, row, ret_id, err) < 0 ? -1 : 0;
	if (twin == 0 && add_raw(store, row, id, err) < 0)
		return -1;
	*ret_id = twin == 0 ? id : twin;
	return twin == 0;
}

int
inbox_says(struct store *store, int64_t id, const char *words, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	uint8_t digest[SHA256_BYTES];
	int found;

	if (digest_bytes(words, digest, err) < 0 ||
	    query_open(&query, store, SQL_INBOX_SAYS, err) < 0)
		return -1;
	query_bytes(&query, digest, sizeof(digest));
	query_num(&query, id);
	found = query_row(&query, err);
	return found > 0 ? query_get(&query, 0) != 0 : found;
}

int
inbox_same_text(struct store *store, int64_t id, msec_t since, int64_t *ret_id,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	if (query_open(&query, store, SQL_INBOX_SAME_TEXT, err) < 0)
		return -1;
	query_num(&query, id);
	query_num(&query, since);
	found = query_row(&query, err);
	if (found > 0)
		*ret_id = query_get(&query, 0);
	return found;
}

int
inbox_set_twin(struct store *store, int64_t id, int64_t twin, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_SET_TWIN, err) < 0)
		return -1;
	query_num(&query, twin);
	query_num(&query, id);
	return query_run(&query, err);
}

int
inbox_note(struct store *store, int64_t id, const char *message_id,
    const char *from, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_NOTE, err) < 0)
		return -1;
	query_text(&query, message_id);
	query_text(&query, from);
	query_num(&query, id);
	return query_run(&query, err);
}

int
inbox_waiting(struct store *store, int64_t after, struct arena *arena,
    struct inbox_row *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_WAITING, err) < 0)
		return -1;
	query_num(&query, after);
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(inbox_row, columns), arena, ret, max, err);
}

int
inbox_load(struct store *store, int64_t id, struct arena *arena,
    struct inbox_row *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_LOAD, err) < 0)
		return -1;
	query_num(&query, id);
	return row_list(
	    &query, ROW_FORM(inbox_row, columns), arena, ret, 1, err);
}

int
inbox_list(struct store *store, const char *bin, struct arena *arena,
    struct inbox_row *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store,
		bin == NULL ? SQL_INBOX_LIST_ALL : SQL_INBOX_LIST, err) < 0)
		return -1;
	if (bin != NULL)
		query_text(&query, bin);
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(inbox_row, columns), arena, ret, max, err);
}

/* 1, 0 when there is no such row, -1 also when `ret' is full. */
static int
read_raw(struct query *query, struct buf *ret, struct err *err)
{
	int found = query_row(query, err);
	struct bytes raw;

	if (found <= 0)
		return found;
	raw = query_get_bytes(query, 0);
	buf_add(ret, raw.data, raw.len);
	if (buf_is_over(ret))
		return err_set(
		    err, ERR_DATA, "a raw message over %zu bytes", ret->cap);
	return 1;
}

int
inbox_raw(struct store *store, int64_t id, struct buf *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_RAW, err) < 0)
		return -1;
	query_num(&query, id);
	return read_raw(&query, ret, err);
}

int
inbox_forget_raw(struct store *store, int64_t id, struct err *err)
{
	return store_run(store, SQL_INBOX_FORGET_RAW, id, err);
}

int
inbox_raw_slice(struct store *store, int64_t id, size_t offset, size_t length,
    struct buf *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_RAW_SLICE, err) < 0)
		return -1;
	query_num(&query, (int64_t)offset + 1); /* SQL counts from 1 */
	query_num(&query, (int64_t)length);
	query_num(&query, id);
	return read_raw(&query, ret, err);
}

int
inbox_count_read(struct store *store, int64_t id, struct err *err)
{
	return store_run(store, SQL_INBOX_COUNT_READ, id, err);
}

int
inbox_set_state(struct store *store, int64_t id, enum inbox_state state,
    const char *bin, const char *reason, case_id of_case, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_SET_STATE, err) < 0)
		return -1;
	query_text(&query, words_inbox_state.code((int)state));
	query_text(&query, bin);
	query_text(&query, reason);
	query_maybe(&query, of_case);
	query_num(&query, id);
	if (query_run(&query, err) < 0)
		return -1;
	if (query_changes(&query) != 1)
		return err_set(
		    err, ERR_BUG, "no inbox row %lld", (long long)id);
	return 0;
}

int
inbox_malformed_since(struct store *store, const char *estate,
    const char *source, msec_t since, int64_t *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int got;

	if (query_open(&query, store, SQL_INBOX_MALFORMED, err) < 0)
		return -1;
	query_text(&query, estate);
	query_text(&query, source);
	query_num(&query, since);
	got = query_row(&query, err);
	if (got > 0)
		*ret = query_get(&query, 0);
	return got < 0 ? -1 : 0;
}

int
inbox_again(struct store *store, int64_t id, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_AGAIN, err) < 0)
		return -1;
	query_num(&query, id);
	return query_run(&query, err) < 0 ? -1 : query_changes(&query) == 1;
}

int
inbox_vouch(
    struct store *store, int64_t id, const char *staff, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_INBOX_VOUCH, err) < 0)
		return -1;
	query_text(&query, staff);
	query_num(&query, id);
	return query_run(&query, err) < 0 ? -1 : query_changes(&query) == 1;
}

int64_t
inbox_waiting_count(struct store *store)
{
	return store_number(store, SQL_INBOX_WAITING_COUNT);
}
