/*
 * A JSON gateway: POST {"id", "to", "text"} with Basic login.  The id is the
 * same for every attempt at one message, so that a gateway that knows ids
 * answers 409 instead of sending it twice.
 */
#include <stdio.h>
#include <string.h>

#include "channels/sms_preset.h"
#include "core/config.h"
#include "lib/cleanup.h"
#include "lib/json.h"

static const struct sms_verdict verdicts[] = {
	{ 200, 299, NULL, ERR_NONE },
	{ 409, 409, NULL, ERR_NONE },
	{ 400, 400, NULL, ERR_PERM },
	{ 408, 408, NULL, ERR_TEMP },
	{ 413, 413, NULL, ERR_PERM },
	{ 422, 422, NULL, ERR_PERM },
	{ 429, 429, NULL, ERR_TEMP },
	{ 500, 599, NULL, ERR_TEMP },
};

static void
ask(const struct sms_channel *channel, const struct queued_job *job,
    const struct sms_size *size, struct sms_request *ret)
{
	json_t *document scoped(json_release) = json_object();
	char id[64];

	(void)size;
	/* The moment keeps a restored or new database from reusing an id. */
	(void)snprintf(id, sizeof(id), "%lld-%lld",
	    (long long)job->receipt.out, (long long)job->created_at);
	json_put_text(document, "id", id);
	json_put_text(document, "to", job->to);
	json_put_text(document, "text", job->data);
	buf_puts(&ret->url, channel->send_url);
	json_to_buf(document, &ret->body);
}

static void
judge(int status, const struct buf *body, struct receipt *ret)
{
	json_t *document scoped(json_release) = NULL;
	const char *id;
	int64_t number;

	ret->result = sms_verdict(
	    verdicts, ARRAY_COUNT(verdicts), status, buf_text(body));
	if (ret->result != ERR_NONE)
		return;
	document = json_from(buf_text(body), body->len, NULL);
	id = json_text(document, "id");
	number = json_int(document, "id", 0);
	if (id != NULL && strlen(id) < sizeof(ret->provider_id))
		(void)snprintf(
		    ret->provider_id, sizeof(ret->provider_id), "%s", id);
	else if (number > 0)
		(void)snprintf(ret->provider_id, sizeof(ret->provider_id),
		    "%lld", (long long)number);
}

const struct sms_preset_ops sms_preset_json = {
	.has_login = true,
	.ask = ask,
	.judge = judge,
};
