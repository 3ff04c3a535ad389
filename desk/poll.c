/*
 * Where the next look into a gateway's inbox goes on.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "core/fingerprint.h"
#include "core/limits.h"
#include "desk/engine.h"
#include "desk/raw.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/protocol.h"
#include "store/inbox.h"

/* Clocks differ. */
#define OLD_AFTER MSEC_HOUR

int
poll_alarm(struct desk *desk, const struct item *item, const char *reason,
    msec_t now, struct err *err)
{
	char name[POLL_NAME_MAX];

	poll_alarm_name(item->source, item->kind == READER_REPORT_POLL, name);
	return alarm_channel(desk,
	    &(struct alarm){
		.name = name, .reason = reason, .is_inbound = true },
	    now, err);
}

void
poll_said(struct desk *desk, const struct item *item)
{
	bool is_report = item->kind == READER_REPORT_POLL;

	if ((is_report || item->kind == READER_POLL) &&
	    desk->ports.polled != NULL)
		desk->ports.polled(desk->ports.self, item->source, is_report,
		    item->failure == NULL);
}

static bool
is_blank(const char *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (strchr(" \t\r\n", data[i]) == NULL || data[i] == '\0')
			return false;
	return true;
}

/* What says nothing may still hold texts, for a human.  Where they are listed
 * again a few are enough to see what is wrong. */
int
poll_is_worth_keeping(
    struct desk *desk, const struct item *item, msec_t now, struct err *err)
{
	const struct sms_provider *provider =
	    config_sms(desk->conf, item->source)->provider;
	const struct sms_poll *poll = item->kind == READER_REPORT_POLL
					  ? &provider->report_poll
					  : &provider->poll;
	int64_t kept = 0;

	if (is_blank((const char *)item->raw->bytes.data + item->offset,
		item->length))
		return 0;
	if (poll->mode == SMS_POLL_QUEUE)
		return 1;
	if (inbox_malformed_since(desk->store, item->estate, item->source,
		now - MSEC_DAY, &kept, err) < 0)
		return -1;
	return kept < LIMIT_SILENT_POLLS_KEPT;
}

/* How many were listed so far, while pages are full. */
static const char *
next_offset(struct desk *desk, const struct item *item, unsigned limit)
{
	int64_t listed = json_int(item->answer.object, "listed", 0);
	int64_t before = 0;

	if (listed < (int64_t)limit)
		return "";
	if (text_to_int(item->asked_cursor, 0, INT32_MAX, &before) < 0)
		before = 0;
	return arena_printf(&desk->turn, "%" PRId64, before + listed);
}

/* What {cursor} is next time; "" where nothing follows. */
static const char *
next_cursor(
    struct desk *desk, const struct item *item, const struct sms_poll *poll)
{
	const json_t *answer = item->answer.object;
	const char *told = json_text(answer, "cursor");

	switch (poll->paging) {
	case SMS_PAGING_NONE: break;
	case SMS_PAGING_URL: return text_or(told, "");
	case SMS_PAGING_OFFSET: return next_offset(desk, item, poll->limit);
	case SMS_PAGING_LAST:
		return text_or(
		    json_text(answer, "last_id"), item->asked_cursor);
	case SMS_PAGING_CURSOR:
		told = text_is_empty(told) ? item->next_cursor : told;
		/* Without a word of the gateway a cursor stays where it is,
		 * and a window begins anew. */
		return !text_is_empty(told)            ? told
		       : poll->mode == SMS_POLL_WINDOW ? ""
						       : item->asked_cursor;
	}
	return "";
}

int
poll_forget(struct desk *desk, const struct item *item, struct err *err)
{
	return item->kept == 0 ? 0
			       : poll_answer_drop(desk->store, item->kept, err);
}

/* A list that is walked from its beginning holds what came before us. */
bool
poll_lists_old(const struct desk *desk, const struct item *item,
    const struct message *message)
{
	const struct sms_provider *provider =
	    config_sms(desk->conf, item->source)->provider;

	return item->kind == READER_POLL &&
	       provider->poll.paging == SMS_PAGING_LAST &&
	       text_is_empty(item->asked_cursor) && message->sent_at != 0 &&
	       message->sent_at < item->asked_since - OLD_AFTER;
}

int
poll_settle(struct desk *desk, const struct item *item, struct err *err)
{
	const struct sms_channel *channel =
	    config_sms(desk->conf, item->source);
	bool is_report = item->kind == READER_REPORT_POLL;
	const struct sms_poll *poll = is_report
					  ? &channel->provider->report_poll
					  : &channel->provider->poll;
	char name[POLL_NAME_MAX], form[SHA256_HEX];
	struct poll_place place = { name, form, NULL, item->since };

	if (item->is_past)
		return poll_forget(desk, item, err);
	poll_name(item->source, is_report, name);
	poll_form(channel, is_report, form);
	place.cursor = next_cursor(desk, item, poll);
	/* The window moves on when all its pages are read. */
	if ((poll->paging == SMS_PAGING_URL ||
		poll->paging == SMS_PAGING_OFFSET) &&
	    !text_is_empty(place.cursor))
		place.since = item->asked_since;
	if (poll_cursor_save(desk->store, &place, err) < 0)
		return -1;
	return poll_forget(desk, item, err);
}

void
poll_name(const char *channel, bool is_report, char ret[POLL_NAME_MAX])
{
	(void)snprintf(ret, POLL_NAME_MAX, "%.64s%s", channel,
	    is_report ? " (reports)" : "");
}

void
poll_alarm_name(const char *channel, bool is_report, char ret[POLL_NAME_MAX])
{
	(void)snprintf(ret, POLL_NAME_MAX, "%.64s (%s)", channel,
	    is_report ? "reports" : "inbox");
}

/* Other values may be another account. */
static void
add_values(const struct sms_channel *channel, struct buf *text)
{
	const struct sms_provider *provider = channel->provider;

	for (size_t i = 0; i < channel->value_count; i++)
		if (!provider->values[i].is_secret)
			buf_printf(text, "\n%s=%s", channel->values[i].name,
			    text_or(channel->values[i].text, ""));
}

void
poll_form(
    const struct sms_channel *channel, bool is_report, char ret[SHA256_HEX])
{
	const struct sms_provider *provider = channel->provider;
	const struct sms_poll *poll =
	    is_report ? &provider->report_poll : &provider->poll;
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, LIMIT_RENDERED_BYTES);
	buf_printf(&text, "%d\n%d\n%s\n%s\n%s\n%s\n%s", (int)poll->mode,
	    (int)poll->paging, text_or(channel->url, ""),
	    text_or(channel->user, ""), text_or(poll->request.url, ""),
	    text_or(poll->request.body, ""), text_or(poll->fields.cursor, ""));
	add_values(channel, &text);
	fingerprint_bytes(buf_text(&text), text.len, ret);
}
