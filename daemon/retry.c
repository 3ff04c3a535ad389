#include "daemon/retry.h"

#include "core/backoff.h"

enum { REFUSALS_MOST = 10 };

msec_t
retry_failed(struct retry *retry, bool is_misconfigured)
{
	const struct retry_plan *plan = retry->plan;

	retry->failures++;
	retry->is_misconfigured = is_misconfigured;
	return backoff_delay(is_misconfigured ? plan->conf_first : plan->first,
	    is_misconfigured ? plan->conf_most : plan->most, retry->failures,
	    retry->failures);
}

msec_t
retry_pause(const struct retry *retry, msec_t own, msec_t asked)
{
	msec_t most = retry->plan->conf_most;

	asked = asked > most ? most : asked;
	return asked > own ? asked : own;
}

void
retry_worked(struct retry *retry)
{
	retry->failures = 0;
	retry->is_misconfigured = false;
}

bool
retry_is_told(const struct retry *retry)
{
	return retry->failures > 0 &&
	       (retry->is_misconfigured ||
		   retry->failures >= retry->plan->told_after);
}

void
refusal_add(struct refusal *refusal, uint32_t uid)
{
	refusal->times = uid == 0 || uid != refusal->uid ? 0 : refusal->times;
	refusal->times += uid != 0;
	refusal->uid = uid;
}

uint32_t
refusal_given_up(const struct refusal *refusal)
{
	return refusal->times >= REFUSALS_MOST ? refusal->uid : 0;
}
