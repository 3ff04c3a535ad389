/*
 * Messages in the inbox that nobody has decided: left by an earlier run, or
 * taken out of quarantine.
 */
#include "core/config.h"
#include "desk/engine.h"
#include "desk/raw.h"
#include "lib/err.h"
#include "reader/protocol.h"
#include "store/inbox.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/* A message that was being decided when the desk died so often is the
 * reason.  A machine that fails again and again may hit the same one three
 * times: what is first after each start is hit the most. */
enum { READS_MAX = 5, RECOVER_AT_ONCE = 64 };

static int
recover_row(struct desk *desk, const struct inbox_row *row, struct err *err)
{
	struct buf raw scoped(buf_done);
	struct item *item;
	bool is_mail;

	buf_init(&raw, LIMIT_MAIL_BYTES);
	if (inbox_raw(desk->store, row->id, &raw, err) < 0)
		return -1;
	is_mail = row->channel == CHANNEL_MAIL;
	item = item_new(desk, is_mail ? READER_MAIL : READER_PUSH_TEXT,
	    is_mail ? config_mailbox(desk->conf, row->source)->name
		    : config_sms(desk->conf, row->source)->name,
	    config_estate(desk->conf, row->estate)->id);
	item->inbox = row->id;
	item->is_stored = true;
	item->is_recovered = true;
	item->reads = row->reads;
	item->received_at = row->received_at;
	item->is_old = row->is_old;
	if (row->vouched_by != NULL)
		item->vouched_by = strdup(row->vouched_by);
	item->raw = raw_from_bytes(buf_text(&raw), raw.len, err);
	if (item->raw == NULL) {
		item_free(desk, item);
		return -1;
	}
	item->length = raw.len;
	desk->waiting_bytes += item->length;
	if (row->reads < READS_MAX) {
		if (is_mail)
			ingest_submit(desk, item);
		else
			push_submit(desk, item);
		return 0;
	}
	item->failure = strdup("reading it stopped the desk several times");
	item->has_killed = true;
	item_list_add(&desk->read, item);
	return 0;
}

/* A mailbox that has left the configuration keeps its rows for later. */
static bool
is_still_ours(const struct desk *desk, const struct inbox_row *row)
{
	if (config_estate(desk->conf, row->estate) == NULL)
		return false;
	return row->channel == CHANNEL_MAIL
		   ? config_mailbox(desk->conf, row->source) != NULL
		   : config_sms(desk->conf, row->source) != NULL;
}

static int
recover_left(struct desk *desk, struct err *err)
{
	struct inbox_row rows[RECOVER_AT_ONCE];
	int count;

	if (!desk->is_recovering || desk->reading.count > 0)
		return 0;
	count = inbox_waiting(desk->store, desk->recover_after, &desk->turn,
	    rows, RECOVER_AT_ONCE, err);
	if (count < 0)
		return -1;
	for (int i = 0; i < count; i++) {
		if (desk->first_new != 0 && rows[i].id >= desk->first_new) {
			desk->is_recovering = false;
			return 0;
		}
		if (is_still_ours(desk, &rows[i]) &&
		    recover_row(desk, &rows[i], err) < 0)
			return -1;
		desk->recover_after = rows[i].id;
	}
	desk->is_recovering = count == RECOVER_AT_ONCE;
	return 0;
}

/* A row leaves the list as soon as a reader has it: were the transaction to
 * fail, it would be read twice and decided twice. */
static int
recover_again(struct desk *desk, struct err *err)
{
	while (desk->again_count > 0) {
		struct inbox_row row = { 0 };
		int found = inbox_load(desk->store,
		    desk->again[desk->again_count - 1], &desk->turn, &row, err);

		if (found < 0)
			return -1;
		if (found > 0 && row.state == INBOX_RECEIVED &&
		    is_still_ours(desk, &row) &&
		    recover_row(desk, &row, err) < 0)
			return -1;
		desk->again_count--;
	}
	return 0;
}

/* Whoever was at hand when the desk died twice is decided alone, so that the
 * guilty one is counted and not its neighbours. */
size_t
recover_portion(const struct desk *desk, size_t count)
{
	const struct item *item = desk->read.first;

	for (size_t i = 0; i < count; i++, item = item->next)
		if (item->is_recovered && item->reads > 0)
			return i == 0 ? 1 : i;
	return count;
}

/* In a transaction of its own: it must outlive the death that it counts. */
int
recover_count(struct desk *desk, size_t count, struct err *err)
{
	struct item *item = desk->read.first;
	bool any = false;

	for (size_t i = 0; i < count; i++, item = item->next) {
		if (!item->is_recovered || item->is_counted)
			continue;
		if (!any && store_begin(desk->store, err) < 0)
			return -1;
		any = true;
		if (inbox_count_read(desk->store, item->inbox, err) < 0) {
			store_rollback(desk->store);
			return -1;
		}
	}
	if (any && store_commit(desk->store, err) < 0) {
		store_rollback(desk->store);
		return -1;
	}
	item = desk->read.first;
	for (size_t i = 0; i < count; i++, item = item->next)
		item->is_counted = true;
	return 0;
}

int
ingest_recover(struct desk *desk, struct err *err)
{
	if (recover_again(desk, err) < 0)
		return -1;
	return recover_left(desk, err);
}
