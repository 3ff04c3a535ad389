#include "core/outgoing.h"

#include "lib/text.h"

static const char *const names[OUT_STATE_COUNT] = {
	[OUT_QUEUED] = "queued",
	[OUT_SENDING] = "sending",
	[OUT_ACCEPTED] = "accepted",
	[OUT_SENT] = "sent",
	[OUT_DELIVERED] = "delivered",
	[OUT_UNKNOWN] = "unknown",
	[OUT_EXPIRED] = "expired",
	[OUT_FAILED] = "failed",
	[OUT_CANCELLED] = "cancelled",
	[OUT_BUNDLED] = "bundled",
};

#define TO(state) (1U << (state))
/* What a gateway's report can say. */
#define REPORTED                                                     \
	(TO(OUT_SENT) | TO(OUT_DELIVERED) | TO(OUT_EXPIRED) |        \
	    TO(OUT_FAILED))

static const unsigned moves[OUT_STATE_COUNT] = {
	/* Reported: an earlier attempt had reached the gateway after all, so
	 * it does not go again. */
	[OUT_QUEUED] = REPORTED | TO(OUT_SENDING) | TO(OUT_ACCEPTED) |
	    TO(OUT_CANCELLED) | TO(OUT_BUNDLED),
	/* Queued again after a temporary refusal.  A gateway's report can
	 * overtake the answer to the request (sms.md A.6). */
	[OUT_SENDING] = REPORTED | TO(OUT_QUEUED) | TO(OUT_ACCEPTED) |
	    TO(OUT_UNKNOWN),
	/* Failed: a bounce, or a report of failure, after acceptance. */
	[OUT_ACCEPTED] = REPORTED | TO(OUT_UNKNOWN),
	[OUT_SENT] = TO(OUT_DELIVERED) | TO(OUT_EXPIRED) | TO(OUT_FAILED),
	/* Sent once more by policy (rules.md 5.38), or settled by a report. */
	[OUT_UNKNOWN] = REPORTED | TO(OUT_QUEUED) | TO(OUT_ACCEPTED) |
	    TO(OUT_CANCELLED),
	/* Given up too early: the phone has it, and that is proof. */
	[OUT_EXPIRED] = TO(OUT_DELIVERED),
	[OUT_FAILED] = TO(OUT_DELIVERED),
	/* Its bundle did not arrive, or was none: it goes by itself. */
	[OUT_BUNDLED] = TO(OUT_QUEUED) | TO(OUT_CANCELLED),
};

const char *
out_state_name(enum out_state state)
{
	return names[state];
}

int
out_state_from(const char *name, enum out_state *ret)
{
	if (name == NULL)
		return -1;
	for (int i = 0; i < OUT_STATE_COUNT; i++) {
		if (text_eq(names[i], name)) {
			*ret = (enum out_state)i;
			return 0;
		}
	}
	return -1;
}

bool
out_state_may_move(enum out_state from, enum out_state to)
{
	return (moves[from] & TO(to)) != 0;
}

bool
out_state_is_on_its_way(enum out_state state)
{
	return state == OUT_ACCEPTED || state == OUT_SENT;
}

bool
out_state_is_lost(enum out_state state)
{
	return state == OUT_EXPIRED || state == OUT_FAILED;
}

bool
out_is_survey(const struct outgoing *out)
{
	return text_eq(out->template_name, "rating_request") ||
	    text_eq(out->template_name, "survey") ||
	    text_eq(out->template_name, "home_visit_ask");
}
