/*
 * What the reader made of a push or a poll's answer: texts are stored and
 * decided, reports move what we have sent.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "core/fingerprint.h"
#include "core/phone.h"
#include "desk/engine.h"
#include "desk/raw.h"
#include "lib/crash.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/protocol.h"
#include "store/inbox.h"

static bool
is_poll(const struct item *item)
{
	return item->kind == READER_POLL || item->kind == READER_REPORT_POLL;
}

/* What a push or one text of a poll has as its own: the bytes to keep. */
static struct bytes
raw_of(const struct item *item)
{
	return (struct bytes){
		.data = (const char *)item->raw->bytes.data + item->offset,
		.len = item->length,
	};
}

/* What makes a second arrival the same one.  The gateway's id does for ever,
 * with the same words (store_other()).
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
	if (message == NULL || message->sent_at != 0 || is_poll(item))
		(void)snprintf(ret, size, "%s", digest);
	else
		(void)snprintf(
		    ret, size, "%s/%lld", digest, (long long)item->received_at);
}

/* Where a gateway counts anew an id is known that names another text.  As with
 * a mail's Message-ID (rules.md 5.32) other words are a message of their own,
 * and the same again is none: their digest goes with the id. */
static int
store_other(struct desk *desk, struct item *item, struct inbox_new *row,
    bool is_part, struct err *err)
{
	char key[LIMIT_HEADER_BYTES + 1 + SHA256_HEX];
	int added = inbox_says(desk->store, item->inbox, row->words, err);
	int64_t first = item->inbox;

	if (added != 0)
		return added < 0 ? -1 : 0;
	(void)snprintf(key, sizeof(key), "%s/%s", row->key, row->words);
	row->key = key;
	added = inbox_add(desk->store, row, &item->inbox, err);
	/* Some give all parts of a long text one id. */
	if (added > 0 && !is_part)
		desk_note(desk, NOTE_WARN, "inbox",
		    "inbox=%lld source=%s why=\"its id is that of inbox %lld, "
		    "which says other words\"",
		    (long long)item->inbox, item->source, (long long)first);
	return added;
}

/* Its sender as one form of the number, or as it is where it is none. */
static const char *
one_form(struct desk *desk, const struct item *item,
    const struct message *message)
{
	const struct sms_channel *sms = config_sms(desk->conf, item->source);
	const char *from = text_or(message->from.addr, "");

	return text_or(
	    sms == NULL ? NULL : phone_e164(from, sms->country, &desk->turn),
	    from);
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
	int added;

	if (item->is_stored)
		return 1;
	make_key(item, message, raw, key, sizeof(key));
	if (message != NULL) {
		fingerprint_text(
		    message, one_form(desk, item, message), words);
		row.words = words;
	}
	added = inbox_add(desk->store, &row, &item->inbox, err);
	return added == 0 && row.words != NULL
		   ? store_other(desk, item, &row, message->part_count > 1, err)
		   : added;
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
	desk_note(desk, NOTE_WARN, "malformed",
	    "inbox=%lld source=%s why=\"%s\"", (long long)item->inbox,
	    item->source, why);
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
	in.is_old = poll_lists_old(desk, item, message);
	if (inbox_note(desk->store, item->inbox, message->message_id,
		message->from.addr, err) < 0)
		return -1;
	if (message->part_count > 1) {
		/* Read again it does not wait for what has gone before it. */
		added = item->is_stored ? 0 : parts_take(desk, &in, now, err);
		if (added != 0)
			return added < 0 ? -1 : 0;
		message->own = parts_alone(desk, message);
		message->text = message->own;
	}
	return message_decide(desk, &in, now, err);
}

static int
decide_report(struct desk *desk, struct item *item, const json_t *document,
    msec_t now, struct err *err)
{
	struct gateway_report report = {
		.of = { item->source, json_text(document, "id") },
		.answer = json_text(document, "answer"),
		.is_optout = json_flag(document, "is_optout"),
	};
	int taken;

	if (report.of.name == NULL ||
	    out_state_from(json_text(document, "state"), &report.state) < 0)
		return keep_malformed(desk, item, raw_of(item),
		    "the report names no message or no known state", err);
	/* The decision itself moves the row, so both are kept or neither, and
	 * the gateway is asked to say it again. */
	taken = report_take(desk, &report, now, err);
	crash_point(CRASH_REPORT_BEFORE_COMMIT);
	if (taken == 0) {
		item->status = 503;
		(void)snprintf(
		    item->why, sizeof(item->why), "try again later\n");
	}
	return taken < 0 ? -1 : 0;
}

/* What one request or answer brought. */
struct harvest {
	size_t good, bad;
};

/* One that says nothing costs itself and not the others. */
static int
decide_one(struct desk *desk, struct item *item, const json_t *one, msec_t now,
    struct harvest *harvest, struct err *err)
{
	const char *own = json_text(one, "raw");
	const char *error = json_text(one, "error");
	struct bytes raw =
	    own == NULL ? raw_of(item) : (struct bytes){ own, strlen(own) };

	if (error != NULL) {
		harvest->bad++;
		return keep_malformed(desk, item, raw, error, err);
	}
	harvest->good++;
	if (item->kind == READER_PUSH_REPORT ||
	    item->kind == READER_REPORT_POLL)
		return decide_report(
		    desk, item, json_object_get(one, "report"), now, err);
	return decide_text(
	    desk, item, json_object_get(one, "message"), raw, now, err);
}

static int
decide_all(struct desk *desk, struct item *item, msec_t now, struct err *err)
{
	const json_t *list = json_object_get(item->answer.object, "items");
	struct harvest harvest = { 0 };

	if (!json_is_array(list))
		return keep_malformed(desk, item, raw_of(item),
		    "the reader's answer names nothing", err);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (decide_one(desk, item, json_array_get(list, i), now,
			&harvest, err) < 0)
			return -1;
	/* What could be read is kept: the same again would not be better. */
	if (item->status == 400 && harvest.good > 0) {
		item->status = 200;
		item->why[0] = '\0';
	}
	return 0;
}

/* A human gets the whole answer, so what it lists is not lost and the look
 * goes on behind it: the window does, and a cursor that the gateway told
 * outside of its answer.  Any other cursor stays, and the same answer is no
 * second case; the admin knows that the inbox is down. */
static int
decide_deadly_poll(
    struct desk *desk, struct item *item, msec_t now, struct err *err)
{
	if (poll_alarm(desk, item, item->failure, now, err) < 0 ||
	    decide_unread(desk, item, now, err) < 0)
		return -1;
	return poll_settle(desk, item, err);
}

/* The reader took nothing apart. */
static int
decide_failure(
    struct desk *desk, struct item *item, msec_t now, struct err *err)
{
	int keep;

	/* Nobody is there to be answered 400: the admin must hear that no
	 * text comes in. */
	if (is_poll(item) &&
	    poll_alarm(desk, item, item->failure, now, err) < 0)
		return -1;
	keep = is_poll(item) ? poll_is_worth_keeping(desk, item, now, err) : 1;
	if (keep < 0 || (keep > 0 && keep_malformed(desk, item, raw_of(item),
					 item->failure, err) < 0))
		return -1;
	return is_poll(item) ? poll_forget(desk, item, err) : 0;
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
	if (item->failure != NULL)
		return decide_failure(desk, item, now, err);
	if (item->request != NULL)
		crash_point(CRASH_PUSH_BEFORE_COMMIT);
	if (decide_all(desk, item, now, err) < 0)
		return -1;
	if (!is_poll(item))
		return 0;
	if (poll_alarm(desk, item, NULL, now, err) < 0)
		return -1;
	return poll_settle(desk, item, err);
}
