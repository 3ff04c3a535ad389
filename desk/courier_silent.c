/*
 * Texts that no report came of in time, and urgent ones that cannot be handed
 * over: once more, or another way.
 */
#include "core/config.h"
#include "core/silence.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "store/outbox.h"

/* rules.md 5.38: sent once more, then another way. */
#define UNKNOWN_TRIES 2
enum { SILENT_AT_ONCE = 256, OLD_AT_ONCE = 64 };

/* The row first: whatever becomes of the decision, it is not given up twice.
 * Should a report come after all, it is taken (core/outgoing.c). */
int
courier_give_up(
    struct desk *desk, const struct report *news, msec_t now, struct err *err)
{
	int moved = out_move(desk->store,
	    &(struct out_news){
		.out = news->out, .state = OUT_FAILED, .answer = news->answer },
	    now, err);

	if (moved <= 0)
		return moved;
	return report_decide(desk, news, now, err) < 0 ? -1 : 0;
}

/* ---- no report ---- */

static bool
may_send_again(const struct desk *desk, const struct out_claim *claim)
{
	const struct sms_channel *sms =
	    config_sms(desk->conf, claim->out.sender);

	return claim->status.state == OUT_UNKNOWN && sms != NULL &&
	       sms->provider->unknown.policy != SMS_UNKNOWN_HOLD &&
	       out_unknown_count(desk->store, claim->out.id) < UNKNOWN_TRIES;
}

static int
send_again(struct desk *desk, const struct out_claim *claim, msec_t now,
    struct err *err)
{
	const struct out_result again = {
		.out = claim->out.id,
		.attempt = claim->status.attempt,
		.state = OUT_QUEUED,
		.retry_at = now,
		.result = "unknown, sent again",
	};

	wake_courier(desk);
	return out_settle(desk->store, &again, now, err) < 0 ? -1 : 0;
}

int
courier_chase(struct desk *desk, msec_t now, struct err *err)
{
	msec_t next = courier_next_chase(desk);
	struct out_claim *silent;
	int count;

	if (next == 0 || next > now)
		return 0;
	silent = arena_array(&desk->turn, SILENT_AT_ONCE, sizeof(*silent));
	count = out_silent(
	    desk->store, now, &desk->turn, silent, SILENT_AT_ONCE, err);
	desk->next_silent = -1;
	for (int i = 0; i < count; i++) {
		const struct report news = { .out = silent[i].out.id,
			.state = OUT_FAILED,
			.answer = "no report came",
			.is_silent = true };
		int done = may_send_again(desk, &silent[i])
			       ? send_again(desk, &silent[i], now, err)
			       : courier_give_up(desk, &news, now, err);

		if (done < 0)
			return -1;
	}
	return count < 0 ? -1 : 0;
}

msec_t
courier_next_chase(struct desk *desk)
{
	if (desk->next_silent < 0)
		desk->next_silent = out_next_silent(desk->store);
	return desk->next_silent;
}

/* ---- the gateway is down ---- */

static int
give_up_old(struct desk *desk, struct lane *lane, const struct out_age *age,
    struct report *news, msec_t now, struct err *err)
{
	out_id old[OLD_AT_ONCE];
	int count = out_old(desk->store, age, old, OLD_AT_ONCE, err);

	for (int i = 0; i < count; i++) {
		news->out = old[i];
		if (courier_give_up(desk, news, now, err) < 0)
			return -1;
	}
	if (count > 0)
		wake_lane(lane);
	return count < 0 ? -1 : 0;
}

int
courier_give_up_old(
    struct desk *desk, struct lane *lane, msec_t now, struct err *err)
{
	const struct out_age age = { .sender = lane->sender->name,
		.made_by = now - COURIER_GIVE_UP_AFTER,
		.due_by = now };
	struct report news = { .state = OUT_FAILED,
		.answer = "the gateway was down for three days" };

	return give_up_old(desk, lane, &age, &news, now, err);
}

/* How long what is urgent waits for it.  A gateway that refuses us will do so
 * until somebody has mended it; one that is away may be back in a moment. */
static msec_t
patience(const struct desk *desk, const struct lane *lane)
{
	const struct sms_channel *sms =
	    config_sms(desk->conf, lane->sender->name);
	msec_t most;

	if (sms == NULL || channel_is_down(desk->store, lane->sender->name))
		return 0;
	most = silence_urgent_wait(sms);
	return most < COURIER_GIVE_UP_AFTER ? most : COURIER_GIVE_UP_AFTER;
}

static int
divert_lane(struct desk *desk, struct lane *lane, msec_t now, struct err *err)
{
	/* Whose time comes when its rest is over, tries it (courier.c). */
	msec_t by = now < lane->rest_until ? now : lane->rest_until - 1;
	const struct out_age age = { .sender = lane->sender->name,
		.is_urgent = true,
		.made_by = by - patience(desk, lane),
		.due_by = by };
	struct report news = { .state = OUT_FAILED,
		.answer = "the gateway is down",
		.is_cut_off = true };

	return give_up_old(desk, lane, &age, &news, now, err);
}

int
courier_divert(struct desk *desk, msec_t now, struct err *err)
{
	for (size_t i = 0; i < desk->lane_count; i++) {
		struct lane *lane = &desk->lanes[i];

		if (lane->is_sms && lane->failures > 0 &&
		    divert_lane(desk, lane, now, err) < 0)
			return err_wrap(
			    err, "urgent texts of %s", lane->sender->name);
	}
	return 0;
}

msec_t
courier_next_divert(struct desk *desk, struct lane *lane)
{
	if (!lane->is_sms || lane->failures == 0)
		return 0;
	if (lane->next_divert < 0)
		lane->next_divert = out_next_old(
		    desk->store, lane->sender->name, patience(desk, lane));
	return lane->next_divert < lane->rest_until ? lane->next_divert : 0;
}
