/*
 * More notices to one member of staff than a setting allows go in one mail
 * (rules.md 5.33).
 *
 * In any window of rules.notices_minutes as many as rules.notices go by
 * themselves.  The next one waits until the oldest of these has left the
 * window, and so do all that come meanwhile; then they go together, in a mail
 * that counts for the window after it.
 */
#include "core/effect.h"
#include "core/limits.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "store/bundles.h"

enum { AT_ONCE = 64 };

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

/* One mail of them.  When it cannot be made, each goes by itself. */
static int
make_one(struct desk *desk, const struct bundle_key *key, msec_t now,
    struct err *err)
{
	const struct input in = {
		.kind = INPUT_BUNDLE,
		.estate = key->estate,
		.received_at = now,
		.staff = key->person,
	};
	int made = decision_make(desk, &in, now, err);

	if (made != 0)
		return made;
	desk_note(desk, NOTE_ERROR, "bundle", "staff=%s err=\"%s\"",
	    key->person, err->msg);
	wake_courier(desk);
	return notices_alone(desk->store, key, now, err);
}

static int
make_all(struct desk *desk, const struct bundle_key *key, msec_t now,
    struct err *err)
{
	int left;
	out_id first;

	do {
		if (make_one(desk, key, now, err) < 0)
			return -1;
		left = notices_held(desk->store, key, &first, 1, err);
	} while (left > 0);
	return left < 0 ? -1 : bundle_drop(desk->store, key, err);
}

int
bundles_run(struct desk *desk, msec_t now, struct err *err)
{
	struct bundle_key key = { 0 };
	int due = 0;

	for (int i = 0; i < AT_ONCE; i++) {
		due = bundle_due(desk->store, now, &desk->turn, &key, err);
		if (due <= 0)
			break;
		if (make_all(desk, &key, now, err) < 0)
			return -1;
	}
	return due < 0 ? -1 : 0;
}
