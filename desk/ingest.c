/*
 * Mails into the inbox, and what the reader made of them decided.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/fingerprint.h"
#include "desk/engine.h"
#include "desk/raw.h"
#include "lib/crash.h"
#include "lib/err.h"
#include "reader/protocol.h"
#include "store/inbox.h"

static const char *
raw_of(const struct item *item)
{
	return (const char *)item->raw->bytes.data + item->offset;
}

/* ---- arrivals ---- */

int
desk_mails(struct desk *desk, const char *mailbox, uint32_t uidvalidity, int fd,
    const struct desk_mail *mails, size_t count, struct err *err)
{
	const struct mailbox *box = config_mailbox(desk->conf, mailbox);
	struct raw *raw = raw_from_fd(fd, err);

	if (raw == NULL)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct item *item;

		if (box == NULL || mails[i].offset > raw->bytes.size ||
		    mails[i].length > raw->bytes.size - mails[i].offset) {
			raw_drop(&raw);
			return err_set(
			    err, ERR_DATA, "a mail outside its batch");
		}
		item = item_new(desk, READER_MAIL, box->name, box->estate);
		item->raw = raw_keep(raw);
		item->offset = mails[i].offset;
		item->length = mails[i].length;
		item->uidvalidity = uidvalidity;
		item->uid = mails[i].uid;
		item->too_large = mails[i].too_large;
		if (box->from_start)
			item->internaldate = mails[i].internaldate;
		desk->waiting_bytes += item->length;
		item_list_add(&desk->arrived, item);
	}
	raw_drop(&raw);
	return 0;
}

static int decide_mail(struct desk *desk, struct item *item, msec_t now,
    struct err *err) must_check;

static int
find_age(struct desk *desk, struct item *item, struct err *err)
{
	struct cursor cursor = { 0 };

	if (item->internaldate == 0)
		return 0;
	if (cursor_load(desk->store, item->source, &cursor, err) < 0)
		return -1;
	item->is_old = item->internaldate < cursor.first_at;
	return 0;
}

static int
store_mail(struct desk *desk, struct item *item, msec_t now, struct err *err)
{
	char key[32], digest[SHA256_HEX];
	struct inbox_new row = {
		.channel = CHANNEL_MAIL,
		.source = item->source,
		.estate = item->estate,
		.key = key,
		.received_at = now,
		.raw = raw_of(item),
		.raw_len = item->length,
		.uidvalidity = item->uidvalidity,
		.uid = item->uid,
	};
	int added;

	(void)snprintf(key, sizeof(key), "%u/%u", (unsigned)item->uidvalidity,
	    (unsigned)item->uid);
	if (find_age(desk, item, err) < 0)
		return -1;
	row.is_old = item->is_old;
	/* All mails of which the server gave nothing look the same. */
	if (row.raw_len > 0) {
		fingerprint_mail(row.raw, row.raw_len, digest);
		row.digest = digest;
	}
	added = inbox_add(desk->store, &row, &item->inbox, err);
	if (added < 0)
		return -1;
	item->is_known = added == 0;
	item->received_at = now;
	if (cursor_save(desk->store, item->source, item->uidvalidity, item->uid,
		now, err) < 0)
		return -1;
	/* Decided at once: a row that only waited would look like a whole
	 * mail at the next start. */
	return item->too_large && added > 0 ? decide_mail(desk, item, now, err)
					    : 0;
}

int
ingest_store(struct desk *desk, size_t count, msec_t now, struct err *err)
{
	struct item *item = desk->arrived.first;

	for (size_t i = 0; i < count; i++, item = item->next)
		if (store_mail(desk, item, now, err) < 0)
			return err_wrap(err, "inbox of %s", item->source);
	if (count > 0)
		crash_point(CRASH_FETCH_BEFORE_COMMIT);
	return 0;
}

/* Tell the server of one mailbox's run of mails in one go. */
static void
settle_run(struct desk *desk, const struct item *first, size_t run)
{
	uint32_t *uids = arena_array(&desk->turn, run, sizeof(*uids));
	const struct item *item = first;

	for (size_t i = 0; i < run; i++, item = item->next)
		uids[i] = item->uid;
	desk->ports.settle(
	    desk->ports.self, first->source, first->uidvalidity, uids, run);
}

static void
settle_stored(struct desk *desk, size_t count)
{
	const struct item *first = desk->arrived.first, *item = first;
	size_t run = 0;

	for (size_t i = 0; i < count; i++, item = item->next) {
		if (item->source != first->source ||
		    item->uidvalidity != first->uidvalidity) {
			settle_run(desk, first, run);
			first = item;
			run = 0;
		}
		run++;
	}
	if (run > 0)
		settle_run(desk, first, run);
}

void
ingest_submit(struct desk *desk, struct item *item)
{
	struct desk_read read = {
		.job = item->job,
		.kind = item->kind,
		.fd = item->raw->fd,
		.offset = item->offset,
		.length = item->length,
		.data = item->raw->bytes.data,
	};

	item_list_add(&desk->reading, item);
	desk->ports.read(desk->ports.self, &read);
}

void
ingest_stored(struct desk *desk, size_t count)
{
	if (count == 0)
		return;
	crash_point(CRASH_FETCH_AFTER_COMMIT);
	crash_point(CRASH_FETCH_BEFORE_ACK);
	settle_stored(desk, count);
	crash_point(CRASH_FETCH_AFTER_ACK);
	for (size_t i = 0; i < count; i++) {
		struct item *item = item_list_take(&desk->arrived);

		if (!item->is_known && desk->first_new == 0)
			desk->first_new = item->inbox;
		if (item->is_known || item->too_large)
			item_free(desk, item);
		else
			ingest_submit(desk, item);
	}
}

/* ---- results ---- */

void
desk_read_done(struct desk *desk, uint64_t job, const char *data, size_t len)
{
	struct item *item = item_list_take_job(&desk->reading, job);
	struct err err = { 0 };
	const char *error;

	if (item == NULL)
		return;
	if (answer_read(data, len, &item->answer, &err) < 0) {
		item->failure = strdup("the reader's answer was no answer");
	} else {
		error = json_text(item->answer.object, "error");
		if (error != NULL)
			item->failure = strdup(error);
	}
	item_list_add(&desk->read, item);
}

void
desk_read_failed(struct desk *desk, uint64_t job, const char *reason)
{
	struct item *item = item_list_take_job(&desk->reading, job);

	if (item == NULL)
		return;
	item->failure = strdup(reason);
	item->has_killed = true;
	item_list_add(&desk->read, item);
}

static int
decide_mail(struct desk *desk, struct item *item, msec_t now, struct err *err)
{
	struct message message = { 0 };
	struct input in = {
		.kind = INPUT_MESSAGE,
		.inbox = item->inbox,
		.source = item->source,
		.estate = item->estate,
		.received_at = item->received_at,
		.is_old = item->is_old,
		.vouched_by = item->vouched_by,
		.message = &message,
	};
	struct err why = { 0 };

	if (item->length == 0) {
		in.kind = INPUT_UNREADABLE;
		in.reason = "the server would not give it";
	} else if (item->too_large) {
		in.kind = INPUT_UNREADABLE;
		in.reason = "the mail is too large";
	} else if (item->failure != NULL) {
		in.kind = INPUT_UNREADABLE;
		in.reason = item->failure;
	} else if (item_message(desk, item,
		       json_object_get(item->answer.object, "message"),
		       &message, &why) < 0) {
		in.kind = INPUT_UNREADABLE;
		in.reason = why.msg;
	} else if (inbox_note(desk->store, item->inbox, message.message_id,
		       message.from.addr, err) < 0) {
		return -1;
	}
	return message_decide(desk, &in, now, err);
}

int
ingest_decide(struct desk *desk, size_t count, msec_t now, struct err *err)
{
	struct item *item = desk->read.first;

	for (size_t i = 0; i < count; i++, item = item->next) {
		int done = item->kind == READER_MAIL
			       ? decide_mail(desk, item, now, err)
			       : push_decide(desk, item, now, err);

		if (done < 0)
			return -1;
	}
	if (count > 0)
		crash_point(CRASH_DECIDE_BEFORE_COMMIT);
	return 0;
}

void
ingest_decided(struct desk *desk, size_t count)
{
	if (count > 0)
		crash_point(CRASH_DECIDE_AFTER_COMMIT);
	for (size_t i = 0; i < count; i++) {
		struct item *item = item_list_take(&desk->read);

		if (item->request != NULL) {
			if (item->kind == READER_PUSH_REPORT)
				crash_point(CRASH_REPORT_AFTER_COMMIT);
			crash_point(CRASH_PUSH_BEFORE_ACK);
			desk->ports.answer(desk->ports.self, item->request,
			    item->status, item->why);
			crash_point(CRASH_PUSH_AFTER_ACK);
		}
		poll_said(desk, item);
		item_free(desk, item);
	}
}
