#include <stdio.h>
#include <string.h>

#include "reader/answer.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

/* Nothing leaves before the commit. */
static void
check_committed(const struct stage *stage)
{
	assert_false(store_in_transaction(stage->fixture->store));
}

/* ---- the reader ---- */

static void
read_now(struct stage *stage, const struct desk_read *read)
{
	struct buf text scoped(buf_done);

	answer_text(read->kind, read->map, read->data + read->offset, read->length,
	    &text);
	desk_read_done(stage->desk, read->job, buf_text(&text), text.len);
}

static void
on_read(void *self, const struct desk_read *read)
{
	struct stage *stage = self;

	stage->reads++;
	if (stage->reader == STAGE_READS)
		read_now(stage, read);
	else if (stage->reader == STAGE_DIES)
		desk_read_failed(stage->desk, read->job, "the reader died");
	else if (stage->reader == STAGE_BABBLES)
		desk_read_done(stage->desk, read->job, "ok", 2);
	else if (stage->reader == STAGE_SAYS_NOTHING)
		desk_read_done(stage->desk, read->job, "{}", 2);
	else if (stage->job_count < STAGE_JOBS_MAX)
		stage->jobs[stage->job_count++] = *read;
}

void
stage_read_all(struct stage *stage)
{
	size_t count = stage->job_count;

	stage->job_count = 0;
	for (size_t i = 0; i < count; i++)
		read_now(stage, &stage->jobs[i]);
}

/* ---- the other ports ---- */

static void
on_settle(void *self, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count)
{
	struct stage *stage = self;

	check_committed(stage);
	buf_printf(
	    &stage->log, "settle %s %u:", mailbox, (unsigned)uidvalidity);
	for (size_t i = 0; i < count; i++)
		buf_printf(
		    &stage->log, "%s%u", i > 0 ? "," : "", (unsigned)uids[i]);
	buf_puts(&stage->log, "; ");
}

static void
on_hold(void *self, bool hold)
{
	struct stage *stage = self;

	check_committed(stage);
	buf_puts(&stage->log, hold ? "hold; " : "go on; ");
}

static void
on_answer(void *self, void *request, int status, const char *why)
{
	struct stage *stage = self;

	check_committed(stage);
	assert_ptr_equal(request, stage);
	stage->status = status;
	(void)snprintf(stage->why, sizeof(stage->why), "%s", why);
	buf_printf(&stage->log, "answer %d; ", status);
}

static void
on_note(void *self, enum desk_note_kind kind, const char *at, const char *text)
{
	struct stage *stage = self;

	if (kind == NOTE_ERROR || kind == NOTE_WARN)
		buf_printf(&stage->log, "%s %s %s; ",
		    kind == NOTE_ERROR ? "error" : "warn", at, text);
}

/* ---- senders ---- */

static void
take_wire_id(const struct send_job *job, struct stage_sent *sent)
{
	const char *at = job->wire == NULL ? NULL
					   : memmem(job->wire, job->wire_len,
						 "\nMessage-ID: <",
						 strlen("\nMessage-ID: <"));

	if (at == NULL)
		return;
	at += strlen("\nMessage-ID: <");
	(void)snprintf(sent->wire_id, sizeof(sent->wire_id), "%s", at);
	sent->wire_id[strcspn(sent->wire_id, ">")] = '\0';
}

static void
take_others(const struct send_job *job, struct stage_sent *sent)
{
	const char *const *other = job->others;

	for (; other != NULL && *other != NULL; other++)
		(void)snprintf(sent->others + strlen(sent->others),
		    sizeof(sent->others) - strlen(sent->others), "%s%s",
		    sent->others[0] == '\0' ? "" : " ", *other);
}

static int
on_start(void *self, const struct send_job *job, struct err *err)
{
	struct stage_lane *lane = self;
	struct stage *stage = lane->stage;
	struct stage_sent *sent = &stage->sent[stage->sent_count];

	check_committed(stage);
	if (lane->is_broken)
		return err_set(err, ERR_BUG, "this sender is broken");
	assert_in_range(stage->sent_count, 0, STAGE_SENT_MAX - 1);
	stage->sent_count++;
	*sent = (struct stage_sent){
		.out = job->out->id,
		.attempt = job->attempt,
		.created_at = job->out->created_at,
		.lane = lane->number,
		.first_at = job->first_at,
	};
	(void)snprintf(sent->to, sizeof(sent->to), "%s", job->out->to);
	(void)snprintf(sent->template_name, sizeof(sent->template_name), "%s",
	    job->out->template_name);
	(void)snprintf(sent->message_id, sizeof(sent->message_id), "%s",
	    job->out->message_id == NULL ? "" : job->out->message_id);
	(void)snprintf(sent->text, sizeof(sent->text), "%s", job->out->text);
	take_wire_id(job, sent);
	take_others(job, sent);
	if (job->wire != NULL)
		sent->wire = arena_strndup(
		    &stage->fixture->arena, job->wire, job->wire_len);
	buf_printf(&stage->log, "send %s; ", job->out->template_name);
	if (!lane->by_hand)
		stage_answer(stage, sent, (struct receipt){ .code = 250 });
	return 0;
}

static int
on_collect(void *self, struct receipt *ret)
{
	struct stage_lane *lane = self;

	if (lane->ready_count == 0)
		return 0;
	*ret = lane->ready[0];
	lane->ready_count--;
	memmove(lane->ready, lane->ready + 1,
	    lane->ready_count * sizeof(*lane->ready));
	return 1;
}

void
stage_answer(
    struct stage *stage, struct stage_sent *sent, struct receipt receipt)
{
	struct stage_lane *lane = &stage->lanes[sent->lane];

	assert_false(sent->is_answered);
	sent->is_answered = true;
	receipt.out = sent->out;
	receipt.attempt = sent->attempt;
	lane->ready[lane->ready_count++] = receipt;
}

void
stage_ports(struct stage *stage, struct desk_ports *ret)
{
	*ret = (struct desk_ports){
		.read = on_read,
		.settle = on_settle,
		.hold = on_hold,
		.answer = on_answer,
		.note = on_note,
		.self = stage,
	};
}

void
stage_sender(struct stage *stage, int number, const char *name)
{
	stage->lanes[number] = (struct stage_lane){
		.stage = stage,
		.number = number,
		.sender = { .name = name,
		    .start = on_start,
		    .collect = on_collect,
		    .self = &stage->lanes[number] },
	};
}

void
stage_by_hand(struct stage *stage)
{
	stage->lanes[STAGE_RELAY].by_hand = true;
	stage->lanes[STAGE_GATEWAY].by_hand = true;
}

void
stage_settle(
    struct stage *stage, struct stage_sent *sent, struct receipt receipt)
{
	stage_answer(stage, sent, receipt);
	stage_turns(stage);
}

size_t
stage_settle_all(struct stage *stage, struct receipt receipt)
{
	size_t count = 0;

	for (size_t i = 0; i < stage->sent_count; i++) {
		if (stage->sent[i].is_answered)
			continue;
		stage_answer(stage, &stage->sent[i], receipt);
		count++;
	}
	stage_turns(stage);
	return count;
}

void
stage_accept_others(struct stage *stage, out_id but)
{
	bool any = true;

	while (any) {
		any = false;
		for (size_t i = 0; i < stage->sent_count; i++) {
			struct stage_sent *sent = &stage->sent[i];

			if (sent->is_answered || sent->out == but)
				continue;
			any = true;
			stage_answer(
			    stage, sent, (struct receipt){ .code = 250 });
		}
		stage_turns(stage);
	}
}
