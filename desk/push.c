/*
 * Pushes and poll answers: texts and delivery reports from the gateways.
 *
 * A push is read first, so that a malformed one can be answered with the
 * reason; then the text is stored and decided in one transaction, and only
 * its commit is answered with 200.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/fingerprint.h"
#include "desk/engine.h"
#include "desk/raw.h"
#include "lib/buf.h"
#include "lib/crash.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/protocol.h"
#include "reader/reader.h"
#include "store/inbox.h"

static const struct estate *
estate_of(const struct config *conf, const struct sms_channel *channel)
{
	for (size_t i = 0; i < conf->estate_count; i++)
		if (conf->estates[i].sms == channel)
			return &conf->estates[i];
	return NULL;
}

static struct push_map
map_of(const struct sms_channel *channel)
{
	return (struct push_map){
		.preset = channel->preset == SMS_KANNEL ? "kannel" : "json",
		.items = channel->poll_items,
		.cursor = channel->poll_cursor,
		.id = channel->poll_id,
		.from = channel->poll_from,
		.to = channel->poll_to,
		.text = channel->poll_text,
		.time = channel->poll_time,
	};
}

/* Submits to a reader; kind is one of the push and poll kinds. */
static struct item *
take_raw(struct desk *desk, const struct sms_channel *channel, uint32_t kind,
    const char *raw, size_t len, struct err *err)
{
	const struct estate *estate = estate_of(desk->conf, channel);
	struct item *item = item_new(
	    desk, kind, channel->name, estate == NULL ? NULL : estate->id);

	item->raw = raw_from_bytes(raw, len, err);
	if (item->raw == NULL || estate == NULL) {
		if (estate == NULL)
			(void)err_set(
			    err, ERR_CONF, "no estate uses %s", channel->name);
		item_free(desk, item);
		return NULL;
	}
	item->length = len;
	desk->waiting_bytes += len;
	return item;
}

void
push_submit(struct desk *desk, struct item *item)
{
	const struct sms_channel *channel =
	    config_sms(desk->conf, item->source);
	struct push_map map = map_of(channel);
	struct desk_read read = {
		.job = item->job,
		.kind = item->kind,
		.fd = item->raw->fd,
		.offset = item->offset,
		.length = item->length,
		.data = item->raw->bytes.data,
		.map = &map,
	};

	item_list_add(&desk->reading, item);
	desk->ports.read(desk->ports.self, &read);
}

int
desk_push(struct desk *desk, const char *channel, bool is_report,
    const char *raw, size_t len, void *request, struct err *err)
{
	const struct sms_channel *sms = config_sms(desk->conf, channel);
	struct item *item;

	if (sms == NULL)
		return err_set(err, ERR_CONF, "no such channel");
	if (desk->waiting_bytes > LIMIT_WAITING_HIGH_BYTES)
		return err_set(err, ERR_TEMP, "too much waits already");
	item = take_raw(desk, sms,
	    is_report ? READER_PUSH_REPORT : READER_PUSH_TEXT, raw, len, err);
	if (item == NULL)
		return -1;
	item->request = request;
	push_submit(desk, item);
	return 0;
}

static void
forget_request(struct item_list *list, const void *request)
{
	for (struct item *item = list->first; item != NULL; item = item->next)
		if (item->request == request)
			item->request = NULL;
}

void
desk_push_gone(struct desk *desk, const void *request)
{
	forget_request(&desk->reading, request);
	forget_request(&desk->read, request);
}

void
push_refuse_all(struct desk *desk)
{
	size_t count = desk->read.count;

	for (size_t i = 0; i < count; i++) {
		struct item *item = item_list_take(&desk->read);
		bool is_push = item->kind == READER_PUSH_TEXT ||
			       item->kind == READER_PUSH_REPORT;

		if (!is_push || item->is_stored) {
			item_list_add(&desk->read, item);
			continue;
		}
		if (item->request != NULL)
			desk->ports.answer(desk->ports.self, item->request, 503,
			    "try again later\n");
		item_free(desk, item);
	}
}

int
desk_polled(struct desk *desk, const char *channel, const char *raw, size_t len,
    const char *next_cursor, msec_t since, struct err *err)
{
	const struct sms_channel *sms = config_sms(desk->conf, channel);
	struct item *item;

	if (sms == NULL)
		return err_set(err, ERR_CONF, "no such channel");
	item = take_raw(desk, sms, READER_POLL, raw, len, err);
	if (item == NULL)
		return -1;
	item->next_cursor = strdup(next_cursor);
	item->since = since;
	push_submit(desk, item);
	return 0;
}

/* ---- decisions ---- */

/* What a push or one text of a poll has as its own: the bytes to keep. */
static struct bytes
raw_of(const struct item *item)
{
	return (struct bytes){
		.data = (const char *)item->raw->bytes.data + item->offset,
		.len = item->length,
	};
}

/* What makes a second arrival the same one.  The gateway's id does for ever.
 * Without one the bytes do, as the gateway's own time is in them; a push
 * without that either says nothing but its words, and they may come again
 * next week: those are told apart by the instant, and what is the gateway's
 * second try by rules.repeat_minutes.  A poll lists a text again and again,
 * so there the bytes have to do. */
static void
make_key(const struct item *item, const struct message *message,
    struct bytes raw, char *ret, size_t size)
{
	char digest[SHA256_HEX];

	if (message != NULL && !text_is_empty(message->message_id)) {
		(void)snprintf(ret, size, "%s", message->message_id);
		return;
	}
	fingerprint_bytes(raw.data, raw.len, digest);
	if (message == NULL || message->sent_at != 0 ||
	    item->kind == READER_POLL)
		(void)snprintf(ret, size, "%s", digest);
	else
		(void)snprintf(
		    ret, size, "%s/%lld", digest, (long long)item->received_at);
}

/* `message' is NULL where nobody could read it.  1 it waits for a decision, 0
 * it is known, -1. */
static int
store_text(struct desk *desk, struct item *item, const struct message *message,
    struct bytes raw, struct err *err)
{
	char key[LIMIT_HEADER_BYTES + 1], words[SHA256_HEX];
	struct inbox_new row = {
		.channel = CHANNEL_SMS,
		.source = item->source,
		.estate = item->estate,
		.key = key,
		.received_at = item->received_at,
		.raw = raw.data,
		.raw_len = raw.len,
	};

	if (item->is_stored)
		return 1;
	make_key(item, message, raw, key, sizeof(key));
	if (message != NULL) {
		fingerprint_text(message, words);
		row.words = words;
	}
	return inbox_add(desk->store, &row, &item->inbox, err);
}

/* What cannot be understood is answered with the reason, and kept. */
static int
keep_malformed(struct desk *desk, struct item *item, struct bytes raw,
    const char *why, struct err *err)
{
	int added;

	item->status = 400;
	(void)snprintf(item->why, sizeof(item->why), "%s", why);
	added = store_text(desk, item, NULL, raw, err);
	if (added <= 0)
		return added;
	return inbox_set_state(desk->store, item->inbox, INBOX_BINNED,
	    "malformed", item->why, 0, err);
}

/* The reader died over it: nobody knows what it says, so a human looks. */
static int
decide_unread(struct desk *desk, struct item *item, msec_t now, struct err *err)
{
	struct input in = {
		.kind = INPUT_UNREADABLE,
		.source = item->source,
		.estate = item->estate,
		.received_at = item->received_at,
		.reason = item->failure,
	};
	int added = store_text(desk, item, NULL, raw_of(item), err);

	if (added <= 0)
		return added;
	in.inbox = item->inbox;
	return message_decide(desk, &in, now, err);
}

static int
decide_text(struct desk *desk, struct item *item, const json_t *document,
    struct bytes raw, msec_t now, struct err *err)
{
	struct message *message = arena_alloc(&desk->turn, sizeof(*message));
	struct input in = {
		.kind = INPUT_MESSAGE,
		.source = item->source,
		.estate = item->estate,
		.received_at = item->received_at,
		.message = message,
	};
	struct err why = { 0 };
	int added;

	if (item_message(desk, item, document, message, &why) < 0)
		return keep_malformed(desk, item, raw, why.msg, err);
	added = store_text(desk, item, message, raw, err);
	if (added <= 0)
		return added;
	in.inbox = item->inbox;
	if (inbox_note(desk->store, item->inbox, message->message_id,
		message->from.addr, err) < 0)
		return -1;
	return message_decide(desk, &in, now, err);
}

/* "<out>-<attempt>" is ours (transfers.h), anything else the gateway's id:
 * 1 it names a row, 0 it does not, -1. */
static int
find_row(struct desk *desk, const char *source, const char *id, out_id *ret,
    struct err *err)
{
	char *end = NULL;
	long long row = strtoll(id, &end, 10);

	if (end == id || *end != '-' || row <= 0)
		return out_by_provider_id(desk->store, source, id, ret, err);
	*ret = row;
	return 1;
}

/* 1 when it tells something new about a text of this gateway, 0 when not. */
static int
is_news(struct desk *desk, const char *source, const struct report *report,
    struct err *err)
{
	struct outgoing out = { 0 };
	struct out_status status;
	int found =
	    out_load(desk->store, report->out, &desk->turn, &out, &status, err);

	if (found <= 0)
		return found;
	return text_eq(out.sender, source) &&
	       out_state_may_move(status.state, report->state);
}

static int
decide_report(struct desk *desk, struct item *item, const json_t *document,
    msec_t now, struct err *err)
{
	const char *id = json_text(document, "id");
	struct input in = {
		.kind = INPUT_REPORT,
		.source = item->source,
		.estate = item->estate,
		.received_at = now,
		.report.answer = json_text(document, "answer"),
	};
	int found;

	if (id == NULL ||
	    out_state_from(json_text(document, "state"), &in.report.state) < 0)
		return keep_malformed(desk, item, raw_of(item),
		    "the report names no message or no known state", err);
	found = find_row(desk, item->source, id, &in.report.out, err);
	if (found > 0)
		found = is_news(desk, item->source, &in.report, err);
	if (found <= 0)
		return found;
	/* The decision itself moves the row, so both are kept or neither, and
	 * the gateway is asked to say it again. */
	found = decision_make(desk, &in, now, err);
	if (found == 0) {
		item->status = 503;
		(void)snprintf(
		    item->why, sizeof(item->why), "try again later\n");
		desk_note(desk, NOTE_ERROR, "report", "out=%lld err=\"%s\"",
		    (long long)in.report.out, err->msg);
	}
	return found < 0 ? -1 : 0;
}

/* The way in has a name of its own: the same account may still send. NULL: it
 * works again. */
static int
mark_inbox(struct desk *desk, const struct item *item, const char *reason,
    msec_t now, struct err *err)
{
	char name[96];

	(void)snprintf(name, sizeof(name), "%s (inbox)", item->source);
	return alarm_channel(desk, name, reason != NULL, reason, now, err);
}

/* One that says nothing costs itself and not the others. */
static int
decide_polled(struct desk *desk, struct item *item, const json_t *one,
    msec_t now, struct err *err)
{
	const char *text = text_or(json_text(one, "raw"), "");
	const char *error = json_text(one, "error");
	struct bytes raw = { text, strlen(text) };

	if (error != NULL)
		return keep_malformed(desk, item, raw, error, err);
	return decide_text(
	    desk, item, json_object_get(one, "message"), raw, now, err);
}

/* Where the next look goes on.  Without a word of the gateway a cursor stays
 * where it is, and a window begins anew. */
static int
save_cursor(struct desk *desk, const struct item *item, const char *told,
    struct err *err)
{
	const struct sms_channel *sms = config_sms(desk->conf, item->source);
	const char *cursor = text_is_empty(told) ? item->next_cursor : told;
	msec_t since;

	if (text_is_empty(cursor) && !sms->poll_window &&
	    poll_cursor_load(desk->store, item->source, &desk->turn, &cursor,
		&since, err) < 0)
		return -1;
	return poll_cursor_save(desk->store, item->source, text_or(cursor, ""),
	    item->since, err);
}

static int
decide_poll(struct desk *desk, struct item *item, msec_t now, struct err *err)
{
	const json_t *list = json_object_get(item->answer.object, "messages");

	for (size_t i = 0; i < json_array_size(list); i++)
		if (decide_polled(
			desk, item, json_array_get(list, i), now, err) < 0)
			return -1;
	if (mark_inbox(desk, item, NULL, now, err) < 0)
		return -1;
	return save_cursor(
	    desk, item, json_text(item->answer.object, "cursor"), err);
}

/* A human gets the whole answer, so what it lists is not lost and the look
 * goes on behind it: the window does, and a cursor that the gateway told
 * outside of its answer.  Any other cursor stays, and the same answer is no
 * second case; the admin knows that the inbox is down. */
static int
decide_deadly_poll(
    struct desk *desk, struct item *item, msec_t now, struct err *err)
{
	if (mark_inbox(desk, item, item->failure, now, err) < 0 ||
	    decide_unread(desk, item, now, err) < 0)
		return -1;
	return save_cursor(desk, item, NULL, err);
}

int
push_decide(struct desk *desk, struct item *item, msec_t now, struct err *err)
{
	item->status = 200;
	item->why[0] = '\0';
	if (!item->is_stored)
		item->received_at = now;
	if (item->has_killed && item->kind == READER_PUSH_TEXT)
		return decide_unread(desk, item, now, err);
	if (item->has_killed && item->kind == READER_POLL)
		return decide_deadly_poll(desk, item, now, err);
	if (item->failure != NULL) {
		/* Nobody is there to be answered 400: the admin must hear
		 * that no text comes in. */
		if (item->kind == READER_POLL &&
		    mark_inbox(desk, item, item->failure, now, err) < 0)
			return -1;
		return keep_malformed(
		    desk, item, raw_of(item), item->failure, err);
	}
	if (item->request != NULL)
		crash_point(CRASH_PUSH_BEFORE_COMMIT);
	if (item->kind == READER_POLL)
		return decide_poll(desk, item, now, err);
	if (item->kind == READER_PUSH_REPORT)
		return decide_report(desk, item,
		    json_object_get(item->answer.object, "report"), now, err);
	return decide_text(desk, item,
	    json_object_get(item->answer.object, "message"), raw_of(item), now,
	    err);
}
