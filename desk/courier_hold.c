/*
 * What was claimed and may not leave after all: not at this hour, not to this
 * number.
 */
#include "core/calendar.h"
#include "core/config.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "store/owners.h"

/* An outage or a busy gateway may have kept it until the evening. */
static msec_t
decent_hour(const struct desk *desk, const struct outgoing *out, msec_t now)
{
	const struct rules *rules = &desk->conf->rules;
	const struct estate *estate = config_estate(desk->conf, out->estate);

	return !out_is_survey(out) || estate == NULL
		   ? now
		   : calendar_within(estate->calendar, now,
			 rules->survey_from_minute, rules->survey_to_minute);
}

/* 1 it waits, 0 the hour is right, -1. */
static int
keep_hours(struct desk *desk, const struct out_claim *claim, msec_t now,
    struct err *err)
{
	const struct out_result waits = {
		.out = claim->out.id,
		.attempt = claim->status.attempt,
		.state = OUT_QUEUED,
		.retry_at = decent_hour(desk, &claim->out, now),
		.result = "waits for the morning",
	};

	if (waits.retry_at <= now)
		return 0;
	return out_settle(desk->store, &waits, now, err) < 0 ? -1 : 1;
}

static int
has_opted_out(struct desk *desk, const struct outgoing *out, struct err *err)
{
	if (out->channel != CHANNEL_SMS || out->role != ROLE_OWNER ||
	    out->is_urgent)
		return 0;
	return opt_out_after(desk->store, out->to, out->created_at, err);
}

/* What waited, for #undo or for its gateway, does not go to a number that has
 * opted out meanwhile; it finds another way like any that came back (R53).  1
 * it has ended, 0 it may go, -1. */
static int
respect_opt_out(struct desk *desk, const struct out_claim *claim, msec_t now,
    struct err *err)
{
	const struct out_result ended = {
		.out = claim->out.id,
		.attempt = claim->status.attempt,
		.state = OUT_FAILED,
		.result = err_kind_name(ERR_PERM),
		.answer = "the number has opted out",
	};
	const struct report news = {
		.out = ended.out, .state = ended.state, .answer = ended.answer
	};
	int is_out = has_opted_out(desk, &claim->out, err);

	if (is_out <= 0)
		return is_out;
	if (out_settle(desk->store, &ended, now, err) < 0 ||
	    report_decide(desk, &news, now, err) < 0)
		return -1;
	return 1;
}

int
courier_hold(struct desk *desk, struct lane *lane, msec_t now, struct err *err)
{
	int going = 0;

	for (int i = 0; i < lane->claim_count; i++) {
		const struct out_claim *claim = &lane->claims[i];
		int held = keep_hours(desk, claim, now, err);

		if (held == 0)
			held = respect_opt_out(desk, claim, now, err);
		if (held < 0)
			return -1;
		if (held == 0)
			lane->claims[going++] = *claim;
	}
	lane->claim_count = going;
	return 0;
}
