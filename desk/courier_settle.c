/*
 * What a result means, in one place: try again, another way, or a human.
 */
#include "core/backoff.h"
#include "core/config.h"
#include "core/silence.h"
#include "desk/engine.h"
#include "lib/crash.h"
#include "lib/err.h"

#define RETRY_FIRST     MSEC_MINUTE
#define RETRY_MOST      (6 * MSEC_HOUR)
#define LANE_REST_FIRST MSEC_SECOND
#define LANE_REST_MOST  (5 * MSEC_MINUTE)
#define DOWN_REST_FIRST (30 * MSEC_SECOND)
#define DOWN_REST_MOST  (15 * MSEC_MINUTE)
#define RESEND_MAIL     (30 * MSEC_SECOND)
/* As that of a mailbox (daemon/fetchers.c). */
enum { GATEWAY_TIMEOUT = 504 }; /* of HTTP */
enum { UNFINISHED_AT_ONCE = 64, UNCLEAR_MOST = 6, AWAY_TOLD_AFTER = 6 };

/* A crash between an attempt's row and its result: the far side may have the
 * message.  Mail goes again with the same Message-ID, so that the far side
 * can drop the twin; a text waits for its report (rules.md 5.38). */
static int
settle_unknown(struct desk *desk, const struct out_claim *claim, msec_t now,
    const char *answer, struct err *err)
{
	bool is_mail = claim->out.channel == CHANNEL_MAIL;
	struct out_result result = {
		.out = claim->out.id,
		.attempt = claim->status.attempt,
		.state = is_mail ? OUT_QUEUED : OUT_UNKNOWN,
		.retry_at = is_mail ? now + RESEND_MAIL : 0,
		.report_due =
		    silence_until(desk->conf, &claim->out, OUT_UNKNOWN, now),
		.result = "unknown",
		.answer = answer,
	};

	return out_settle(desk->store, &result, now, err) < 0 ? -1 : 0;
}

int
courier_recover(struct desk *desk, msec_t now, struct err *err)
{
	struct out_claim left[UNFINISHED_AT_ONCE];
	int count;

	do {
		arena_reset(&desk->turn);
		count = out_unfinished(
		    desk->store, &desk->turn, left, UNFINISHED_AT_ONCE, err);
		for (int i = 0; i < count; i++)
			if (settle_unknown(desk, &left[i], now,
				"the desk stopped while this was being sent",
				err) < 0)
				return -1;
	} while (count == UNFINISHED_AT_ONCE);
	return count < 0 ? -1 : 0;
}

/* Nobody asks for each of those that wait behind the one that was tried. */
static int
lane_rests(struct desk *desk, struct lane *lane, bool is_down, msec_t now,
    struct err *err)
{
	/* What was in flight together fails together: that is one failure. */
	bool is_one = lane->rest_until <= now;

	lane->failures += is_one;
	lane->rest_until =
	    now + backoff_delay(is_down ? DOWN_REST_FIRST : LANE_REST_FIRST,
		      is_down ? DOWN_REST_MOST : LANE_REST_MOST, lane->failures,
		      lane->failures);
	return is_one && lane->is_sms ? courier_give_up_old(desk, lane, now, err)
				      : 0;
}

/* `why' is NULL when it works again. */
static int
tell(struct desk *desk, const struct lane *lane, const char *why, msec_t now,
    struct err *err)
{
	return alarm_channel(desk,
	    &(struct alarm){ .name = lane->sender->name,
		.reason = why,
		.queue = lane->sender->name },
	    now, err);
}

static int
goes_down(struct desk *desk, struct lane *lane, const char *why, msec_t now,
    struct err *err)
{
	if (tell(desk, lane, why, now, err) < 0)
		return -1;
	return lane_rests(desk, lane, true, now, err);
}

/* ---- it gives no answer ---- */

/* Told under a name of its own: it may be back in a moment, and then refuse
 * us. */
static int
tell_away(struct desk *desk, const struct lane *lane, const char *why,
    msec_t now, struct err *err)
{
	const char *name =
	    arena_printf(&desk->turn, "%s (connection)", lane->sender->name);

	return alarm_channel(desk,
	    &(struct alarm){ .name = name,
		.reason = why,
		.queue = lane->sender->name,
		.is_away = true,
		.since = lane->away_since },
	    now, err);
}

static int
is_away(struct desk *desk, struct lane *lane, const struct receipt *receipt,
    msec_t now, struct err *err)
{
	int before = lane->failures;

	if (lane->away_since == 0)
		lane->away_since = now;
	if (lane_rests(desk, lane, false, now, err) < 0)
		return -1;
	lane->away += lane->failures > before;
	if (lane->away < AWAY_TOLD_AFTER)
		return 0;
	return tell_away(desk, lane,
	    arena_printf(
		&desk->turn, "it cannot be reached: %s", receipt->answer),
	    now, err);
}

static int
answers_again(struct desk *desk, struct lane *lane, msec_t now, struct err *err)
{
	lane->away = 0;
	lane->away_since = 0;
	return tell_away(desk, lane, NULL, now, err);
}

/* ---- what becomes of the row ---- */

/* What happens to the row.  The decision is asked when the row is at an end
 * or accepted, not when it only waits. */
static struct out_result
judge(const struct desk *desk, const struct lane *lane,
    const struct receipt *receipt, const struct out_claim *claim, msec_t now)
{
	struct out_result result = {
		.out = receipt->out,
		.attempt = receipt->attempt,
		.state = OUT_QUEUED,
		.result = err_kind_name(receipt->result),
		.code = receipt->code,
		.provider_id = receipt->provider_id[0] == '\0'
				   ? NULL
				   : receipt->provider_id,
		.answer = receipt->answer,
	};
	msec_t gap = backoff_delay(
	    RETRY_FIRST, RETRY_MOST, claim->status.attempts, receipt->out);
	bool is_late = now - claim->out.created_at > COURIER_GIVE_UP_AFTER;

	if (receipt->result == ERR_NONE) {
		result.state = OUT_ACCEPTED;
		result.result = "accepted";
	} else if (receipt->is_unknown && lane->is_sms) {
		result.result = "unknown";
		result.state = OUT_UNKNOWN;
	} else if (receipt->is_unknown && !is_late) {
		result.result = "unknown";
		result.retry_at =
		    now + (claim->status.attempts > 1 ? gap : RESEND_MAIL);
	} else if (receipt->result == ERR_PERM || receipt->result == ERR_DATA ||
		   is_late) {
		result.state = OUT_FAILED;
	} else if (receipt->result == ERR_CONF) {
		/* Where the lane rests, that is the pause. */
		result.retry_at =
		    receipt->is_of_sender
			? now + backoff_delay(DOWN_REST_FIRST, DOWN_REST_MOST,
				    claim->status.attempts, receipt->out)
			: now;
	} else {
		/* No answer at all says nothing about this message. */
		result.retry_at =
		    receipt->result == ERR_TEMP && receipt->code == 0
			? now
			: now + (gap > receipt->retry_after
					? gap
					: receipt->retry_after);
	}
	result.report_due =
	    silence_until(desk->conf, &claim->out, result.state, now);
	return result;
}

/* A login page, a captive portal, another server behind the address: whoever
 * keeps answering so is not the gateway that we were told of, and each text
 * that it is given would be of unknown fate.  One such answer may be an
 * accident, and a 504 a slow moment of the gateway: it weighs half. */
static int
unclear_weight(const struct receipt *receipt)
{
	if (!receipt->is_unknown)
		return 0;
	if (receipt->code >= 200 && receipt->code < 300)
		return 2;
	return receipt->code == GATEWAY_TIMEOUT ? 1 : 0;
}

static int
mind_unclear(struct desk *desk, struct lane *lane,
    const struct receipt *receipt, msec_t now, struct err *err)
{
	const char *why = arena_printf(&desk->turn,
	    "its answers are neither yes nor no: %s", receipt->answer);

	lane->unclear += unclear_weight(receipt);
	if (lane->unclear < UNCLEAR_MOST &&
	    !channel_is_down(desk->store, lane->sender->name))
		return 0;
	return goes_down(desk, lane, why, now, err);
}

/* A relay that does not take the address of one estate takes those of others:
 * its mails wait, and what is told is "relay (estate sunshine)".  `why' is NULL
 * when it was taken. */
static int
mind_address(struct desk *desk, const struct lane *lane,
    const struct outgoing *out, const char *why, msec_t now, struct err *err)
{
	struct alarm alarm = { .reason = why };

	if (lane->is_sms || out->null_sender)
		return 0;
	alarm.name = alarm_of_address(
	    &desk->turn, lane->sender->name, out->estate);
	return alarm_channel(desk, &alarm, now, err);
}

static int
mind_lane(struct desk *desk, struct lane *lane, const struct receipt *receipt,
    const struct outgoing *out, msec_t now, struct err *err)
{
	if ((receipt->code != 0 || receipt->result == ERR_NONE) &&
	    answers_again(desk, lane, now, err) < 0)
		return -1;
	if (receipt->is_of_sender)
		return mind_address(desk, lane, out, receipt->answer, now, err);
	if (receipt->result == ERR_CONF)
		return goes_down(desk, lane, receipt->answer, now, err);
	if (receipt->result == ERR_TEMP && receipt->code == 0)
		return is_away(desk, lane, receipt, now, err);
	if (receipt->is_unknown && receipt->code != 0)
		desk_note(desk, NOTE_WARN, "channel",
		    "name=%s err=\"its answer is neither yes nor no: %s\"",
		    lane->sender->name, receipt->answer);
	if (unclear_weight(receipt) > 0)
		return mind_unclear(desk, lane, receipt, now, err);
	if (receipt->code != 0 && !receipt->is_unknown)
		lane->unclear = 0;
	if (receipt->result != ERR_NONE)
		return 0;
	lane->failures = 0;
	lane->rest_until = 0;
	if (mind_address(desk, lane, out, NULL, now, err) < 0)
		return -1;
	return tell(desk, lane, NULL, now, err);
}

/* An urgent text does not wait out a long pause (courier_silent.c has those
 * whose gateway is down). */
static bool
is_cut_off(const struct desk *desk, const struct outgoing *out,
    const struct out_result *result)
{
	msec_t until = silence_urgent_until(desk->conf, out);

	return until != 0 && result->state == OUT_QUEUED &&
	       result->retry_at >= until;
}

static int
tell_case(struct desk *desk, const struct receipt *receipt,
    const struct out_result *result, bool cut_off, msec_t now, struct err *err)
{
	if (result->state == OUT_QUEUED || result->state == OUT_UNKNOWN)
		return 0;
	return report_decide(desk,
	    &(struct report){ .out = receipt->out,
		.state = result->state,
		.answer = receipt->answer,
		.is_optout = receipt->is_optout,
		.is_cut_off = cut_off },
	    now, err);
}

static int
settle_one(struct desk *desk, const struct receipt_node *node, msec_t now,
    struct err *err)
{
	const struct receipt *receipt = &node->receipt;
	struct out_claim claim = { 0 };
	struct out_result result;
	int found = out_load(desk->store, receipt->out, &desk->turn, &claim.out,
	    &claim.status, err);
	bool cut_off;
	int moved;

	if (found <= 0)
		return found;
	result = judge(desk, node->lane, receipt, &claim, now);
	cut_off = is_cut_off(desk, &claim.out, &result);
	if (cut_off) {
		result.state = OUT_FAILED;
		result.retry_at = 0;
	}
	if (node->lane->is_sms && result.state == OUT_FAILED)
		desk_note(desk, NOTE_WARN, "refused",
		    "channel=%s out=%lld code=%d", node->lane->sender->name,
		    (long long)receipt->out, receipt->code);
	moved = out_settle(desk->store, &result, now, err);
	if (moved < 0 ||
	    mind_lane(desk, node->lane, receipt, &claim.out, now, err) < 0)
		return -1;
	wake_lane(node->lane);
	desk->next_silent = -1;
	/* A report that overtook this answer has said more already. */
	if (moved > 0 &&
	    tell_case(desk, receipt, &result, cut_off, now, err) < 0)
		return -1;
	return result.provider_id == NULL
		   ? 0
		   : report_catch_up(desk,
			 &(struct report_name){
			     node->lane->sender->name, result.provider_id },
			 now, err);
}

int
courier_settle(struct desk *desk, msec_t now, struct err *err)
{
	for (struct receipt_node *node = desk->receipts; node != NULL;
	     node = node->next)
		if (courier_disown(desk, &node->receipt, err) < 0 ||
		    settle_one(desk, node, now, err) < 0)
			return err_wrap(err, "result of %lld",
			    (long long)node->receipt.out);
	if (desk->receipts != NULL)
		crash_point(CRASH_RESULT_BEFORE_COMMIT);
	return courier_chase(desk, now, err);
}
