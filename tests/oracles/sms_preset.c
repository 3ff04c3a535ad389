/*
 * What a preset says and understands, for clients.mjs: a JSON object a line in,
 * one a line out.
 *
 *   {"open": SETTINGS}                                the channel from here on
 *   {"send": {to, text, kind, params, id, attempt, created, now, nonce}}
 *                                                     the request, signed
 *   {"answer": BODY, "status": 200}                   what it means
 *   {"push": {query, content_type, body}, "report": false}
 *   {"poll": BODY, "report": false}                   texts or reports
 */
#include <stdio.h>
#include <stdlib.h>

#include "channels/sms_answer.h"
#include "channels/sms_channel.h"
#include "channels/sms_job.h"
#include "channels/sms_request.h"
#include "channels/sms_wire.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/json.h"
#include "reader/reader.h"
#include "tests/support/gateway.h"

#define WORK_MAX ((size_t)8 * 1024 * 1024)

static struct gateway gateway;
static struct arena arena;

static json_t *
send_of(const json_t *given)
{
	struct queued_job job = {
		.receipt = { .out = json_int(given, "id", 1),
		    .attempt = json_int(given, "attempt", 1) },
		.created_at = json_int(given, "created", 0),
		.to = (char *)(uintptr_t)json_text(given, "to"),
		.data = (char *)(uintptr_t)json_text(given, "text"),
		.kind = (char *)(uintptr_t)json_text(given, "kind"),
		.params = (char *)(uintptr_t)json_text(given, "params"),
	};
	const struct sms_provider *provider = gateway.channel->provider;
	const struct sms_moment moment = { json_int(given, "now", 0),
		json_text(given, "nonce") };
	struct sms_scope channel = sms_channel_scope(gateway.channel, &arena);
	struct sms_wire wire scoped(sms_wire_done);
	json_t *ret = json_object();
	struct sms_scope scope;
	struct err err = { 0 };

	sms_wire_init(&wire);
	if (sms_job_scope(gateway.channel, &channel, &job, moment.seconds,
		&arena, &scope, &err) < 0 ||
	    sms_wire_make(&provider->auth, &provider->send, &scope, &moment,
		&wire, &err) < 0) {
		json_put_text(ret, "error", err.msg);
		return ret;
	}
	json_put_text(ret, "method", wire.method == SMS_POST ? "POST" : "GET");
	json_put_text(ret, "url", buf_text(&wire.url));
	json_put_text(ret, "headers", buf_text(&wire.headers));
	json_put_text(ret, "body", buf_text(&wire.body));
	return ret;
}

static json_t *
meaning_of(int status, const char *body)
{
	struct buf text scoped(buf_done) = { 0 };
	struct receipt receipt = { 0 };
	json_t *ret = json_object();

	buf_init(&text, WORK_MAX);
	buf_puts(&text, body);
	sms_answer_judge(gateway.channel->provider, status, &text, &receipt);
	json_put_text(ret, "result", err_kind_name(receipt.result));
	json_put_text(ret, "id", receipt.provider_id);
	json_put_flag(ret, "optout", receipt.is_optout);
	json_put_int(ret, "delay", receipt.retry_after / MSEC_SECOND);
	return ret;
}

static json_t *
item_of(const struct push_item *item, bool is_report)
{
	const struct message *text = &item->message;
	json_t *ret = json_object();

	if (item->error != NULL) {
		json_put_text(ret, "error", item->error);
	} else if (is_report) {
		json_put_text(ret, "id", item->report.id);
		json_put_text(ret, "state", item->report.state);
		json_put_text(ret, "reason", item->report.answer);
	} else {
		json_put_text(ret, "id", text->message_id);
		json_put_text(ret, "from", text->from.addr);
		json_put_text(ret, "to", text->recipient);
		json_put_text(ret, "text", text->text);
		json_put_int(ret, "time", text->sent_at / MSEC_SECOND);
		json_put_int(ret, "parts", text->part_count);
	}
	return ret;
}

static json_t *
page_of(const json_t *line, bool is_poll)
{
	const struct sms_provider *provider = gateway.channel->provider;
	const struct push_map map = push_map_from(provider);
	bool is_report = json_flag(line, "report");
	struct buf raw scoped(buf_done) = { 0 };
	json_t *ret = json_object(), *items = json_array();
	struct push_page page = { 0 };
	struct err err = { 0 };
	int result;

	buf_init(&raw, WORK_MAX);
	if (is_poll)
		buf_puts(&raw, json_text(line, "poll"));
	else
		json_to_buf(json_object_get(line, "push"), &raw);
	result = (is_poll ? reader_poll : reader_push)(
	    &map, is_report, buf_text(&raw), raw.len, &arena, &page, &err);
	if (result < 0)
		json_put_text(ret, "error", err.msg);
	for (size_t i = 0; result == 0 && i < page.count; i++)
		json_array_append_new(
		    items, item_of(&page.items[i], is_report));
	json_object_set_new(ret, "items", items);
	json_put_text(ret, "cursor", page.cursor);
	return ret;
}

static json_t *
answer(const json_t *line)
{
	if (json_text(line, "open") != NULL) {
		if (gateway.conf != NULL)
			gateway_close(&gateway);
		gateway_open(&gateway, json_text(line, "open"));
		return json_object();
	}
	if (json_object_get(line, "send") != NULL)
		return send_of(json_object_get(line, "send"));
	if (json_text(line, "answer") != NULL)
		return meaning_of((int)json_int(line, "status", 200),
		    json_text(line, "answer"));
	return page_of(line, json_text(line, "poll") != NULL);
}

int
main(void)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	struct err err = { 0 };

	arena_init(&arena, WORK_MAX);
	if (reader_open(&err) < 0)
		return 1;
	while ((len = getline(&line, &room, stdin)) > 0) {
		json_t *asked scoped(json_release) =
		    json_loadb(line, (size_t)len, 0, NULL);
		json_t *said scoped(json_release) = answer(asked);
		struct buf text scoped(buf_done) = { 0 };

		buf_init(&text, WORK_MAX);
		json_to_buf(said, &text);
		(void)printf("%s\n", buf_text(&text));
		arena_reset(&arena);
	}
	if (gateway.conf != NULL)
		gateway_close(&gateway);
	arena_done(&arena);
	free(line);
	return 0;
}
