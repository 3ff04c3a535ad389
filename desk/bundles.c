/*
 * Notices to staff that waited (bundles_hold.c) go in one mail (rules.md 5.33).
 */
#include "desk/engine.h"
#include "lib/err.h"
#include "store/bundles.h"

enum { AT_ONCE = 64 };

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
