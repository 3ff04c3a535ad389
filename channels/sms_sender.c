#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channels/http_transfer.h"
#include "channels/send_queue.h"
#include "channels/sms_answer.h"
#include "channels/sms_channel.h"
#include "channels/sms_job.h"
#include "channels/sms_look_up.h"
#include "channels/sms_request.h"
#include "channels/transfers.h"
#include "core/config.h"
#include "core/limits.h"
#include "core/phone.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/text.h"

enum {
	CONNECT_MS = 10000,
	TEXT_MS = 20000,
	SCOPE_MAX = 1024 * 1024,
};

struct sms_slot {
	bool is_looking; /* asking whether the gateway has it, not sending */
	struct buf answer;
	struct sms_wire wire;
	struct curl_slist *headers;
	struct arena job; /* values of the job at hand */
	struct sms_scope scope;
};

struct sms_sender {
	const struct sms_channel *channel;
	struct arena arena;
	struct sms_scope scope; /* the channel's values */
	struct send_queue queue;
	struct sms_slot slots[]; /* channel->connections */
};

/* ---- one job ---- */

static unsigned
smaller(unsigned a, unsigned b)
{
	return b != 0 && (a == 0 || b < a) ? b : a;
}

static msec_t
longer(msec_t a, msec_t b)
{
	return a > b ? a : b;
}

static int
check_parts(
    const struct sms_channel *channel, const char *text, struct err *err)
{
	const struct sms_counting *counting = &channel->counting;

	if (channel->provider->is_template_only ||
	    sms_text_fits(counting, text))
		return 0;
	return err_set(err, ERR_PERM, "text needs %zu parts, allowed are %u",
	    sms_text_size(counting, text).parts, counting->max_parts);
}

/* A job may have waited for its turn. */
static int64_t
now_seconds(const struct queued_job *job)
{
	return (job->now + (clock_mono().ms - job->taken.ms)) / MSEC_SECOND;
}

static int
prepare(struct send_slot *slot, struct err *err)
{
	struct sms_sender *sender = slot->queue->owner;
	const struct sms_provider *provider = sender->channel->provider;
	const struct sms_moment moment = { now_seconds(slot->job), NULL };
	struct sms_slot *own = slot->state;

	if (check_parts(sender->channel, slot->job->data, err) < 0)
		return -1;
	buf_reset(&own->answer);
	arena_reset(&own->job);
	if (sms_job_scope(sender->channel, &sender->scope, slot->job,
		moment.seconds, &own->job, &own->scope, err) < 0)
		return -1;
	own->is_looking = provider->unknown.policy == SMS_UNKNOWN_LOOK_UP &&
			  slot->job->may_be_there && !slot->job->is_again;
	if (sms_wire_make(&provider->auth,
		own->is_looking ? &provider->unknown.request : &provider->send,
		&own->scope, &moment, &own->wire, err) < 0 ||
	    http_transfer_ask(&slot->transfer, &own->wire, &own->headers, err) <
		0)
		return -1;
	transfer_deadline(&slot->transfer, CONNECT_MS, TEXT_MS);
	return 0;
}

/* Nobody answered, or the one in the middle did. */
static void
judge_silence(struct send_slot *slot, CURLcode code)
{
	struct sms_sender *sender = slot->queue->owner;
	struct receipt *receipt = &slot->job->receipt;
	char why[CURL_ERROR_SIZE];

	receipt->code = 0;
	receipt->result = transfer_failure(code);
	receipt->is_unknown = receipt->result == ERR_TEMP &&
			      http_transfer_was_asked(&slot->transfer);
	transfer_reason(&slot->transfer, code, NULL, why, sizeof(why));
	receipt_answer(receipt, sms_without_secrets(sender->channel, why));
}

/* Where the far side tells the admin nothing, its status still does. */
static void
keep_answer(
    const struct sms_channel *channel, const char *body, struct receipt *ret)
{
	const char *words = sms_without_secrets(channel, body);
	char told[sizeof(ret->answer) + sizeof("HTTP 999 ")];

	(void)snprintf(told, sizeof(told), "HTTP %d %s", ret->code, words);
	receipt_answer(ret, ret->result == ERR_NONE ? words : told);
}

/* The answer to "have you got it?".  Only a clear no sends it again. */
static bool
judge_look_up(struct send_slot *slot)
{
	struct sms_sender *sender = slot->queue->owner;
	const struct sms_unknown *unknown = &sender->channel->provider->unknown;
	struct sms_slot *own = slot->state;
	struct receipt *receipt = &slot->job->receipt;
	struct buf same scoped(buf_done) = { 0 };
	struct sms_sought sought = { .first_at = slot->job->first_at,
		.others = (const char *const *)slot->job->others };
	enum sms_looked_up found;

	buf_init(&same, LIMIT_RENDERED_BYTES);
	sms_form_fill(unknown->same_as, &own->scope, &same);
	sought.same = buf_text(&same);
	found = sms_look_up_judge(unknown,
	    http_transfer_status(&slot->transfer), &own->answer, &sought,
	    receipt);
	if (found == SMS_IS_ABSENT)
		return false;
	receipt->result = found == SMS_IS_THERE ? ERR_NONE : ERR_TEMP;
	receipt->is_unknown = found == SMS_IS_UNCLEAR;
	receipt->is_found = found == SMS_IS_THERE;
	receipt_answer(
	    receipt, found == SMS_IS_THERE
			 ? "the gateway has it already"
			 : "the gateway does not tell whether it has it");
	return true;
}

static bool
judge(struct send_slot *slot, CURLcode code)
{
	struct sms_sender *sender = slot->queue->owner;
	struct sms_slot *own = slot->state;
	struct receipt *receipt = &slot->job->receipt;

	receipt->code = http_transfer_status(&slot->transfer);
	if (own->is_looking && code == CURLE_OK && receipt->code >= 200)
		return judge_look_up(slot);
	if (own->is_looking || receipt->code < 200) {
		judge_silence(slot, code);
		/* Whatever befell the question, its text may be there. */
		receipt->is_unknown = receipt->is_unknown || own->is_looking;
		return true;
	}
	/* A status without the whole body is an answer all the same. */
	sms_answer_judge(
	    sender->channel->provider, receipt->code, &own->answer, receipt);
	if (receipt->result == ERR_TEMP)
		receipt->retry_after = longer(receipt->retry_after,
		    http_transfer_retry_after(&slot->transfer));
	keep_answer(sender->channel, buf_text(&own->answer), receipt);
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
	struct sms_slot *own = &sender->slots[place];

	slot->state = own;
	buf_init(&own->answer, LIMIT_HTTP_ANSWER_BYTES);
	sms_wire_init(&own->wire);
	arena_init(&own->job, SCOPE_MAX);
	return http_transfer_open(&slot->transfer, slot->queue->transfers,
	    sender->channel->ca_file, &own->answer, err);
}

static void
free_sender(void *owner)
{
	struct sms_sender *sender = owner;

	for (size_t i = 0; i < sender->channel->connections; i++) {
		buf_done(&sender->slots[i].answer);
		sms_wire_done(&sender->slots[i].wire);
		curl_slist_free_all(sender->slots[i].headers);
		arena_done(&sender->slots[i].job);
	}
	arena_done(&sender->arena);
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
	struct sms_sender *sender = calloc(1,
	    sizeof(*sender) + channel->connections * sizeof(sender->slots[0]));

	if (sender == NULL)
		abort();
	sender->channel = channel;
	arena_init(&sender->arena, SCOPE_MAX);
	sender->scope = sms_channel_scope(channel, &sender->arena);
	return send_queue_open(&sender->queue, transfers,
	    &(struct send_queue_setup){
		.name = channel->name,
		.ops = &ops,
		.owner = sender,
		.slots = channel->connections,
		.per_second =
		    smaller(channel->per_second, channel->provider->per_second),
	    },
	    err);
}
