/*
 * The courier: due rows to their senders, receipts back into the store.
 *
 * An attempt row is committed before the bytes go, the result after; what a
 * result means is in courier_settle.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/config.h"
#include "desk/engine.h"
#include "lib/buf.h"
#include "lib/crash.h"
#include "lib/err.h"

/* ---- lanes ---- */

static void
describe_lane(struct desk *desk, struct lane *lane)
{
	/* Also when no estate uses it any more: texts may wait for it. */
	lane->is_sms = config_sms(desk->conf, lane->sender->name) != NULL;
}

int
courier_open(struct desk *desk, const struct desk_setup *setup, msec_t now,
    struct err *err)
{
	desk->receipts_end = &desk->receipts;
	desk->lane_count = setup->sender_count;
	desk->lanes = calloc(desk->lane_count + 1, sizeof(*desk->lanes));
	if (desk->lanes == NULL)
		abort();
	for (size_t i = 0; i < desk->lane_count; i++) {
		desk->lanes[i].sender = setup->senders[i];
		wake_lane(&desk->lanes[i]);
		arena_init(&desk->lanes[i].arena, LIMIT_WORK_BYTES);
		describe_lane(desk, &desk->lanes[i]);
	}
	if (courier_recover(desk, now, err) < 0)
		return -1;
	if (alarm_forget_gone(desk, now, err) < 0)
		return -1;
	return courier_find_moved(desk, err);
}

void
courier_close(struct desk *desk)
{
	while (desk->receipts != NULL) {
		struct receipt_node *node = desk->receipts;

		desk->receipts = node->next;
		free(node);
	}
	for (size_t i = 0; i < desk->lane_count; i++)
		arena_done(&desk->lanes[i].arena);
	free(desk->lanes);
}

/* ---- receipts ---- */

static void
add_receipt(struct desk *desk, struct lane *lane, const struct receipt *receipt)
{
	struct receipt_node *node = calloc(1, sizeof(*node));

	if (node == NULL)
		abort();
	node->receipt = *receipt;
	node->lane = lane;
	*desk->receipts_end = node;
	desk->receipts_end = &node->next;
	desk->receipt_count++;
}

void
courier_collect(struct desk *desk)
{
	for (size_t i = 0; i < desk->lane_count; i++) {
		struct lane *lane = &desk->lanes[i];
		struct receipt receipt;

		while (lane->sender->collect(lane->sender->self, &receipt) > 0) {
			crash_point(CRASH_SEND_ANSWERED);
			add_receipt(desk, lane, &receipt);
		}
	}
}

void
courier_settled(struct desk *desk)
{
	if (desk->receipts != NULL)
		crash_point(CRASH_RESULT_AFTER_COMMIT);
	while (desk->receipts != NULL) {
		struct receipt_node *node = desk->receipts;

		desk->receipts = node->next;
		node->lane->in_flight--;
		free(node);
	}
	desk->receipts_end = &desk->receipts;
	desk->receipt_count = 0;
}

bool
courier_expects_more(const struct desk *desk)
{
	int in_flight = 0;

	for (size_t i = 0; i < desk->lane_count; i++)
		in_flight += desk->lanes[i].in_flight;
	/* With the other half the senders stay busy during the commit. */
	return desk->receipt_count > 0 &&
	       desk->receipt_count < LIMIT_SENDS_IN_FLIGHT / 2 &&
	       in_flight > desk->receipt_count;
}

/* ---- sending ---- */

static bool
lane_may_send(struct desk *desk, struct lane *lane, msec_t now)
{
	if (desk->is_winding_down)
		return false;
	if (lane->next_due < 0)
		lane->next_due = out_next_due(desk->store, lane->sender->name);
	return lane->next_due > 0 && lane->next_due <= now &&
	       lane->rest_until <= now &&
	       lane->in_flight < (lane->failures > 0 ? 1 : LIMIT_SENDS_IN_FLIGHT);
}

int
courier_claim(struct desk *desk, msec_t now, struct err *err)
{
	bool any = false;

	for (size_t i = 0; i < desk->lane_count; i++) {
		struct lane *lane = &desk->lanes[i];
		/* One row finds out whether a far side is back. */
		int room = lane->failures > 0
			       ? 1
			       : LIMIT_SENDS_IN_FLIGHT - lane->in_flight;

		arena_reset(&lane->arena);
		lane->claim_count = 0;
		lane->claimed_at = now;
		if (!lane_may_send(desk, lane, now))
			continue;
		lane->claim_count = out_claim_due(desk->store,
		    lane->sender->name, now, &lane->arena, lane->claims, room,
		    err);
		if (lane->claim_count < 0) {
			lane->claim_count = 0;
			return err_wrap(err, "claim for %s", lane->sender->name);
		}
		if (courier_hold(desk, lane, now, err) < 0)
			return -1;
		wake_lane(lane);
		any = any || lane->claim_count > 0;
	}
	if (any)
		crash_point(CRASH_CLAIM_BEFORE_COMMIT);
	return 0;
}

void
courier_forget(struct desk *desk)
{
	for (size_t i = 0; i < desk->lane_count; i++)
		desk->lanes[i].claim_count = 0;
}

/* What cannot even be handed over comes back as a receipt like any other. */
static void
start_failed(struct desk *desk, struct lane *lane,
    const struct out_claim *claim, const struct err *err)
{
	struct receipt receipt = {
		.out = claim->out.id,
		.attempt = claim->status.attempt,
		.result = err->kind,
	};

	(void)snprintf(
	    receipt.answer, sizeof(receipt.answer), "%.190s", err->msg);
	add_receipt(desk, lane, &receipt);
}

static int
start_one(struct desk *desk, struct lane *lane, const struct out_claim *claim,
    struct err *err)
{
	struct send_job job = {
		.out = &claim->out,
		.now = lane->claimed_at,
		.attempt = claim->status.attempt,
		.may_be_there = claim->status.attempts > 1,
	};
	struct buf wire scoped(buf_done);

	buf_init(&wire, 2 * LIMIT_PASSED_ON_BYTES);
	if (courier_recall(desk, lane, claim, &job, err) < 0)
		return -1;
	if (claim->out.channel == CHANNEL_MAIL) {
		const struct estate *estate =
		    config_estate(desk->conf, claim->out.estate);

		if (courier_compose(desk, &claim->out, &wire, err) < 0)
			return -1;
		job.wire = buf_text(&wire);
		job.wire_len = wire.len;
		job.envelope_from = estate->mailbox->address;
	}
	return lane->sender->start(lane->sender->self, &job, err);
}

void
courier_start(struct desk *desk)
{
	for (size_t i = 0; i < desk->lane_count; i++) {
		struct lane *lane = &desk->lanes[i];

		if (lane->claim_count > 0)
			crash_point(CRASH_CLAIM_AFTER_COMMIT);
		for (int j = 0; j < lane->claim_count; j++) {
			struct err err = { 0 };

			lane->in_flight++;
			if (start_one(desk, lane, &lane->claims[j], &err) < 0)
				start_failed(desk, lane, &lane->claims[j], &err);
			crash_point(CRASH_SEND_STARTED);
		}
		lane->claim_count = 0;
	}
}

/* ---- when ---- */

static msec_t
sooner(msec_t a, msec_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

msec_t
courier_next(struct desk *desk)
{
	msec_t next = courier_next_chase(desk);

	if (desk->is_winding_down)
		return next;
	if (desk->has_moved)
		return 1;
	for (size_t i = 0; i < desk->lane_count; i++) {
		struct lane *lane = &desk->lanes[i];
		msec_t due;

		next = sooner(next, courier_next_divert(desk, lane));
		if (lane->next_due < 0)
			lane->next_due =
			    out_next_due(desk->store, lane->sender->name);
		due = lane->next_due;
		if (due == 0 || lane->in_flight == LIMIT_SENDS_IN_FLIGHT ||
		    (lane->failures > 0 && lane->in_flight > 0))
			continue;
		if (due < lane->rest_until)
			due = lane->rest_until;
		next = sooner(next, due);
	}
	return next;
}

void
desk_wind_down(struct desk *desk, bool on)
{
	desk->is_winding_down = on;
}

bool
courier_is_idle(struct desk *desk, msec_t now)
{
	msec_t next = courier_next(desk);

	if (desk->receipts != NULL || (next != 0 && next <= now))
		return false;
	for (size_t i = 0; i < desk->lane_count; i++)
		if (desk->lanes[i].in_flight > 0)
			return false;
	return true;
}
