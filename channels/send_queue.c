#include "channels/send_queue.h"

#include <stdlib.h>
#include <string.h>

#include "channels/transfers.h"
#include "core/unicode.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/text.h"

static char *
copy(const char *data, size_t len)
{
	char *text = malloc(len + 1);

	if (text == NULL)
		abort();
	if (len > 0)
		memcpy(text, data, len);
	text[len] = '\0';
	return text;
}

static char *
copy_text(const char *text)
{
	return text == NULL ? NULL : copy(text, strlen(text));
}

static char **
copy_list(const char *const *list)
{
	size_t count = 0;
	char **copies;

	while (list != NULL && list[count] != NULL)
		count++;
	if (count == 0)
		return NULL;
	copies = calloc(count + 1, sizeof(*copies));
	if (copies == NULL)
		abort();
	for (size_t i = 0; i < count; i++)
		copies[i] = copy_text(list[i]);
	return copies;
}

struct queued_job *
queued_job_new(
    const struct send_job *job, const char *data, size_t len, const char *from)
{
	struct queued_job *queued = calloc(1, sizeof(*queued));

	if (queued == NULL)
		abort();
	queued->receipt.out = job->out->id;
	queued->receipt.attempt = job->attempt;
	queued->created_at = job->out->created_at;
	queued->now = job->now;
	queued->taken = clock_mono();
	queued->is_urgent = job->out->is_urgent;
	queued->to = copy(job->out->to, strlen(job->out->to));
	queued->from = copy(text_or(from, ""), strlen(text_or(from, "")));
	queued->data = copy(data, len);
	queued->len = len;
	queued->may_be_there = job->may_be_there;
	queued->first_at = job->first_at;
	queued->others = copy_list(job->others);
	queued->kind = copy_text(job->out->template_name);
	queued->params = copy_text(job->out->params);
	return queued;
}

static void
queued_job_free(struct queued_job *job)
{
	for (char **other = job->others; other != NULL && *other != NULL;
	     other++)
		free(*other);
	free(job->others);
	free(job->to);
	free(job->from);
	free(job->data);
	free(job->kind);
	free(job->params);
	free(job);
}

static void
free_list(struct queued_job **list)
{
	while (*list != NULL) {
		struct queued_job *job = *list;

		*list = job->next;
		queued_job_free(job);
	}
}

/* Behind all, an urgent one behind the urgent ones only. */
static void
put(struct queued_job **list, struct queued_job *job, bool urgent_first)
{
	while (*list != NULL &&
	       (!urgent_first || !job->is_urgent || (*list)->is_urgent))
		list = &(*list)->next;
	job->next = *list;
	*list = job;
}

void
receipt_answer(struct receipt *receipt, const char *text)
{
	char *answer = receipt->answer;
	const char *at = text;
	size_t len = 0;
	uint32_t character;

	while ((character = unicode_next(&at)) != 0) {
		size_t count = (size_t)(at - text);
		bool is_blank = character <= ' ' ||
				(character >= 0x7f && character <= 0xa0);

		/* Servers answer in any charset. */
		if (is_blank || character == 0xfffd)
			count = 1;
		if (len + count >= sizeof(receipt->answer))
			break;
		if (is_blank && (len == 0 || answer[len - 1] == ' '))
			count = 0;
		else if (is_blank || character == 0xfffd)
			answer[len] = is_blank ? ' ' : '?';
		else
			memcpy(answer + len, text, count);
		len += count;
		text = at;
	}
	while (len > 0 && answer[len - 1] == ' ')
		len--;
	answer[len] = '\0';
}

static void
finish(struct send_queue *queue, struct send_slot *slot)
{
	put(&queue->finished, slot->job, false);
	slot->job = NULL;
}

static struct send_slot *
free_slot(struct send_queue *queue)
{
	for (size_t i = 0; i < queue->slot_count; i++) {
		if (queue->slots[i].job == NULL)
			return &queue->slots[i];
	}
	return NULL;
}

static void
start_in(struct send_queue *queue, struct send_slot *slot)
{
	struct err err = { 0 };
	struct receipt *receipt = &slot->job->receipt;

	if (queue->ops->prepare(slot, &err) == 0 &&
	    transfer_start(&slot->transfer, &err) == 0)
		return;
	receipt->result = err.kind;
	receipt_answer(receipt, err.msg);
	finish(queue, slot);
}

/* True when the pace allows a start now; else the alarm is set. */
static bool
may_start(struct send_queue *queue)
{
	if (queue->gap_ms == 0)
		return true;
	if (mono_left_ms(queue->next_start) > 0) {
		queue->pace.at = queue->next_start;
		queue->pace.is_set = true;
		return false;
	}
	queue->next_start = mono_add(clock_mono(), queue->gap_ms);
	return true;
}

static void
start_waiting(void *self)
{
	struct send_queue *queue = self;
	struct send_slot *slot;

	while (queue->waiting != NULL && (slot = free_slot(queue)) != NULL &&
	       may_start(queue)) {
		slot->job = queue->waiting;
		queue->waiting = slot->job->next;
		slot->job->next = NULL;
		start_in(queue, slot);
	}
}

static void
transfer_done(struct transfer *transfer, CURLcode code)
{
	struct send_slot *slot = transfer->self;
	struct send_queue *queue = slot->queue;

	if (queue->ops->judge(slot, code)) {
		finish(queue, slot);
	} else {
		slot->job->is_again = true;
		start_in(queue, slot);
	}
	start_waiting(queue);
}

/* ---- the port ---- */

static int
take(void *self, const struct send_job *job, struct err *err)
{
	struct send_queue *queue = self;
	struct queued_job *taken = queue->ops->take(queue->owner, job, err);

	if (taken == NULL)
		return -1;
	put(&queue->waiting, taken, true);
	start_waiting(queue);
	return 0;
}

static int
collect(void *self, struct receipt *ret)
{
	struct send_queue *queue = self;
	struct queued_job *job = queue->finished;

	if (job == NULL)
		return 0;
	queue->finished = job->next;
	*ret = job->receipt;
	queued_job_free(job);
	return 1;
}

static int
open_slots(struct send_queue *queue, struct err *err)
{
	for (size_t i = 0; i < queue->slot_count; i++) {
		struct send_slot *slot = &queue->slots[i];

		slot->queue = queue;
		slot->transfer.self = slot;
		slot->transfer.done = transfer_done;
		if (queue->ops->open_slot(slot, i, err) < 0)
			return -1;
	}
	return 0;
}

struct sender *
send_queue_open(struct send_queue *queue, struct transfers *transfers,
    const struct send_queue_setup *setup, struct err *err)
{
	unsigned pace = setup->per_second;
	struct sender *port = &queue->port;

	*queue = (struct send_queue){
		.port = {
			.name = setup->name,
			.start = take,
			.collect = collect,
			.self = queue,
		},
		.ops = setup->ops,
		.transfers = transfers,
		.owner = setup->owner,
		.slots = calloc(setup->slots, sizeof(*queue->slots)),
		.slot_count = setup->slots,
		.gap_ms = pace == 0 ? 0 : (int)((999 + pace) / pace),
		.pace = { .ring = start_waiting, .self = queue },
	};
	if (queue->slots == NULL)
		abort();
	transfers_alarm_add(transfers, &queue->pace);
	if (open_slots(queue, err) < 0)
		sender_close(&port);
	return port;
}

void
sender_close(struct sender **sender)
{
	struct send_queue *queue;

	if (*sender == NULL)
		return;
	queue = (*sender)->self;
	*sender = NULL;
	transfers_alarm_remove(queue->transfers, &queue->pace);
	for (size_t i = 0; i < queue->slot_count; i++) {
		transfer_close(&queue->slots[i].transfer);
		free_list(&queue->slots[i].job);
	}
	free(queue->slots);
	free_list(&queue->waiting);
	free_list(&queue->finished);
	queue->ops->free(queue->owner);
}
