/*
 * Pushes and poll answers on their way to a reader: texts and delivery reports
 * from the gateways.
 *
 * A push is read first, so that a malformed one can be answered with the
 * reason; then the text is stored and decided in one transaction, and only
 * its commit is answered with 200 (push_decide.c).
 */
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "desk/engine.h"
#include "desk/raw.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/protocol.h"
#include "reader/reader.h"

/* Submits to a reader; kind is one of the push and poll kinds.  An owner's
 * words cannot be placed without an estate. */
static struct item *
take_raw(struct desk *desk, const struct sms_channel *channel, uint32_t kind,
    const char *raw, size_t len, struct err *err)
{
	const struct estate *estate =
	    kind == READER_PUSH_REPORT || kind == READER_REPORT_POLL
		? config_estate_of_reports(desk->conf, channel)
		: config_estate_of_sms(desk->conf, channel);
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
	return item;
}

void
push_submit(struct desk *desk, struct item *item)
{
	const struct gateway_map *map =
	    push_map_of(desk, config_sms(desk->conf, item->source));
	struct desk_read read = {
		.job = item->job,
		.kind = item->kind,
		.fd = item->raw->fd,
		.offset = item->offset,
		.length = item->length,
		.data = item->raw->bytes.data,
		.map = &map->map,
		.map_json = map->json,
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
	if (desk->push_count >= LIMIT_PUSHES_WAITING ||
	    desk->push_bytes + len > LIMIT_PUSHES_WAITING_BYTES)
		return err_set(err, ERR_TEMP, "too many pushes wait already");
	item = take_raw(desk, sms,
	    is_report ? READER_PUSH_REPORT : READER_PUSH_TEXT, raw, len, err);
	if (item == NULL)
		return -1;
	item->request = request;
	item->is_push = true;
	desk->push_count++;
	desk->push_bytes += len;
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
desk_polled(struct desk *desk, const struct desk_poll *poll, struct err *err)
{
	const struct sms_channel *sms = config_sms(desk->conf, poll->channel);
	struct item *item;

	if (sms == NULL)
		return err_set(err, ERR_CONF, "no such channel");
	item = take_raw(desk, sms,
	    poll->is_report ? READER_REPORT_POLL : READER_POLL, poll->raw,
	    poll->len, err);
	if (item == NULL)
		return -1;
	item->next_cursor = strdup(text_or(poll->next_cursor, ""));
	item->asked_cursor = strdup(text_or(poll->asked_cursor, ""));
	item->asked_since = poll->asked_since;
	item->since = poll->since;
	item->kept = poll->kept;
	item->is_past = poll->is_past;
	desk->waiting_bytes += poll->len;
	push_submit(desk, item);
	return 0;
}
