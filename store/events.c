#include "store/events.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/digest.h"
#include "lib/err.h"
#include "store/cases.h"
#include "store/chain.h"
#include "store/row.h"

enum { SALT_BYTES = 16 };

static const struct column columns[] = {
	COLUMN(snapshot_event, at, at, COLUMN_NUM),
	COLUMN(snapshot_event, name, name, COLUMN_TEXT),
	COLUMN_OF(snapshot_event, state, state, words_case_state),
	COLUMN(snapshot_event, actor, actor, COLUMN_TEXT),
	COLUMN(snapshot_event, level, level, COLUMN_INT),
	COLUMN(snapshot_event, reason, reason, COLUMN_TEXT),
	COLUMN(snapshot_event, text, text, COLUMN_TEXT),
};

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
		chain_text(&store->scratch, salt, event->text, text_digest);
		link.text_digest = (struct bytes){ (const char *)text_digest,
			SHA256_BYTES };
	}
	chain_link(&store->scratch, tail, &link, chain);
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
