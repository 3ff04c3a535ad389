#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/simulator.h"
#include "lib/buf.h"
#include "lib/text.h"
#include "reader/answer.h"
#include "reader/reader.h"

/* architecture.md 6: a text counts as delivered after that time. */
#define DELIVERED_AFTER (5 * MSEC_SECOND)

/* ---- senders ---- */

/* What the script holds for this number; the simulator looks ahead. */
static const struct script_line *
report_for(const struct simulator *sim, int out)
{
	for (size_t i = 0; i < sim->script.count; i++)
		if (sim->script.lines[i].kind == SCRIPT_REPORT &&
		    sim->script.lines[i].out == out)
			return &sim->script.lines[i];
	return NULL;
}

static void
keep_sent(struct simulator *sim, const struct outgoing *out)
{
	const struct estate *estate = sim_estate(sim, out->estate);
	struct sent *sent;

	if (sim->sent_count == sim->sent_room) {
		size_t room = sim->sent_room == 0 ? 64 : sim->sent_room * 2;
		struct sent *grown =
		    reallocarray(sim->sent, room, sizeof(*grown));

		if (grown == NULL)
			abort();
		sim->sent = grown;
		sim->sent_room = room;
	}
	sent = &sim->sent[sim->sent_count++];
	*sent = (struct sent){ .out = *out };
	sent->out.to = arena_strdup(&sim->arena, out->to);
	sent->out.estate = estate->id;
	sent->out.subject = arena_strdup(&sim->arena, out->subject);
	sent->out.text = arena_strdup(&sim->arena, out->text);
	sent->out.message_id = arena_strdup(&sim->arena, out->message_id);
	sent->out.reply_to = arena_strdup(&sim->arena, out->reply_to);
	sent->from = estate->mailbox == NULL ? "" : estate->mailbox->address;
}

static int
fake_start(void *self, const struct send_job *job, struct err *err)
{
	struct fake_sender *fake = self;
	struct simulator *sim = fake->simulator;
	const struct script_line *report;
	struct receipt *receipt;

	if (fake->waiting_count == ARRAY_COUNT(fake->waiting))
		return err_set(err, ERR_TEMP, "too many in flight");
	keep_sent(sim, job->out);
	sim_print_out(sim, job->out);
	report = report_for(sim, (int)sim->sent_count);
	receipt = &fake->waiting[fake->waiting_count++];
	*receipt = (struct receipt){
		.out = job->out->id,
		.attempt = job->attempt,
		.code = 250,
	};
	if (report != NULL && text_eq(report->state, "failed")) {
		receipt->result = ERR_PERM;
		receipt->code = 550;
		(void)snprintf(receipt->answer, sizeof(receipt->answer),
		    "550 refused by the script");
	} else if (report == NULL && job->out->channel == CHANNEL_SMS) {
		sim->sent[sim->sent_count - 1].report_at =
		    sim->now + DELIVERED_AFTER;
	}
	return 0;
}

static int
fake_collect(void *self, struct receipt *ret)
{
	struct fake_sender *fake = self;

	if (fake->waiting_count == 0)
		return 0;
	*ret = fake->waiting[0];
	fake->waiting_count--;
	memmove(fake->waiting, fake->waiting + 1,
	    fake->waiting_count * sizeof(*ret));
	return 1;
}

size_t
sim_make_senders(
    struct simulator *sim, struct fake_sender *fakes, struct sender **senders)
{
	const struct config *conf = sim->setup->conf;
	size_t count = 0;

	for (size_t i = 0; i < conf->smtp_count; i++)
		fakes[count++].sender.name = conf->smtps[i].name;
	for (size_t i = 0; i < conf->sms_channel_count; i++)
		fakes[count++].sender.name = conf->sms_channels[i].name;
	for (size_t i = 0; i < count; i++) {
		fakes[i].simulator = sim;
		fakes[i].sender.start = fake_start;
		fakes[i].sender.collect = fake_collect;
		fakes[i].sender.self = &fakes[i];
		senders[i] = &fakes[i].sender;
	}
	return count;
}

/* ---- reader ---- */

/* What the simulator pushes, whatever the channel's gateway would
 * (simulate_act.c). */
static const struct push_map plain_map = {
	.push = { .format = SMS_FORMAT_QUERY,
	    .id = "id",
	    .from = "from",
	    .to = "to",
	    .text = "text" },
	.report = { .format = SMS_FORMAT_QUERY, .id = "id", .state = "state" },
};

static void
on_read(void *self, const struct desk_read *read)
{
	struct simulator *sim = self;
	struct buf text scoped(buf_done);

	answer_text(read->kind, &plain_map, read->data + read->offset, read->length,
	    &text);
	desk_read_done(sim->desk, read->job, buf_text(&text), text.len);
}

static void
on_settle(void *self, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count)
{
	struct simulator *sim = self;
	struct err err = { 0 };

	if (desk_settled(sim->desk, mailbox, uidvalidity, uids, count, &err) <
	    0)
		sim_on_note(sim, NOTE_ERROR, "settle", err.msg);
}

static void
on_hold(void *self, bool hold)
{
	(void)self;
	(void)hold;
}

static void
on_answer(void *self, void *request, int status, const char *why)
{
	(void)self;
	(void)request;
	(void)status;
	(void)why;
}

void
sim_ports(struct simulator *sim, struct desk_ports *ret)
{
	*ret = (struct desk_ports){
		.read = on_read,
		.settle = on_settle,
		.hold = on_hold,
		.answer = on_answer,
		.note = sim_on_note,
		.decided = sim_on_decided,
		.self = sim,
	};
}
