#include <stdlib.h>
#include <string.h>

#include "channels/http_transfer.h"
#include "channels/send_queue.h"
#include "channels/sms_preset.h"
#include "channels/transfers.h"
#include "core/config.h"
#include "core/limits.h"
#include "core/phone.h"
#include "lib/err.h"
#include "lib/text.h"

enum {
	SLOTS = 4,
	CONNECT_MS = 10000,
	TEXT_MS = 20000,
	REQUEST_MAX = 64 * 1024,
	GATEWAY_TIMEOUT = 504,
};

struct sms_slot {
	struct buf answer;
	struct sms_request request;
};

struct sms_sender {
	const struct sms_channel *channel;
	const struct sms_preset_ops *preset;
	struct send_queue queue;
	struct sms_slot slots[SLOTS];
	struct curl_slist *headers;
};

static const struct sms_preset_ops *const presets[] = {
	[SMS_KANNEL] = &sms_preset_kannel,
	[SMS_JSON] = &sms_preset_json,
};

void
sms_url_add(struct buf *url, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if ((byte >= '0' && byte <= '9') ||
		    (byte >= 'A' && byte <= 'Z') ||
		    (byte >= 'a' && byte <= 'z') ||
		    strchr("-._~", byte) != NULL) {
			buf_putc(url, *text);
			continue;
		}
		buf_putc(url, '%');
		buf_putc(url, hex[byte >> 4]);
		buf_putc(url, hex[byte & 15]);
	}
}

enum err_kind
sms_verdict(
    const struct sms_verdict *rows, size_t count, int status, const char *body)
{
	for (size_t i = 0; i < count; i++) {
		if (status >= rows[i].from && status <= rows[i].to &&
		    (rows[i].words == NULL ||
			strstr(body, rows[i].words) != NULL))
			return rows[i].result;
	}
	return ERR_CONF;
}

/* ---- one job ---- */

static int
check_parts(const struct sms_channel *channel, const struct sms_size *size,
    struct err *err)
{
	size_t allowed =
	    channel->max_parts > 0 ? channel->max_parts : LIMIT_SMS_PARTS;

	if (size->parts <= allowed)
		return 0;
	return err_set(err, ERR_PERM, "text needs %zu parts, allowed are %zu",
	    size->parts, allowed);
}

static int
prepare(struct send_slot *slot, struct err *err)
{
	struct sms_sender *sender = slot->queue->owner;
	struct sms_slot *own = slot->state;
	struct sms_request *request = &own->request;
	struct sms_size size = sms_text_size(slot->job->data);
	CURL *easy = slot->transfer.easy;

	if (check_parts(sender->channel, &size, err) < 0)
		return -1;
	buf_reset(&own->answer);
	buf_reset(&request->url);
	buf_reset(&request->body);
	sender->preset->ask(sender->channel, slot->job, &size, request);
	if (buf_is_over(&request->url) || buf_is_over(&request->body))
		return err_set(
		    err, ERR_PERM, "the text is too long to be sent");
	if (curl_easy_setopt(easy, CURLOPT_URL, buf_text(&request->url)) !=
	    CURLE_OK)
		return err_set(err, ERR_BUG, "no memory for an address");
	if (request->body.len > 0) {
		(void)curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)request->body.len);
		(void)curl_easy_setopt(
		    easy, CURLOPT_POSTFIELDS, buf_text(&request->body));
		(void)curl_easy_setopt(
		    easy, CURLOPT_HTTPHEADER, sender->headers);
	}
	transfer_deadline(&slot->transfer, CONNECT_MS, TEXT_MS);
	return 0;
}

static bool
judge(struct send_slot *slot, CURLcode code)
{
	struct sms_sender *sender = slot->queue->owner;
	struct sms_slot *own = slot->state;
	struct receipt *receipt = &slot->job->receipt;
	char why[CURL_ERROR_SIZE];

	/* A status without the whole body is an answer all the same. */
	receipt->code = http_transfer_status(&slot->transfer);
	if (receipt->code >= 200) {
		sender->preset->judge(receipt->code, &own->answer, receipt);
		/* The one in the middle does not know what became of it. */
		receipt->is_unknown = receipt->code == GATEWAY_TIMEOUT;
		receipt_answer(receipt, buf_text(&own->answer));
		return true;
	}
	receipt->code = 0;
	receipt->result = transfer_failure(code);
	receipt->is_unknown = receipt->result == ERR_TEMP &&
			      http_transfer_was_asked(&slot->transfer);
	transfer_reason(
	    &slot->transfer, code, sender->channel->password, why, sizeof(why));
	receipt_answer(receipt, why);
	return true;
}

static struct queued_job *
take(void *owner, const struct send_job *job, struct err *err)
{
	const char *text = text_or(job->out->text, "");

	(void)owner;
	if (!phone_is_e164(job->out->to)) {
		(void)err_set(err, ERR_DATA, "the recipient's number is none");
		return NULL;
	}
	if (text[0] == '\0') {
		(void)err_set(err, ERR_BUG, "an empty text");
		return NULL;
	}
	return queued_job_new(job, text, strlen(text), NULL);
}

/* ---- opening and closing ---- */

static int
open_slot(struct send_slot *slot, size_t place, struct err *err)
{
	struct sms_sender *sender = slot->queue->owner;
	const struct sms_channel *channel = sender->channel;
	struct sms_slot *own = &sender->slots[place];

	slot->state = own;
	buf_init(&own->answer, LIMIT_HTTP_ANSWER_BYTES);
	buf_init(&own->request.url, REQUEST_MAX);
	buf_init(&own->request.body, REQUEST_MAX);
	return http_transfer_open(&slot->transfer, slot->queue->transfers,
	    channel->ca_file, sender->preset->has_login ? channel->user : NULL,
	    channel->password, &own->answer, err);
}

static void
free_sender(void *owner)
{
	struct sms_sender *sender = owner;

	for (size_t i = 0; i < SLOTS; i++) {
		buf_done(&sender->slots[i].answer);
		buf_done(&sender->slots[i].request.url);
		buf_done(&sender->slots[i].request.body);
	}
	curl_slist_free_all(sender->headers);
	free(sender);
}

static const struct send_queue_ops ops = {
	.open_slot = open_slot,
	.take = take,
	.prepare = prepare,
	.judge = judge,
	.free = free_sender,
};

struct sender *
sms_sender_open(struct transfers *transfers, const struct sms_channel *channel,
    struct err *err)
{
	struct sms_sender *sender = calloc(1, sizeof(*sender));

	if (sender == NULL)
		abort();
	sender->channel = channel;
	sender->preset = presets[channel->preset];
	sender->headers =
	    curl_slist_append(NULL, "Content-Type: application/json");
	return send_queue_open(&sender->queue, transfers,
	    &(struct send_queue_setup){
		.name = channel->name,
		.ops = &ops,
		.owner = sender,
		.slots = SLOTS,
		.per_second = channel->per_second,
	    },
	    err);
}
