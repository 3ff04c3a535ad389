#include "store/events.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/digest.h"
#include "lib/err.h"
#include "store/cases.h"
#include "store/row.h"

enum { SALT_BYTES = 16, VERIFY_AT_ONCE = 500 };

static const struct column columns[] = {
	COLUMN(snapshot_event, at, at, COLUMN_NUM),
	COLUMN(snapshot_event, name, name, COLUMN_TEXT),
	COLUMN_OF(snapshot_event, state, state, words_case_state),
	COLUMN(snapshot_event, actor, actor, COLUMN_TEXT),
	COLUMN(snapshot_event, level, level, COLUMN_INT),
	COLUMN(snapshot_event, reason, reason, COLUMN_TEXT),
	COLUMN(snapshot_event, text, text, COLUMN_TEXT),
};

/* One row as it is hashed. */
struct link {
	int64_t id;
	case_id case_id;
	msec_t at;
	const char *name;
	const char *state;
	const char *actor;
	int64_t level;
	const char *reason;
	int64_t inbox;
	int64_t out;
	struct bytes text_digest; /* empty: the event has no text */
};

/* NULL and "" must differ, and no text may run into the next. */
static void
put_text(struct buf *buf, const char *text)
{
	if (text == NULL)
		buf_puts(buf, "-\n");
	else
		buf_printf(buf, "%zu:%s\n", strlen(text), text);
}

static void
hash_link(struct buf *buf, const uint8_t before[SHA256_BYTES],
    const struct link *link, uint8_t ret[SHA256_BYTES])
{
	buf_reset(buf);
	buf_add(buf, before, SHA256_BYTES);
	buf_printf(buf, "%lld %lld %lld %lld %lld %lld\n", (long long)link->id,
	    (long long)link->case_id, (long long)link->at,
	    (long long)link->level, (long long)link->inbox,
	    (long long)link->out);
	put_text(buf, link->name);
	put_text(buf, link->state);
	put_text(buf, link->actor);
	put_text(buf, link->reason);
	buf_add(buf, link->text_digest.data, link->text_digest.len);
	digest_sha256(buf_text(buf), buf->len, ret);
}

static void
hash_text(struct buf *buf, struct bytes salt, const char *text,
    uint8_t ret[SHA256_BYTES])
{
	buf_reset(buf);
	buf_add(buf, salt.data, salt.len);
	buf_puts(buf, text);
	digest_sha256(buf_text(buf), buf->len, ret);
}

/* The last row's id and chain; 0 and zeroes when there is none. */
static int
load_tail(struct store *store, int64_t *ret_id,
    uint8_t ret_chain[SHA256_BYTES], struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct bytes chain;
	int found;

	*ret_id = 0;
	if (query_open(&query, store, SQL_EVENT_LAST, err) < 0)
		return -1;
	found = query_row(&query, err);
	if (found < 0)
		return -1;
	memset(ret_chain, 0, SHA256_BYTES);
	if (found == 0)
		return 0;
	*ret_id = query_get(&query, 0);
	chain = query_get_bytes(&query, 1);
	if (chain.len != SHA256_BYTES)
		return err_set(err, ERR_BUG, "event %lld has no chain",
		    (long long)*ret_id);
	memcpy(ret_chain, chain.data, SHA256_BYTES);
	return 0;
}

static int
add_text(struct store *store, int64_t id, struct bytes salt, const char *text,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_EVENT_TEXT_ADD, err) < 0)
		return -1;
	query_num(&query, id);
	query_bytes(&query, salt.data, salt.len);
	query_text(&query, text);
	return query_run(&query, err);
}

static int
add_link(struct store *store, const struct link *link,
    const uint8_t chain[SHA256_BYTES], struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_EVENT_ADD, err) < 0)
		return -1;
	query_num(&query, link->id);
	query_num(&query, link->case_id);
	query_num(&query, link->at);
	query_text(&query, link->name);
	query_text(&query, link->state);
	query_text(&query, link->actor);
	query_num(&query, link->level);
	query_text(&query, link->reason);
	query_maybe(&query, link->inbox);
	query_maybe(&query, link->out);
	if (link->text_digest.len > 0)
		query_bytes(&query, link->text_digest.data, SHA256_BYTES);
	else
		query_text(&query, NULL);
	query_bytes(&query, chain, SHA256_BYTES);
	return query_run(&query, err);
}

int
event_add(struct store *store, const struct event *event, int64_t inbox,
    msec_t now, struct err *err)
{
	uint8_t tail[SHA256_BYTES], chain[SHA256_BYTES];
	uint8_t text_digest[SHA256_BYTES];
	char salt_bytes[SALT_BYTES];
	struct bytes salt = { salt_bytes, sizeof(salt_bytes) };
	struct link link = {
		.case_id = event->case_id,
		.at = now,
		.name = event->name,
		.state = case_state_name(event->state),
		.actor = event->actor,
		.level = event->level,
		.reason = event->reason,
		.inbox = inbox,
		.out = event->out,
	};

	if (load_tail(store, &link.id, tail, err) < 0)
		return -1;
	link.id++;
	if (event->text != NULL) {
		digest_random(salt_bytes, sizeof(salt_bytes));
		hash_text(&store->scratch, salt, event->text, text_digest);
		link.text_digest = (struct bytes){ (const char *)text_digest,
			SHA256_BYTES };
	}
	hash_link(&store->scratch, tail, &link, chain);
	if (buf_is_over(&store->scratch))
		return err_set(err, ERR_DATA, "an event of over %zu bytes",
		    store->scratch.cap);
	if (add_link(store, &link, chain, err) < 0)
		return -1;
	return event->text == NULL ? 0
				   : add_text(store, link.id, salt, event->text,
					 err);
}

/* ---- reading ---- */

static int
verify_row(struct store *store, const struct query *query,
    struct events_check *check, uint8_t chain[SHA256_BYTES], struct err *err)
{
	uint8_t expected[SHA256_BYTES], text_digest[SHA256_BYTES];
	struct bytes kept = query_get_bytes(query, 11);
	const char *text = query_peek(query, 13);
	struct link link = {
		.id = query_get(query, 0),
		.case_id = query_get(query, 1),
		.at = query_get(query, 2),
		.name = query_peek(query, 3),
		.state = query_peek(query, 4),
		.actor = query_peek(query, 5),
		.level = query_get(query, 6),
		.reason = query_peek(query, 7),
		.inbox = query_get(query, 8),
		.out = query_get(query, 9),
		.text_digest = query_get_bytes(query, 10),
	};

	hash_link(&store->scratch, chain, &link, expected);
	if (kept.len != SHA256_BYTES ||
	    memcmp(kept.data, expected, SHA256_BYTES) != 0) {
		(void)err_set(err, ERR_DATA, "the chain breaks at event %lld",
		    (long long)link.id);
		return 0;
	}
	memcpy(chain, expected, SHA256_BYTES);
	check->rows++;
	if (link.text_digest.len == 0)
		return 1;
	if (text == NULL) {
		check->erased++;
		return 1;
	}
	hash_text(&store->scratch, query_get_bytes(query, 12), text, text_digest);
	if (link.text_digest.len == SHA256_BYTES &&
	    memcmp(link.text_digest.data, text_digest, SHA256_BYTES) == 0)
		return 1;
	(void)err_set(err, ERR_DATA, "the text of event %lld was changed",
	    (long long)link.id);
	return 0;
}

int
events_verify(struct store *store, struct events_check *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	uint8_t chain[SHA256_BYTES] = { 0 };
	int more;

	*ret = (struct events_check){ 0 };
	if (query_open(&query, store, SQL_EVENTS_AFTER, err) < 0)
		return -1;
	query_num(&query, 0);
	query_num(&query, -1); /* no limit */
	while ((more = query_row(&query, err)) > 0) {
		if (verify_row(store, &query, ret, chain, err) == 0)
			return 0;
	}
	return more < 0 ? -1 : 1;
}

int
case_events(struct store *store, case_id id, struct arena *arena,
    struct snapshot_event **ret, size_t *ret_count, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct snapshot_event *list = NULL;
	size_t count = 0, room = 0;
	int more;

	if (query_open(&query, store, SQL_EVENTS_OF, err) < 0)
		return -1;
	query_num(&query, id);
	while ((more = query_row(&query, err)) > 0) {
		if (count == room) {
			struct snapshot_event *wider;

			room = room == 0 ? 16 : room * 2;
			wider = arena_array(arena, room, sizeof(*wider));
			if (count > 0)
				memcpy(wider, list, count * sizeof(*list));
			list = wider;
		}
		if (row_read(&query, 0, columns, ARRAY_COUNT(columns), arena,
			&list[count++], err) < 0)
			return -1;
	}
	if (more < 0)
		return -1;
	*ret = list;
	*ret_count = count;
	return 0;
}
