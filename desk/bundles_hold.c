/*
 * More notices to one member of staff than a setting allows go in one mail
 * (rules.md 5.33): which of them wait for it.
 *
 * In any window of rules.notices_minutes as many as rules.notices go by
 * themselves.  The next one waits until the oldest of these has left the
 * window, and so do all that come meanwhile; then they go together
 * (bundles.c), in a mail that counts for the window after it.
 */
#include "core/effect.h"
#include "desk/engine.h"
#include "store/bundles.h"

/* Until when this one waits; 0: it goes at once. */
static msec_t
waits_until(
    struct desk *desk, const struct outgoing *out, const struct bundle_key *key)
{
	const struct rules *rules = &desk->conf->rules;
	msec_t window = rules->notices_minutes * MSEC_MINUTE;
	msec_t waits = bundle_waits(desk->store, key);
	msec_t oldest;

	if (waits != 0)
		return waits;
	oldest = notice_before(desk->store, key->person,
	    out->created_at - window, out->id, rules->notices);
	return oldest == 0 ? 0 : oldest + window;
}

int
bundles_hold(struct desk *desk, const struct effects *effects, msec_t now,
    struct err *err)
{
	for (size_t i = 0; i < effects->count; i++) {
		const struct outgoing *out = &effects->list[i].send;
		struct bundle_key key;
		msec_t until;

		if (effects->list[i].kind != EFFECT_SEND || !out->is_notice ||
		    out->reply_kind == REPLY_BUNDLE)
			continue;
		key = (struct bundle_key){ out->person, out->estate };
		until = waits_until(desk, out, &key);
		if (until == 0)
			continue;
		if (notice_hold(desk->store, out->id, &key, until, now, err) <
		    0)
			return -1;
		wake_clockwork(desk);
	}
	return 0;
}
