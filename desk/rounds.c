/*
 * What estates look after by the clock (core/round.h), decided like timers.
 *
 * There are only a few and each has its row, so all of them are kept in
 * memory and read again when one has moved.
 */
#include "store/rounds.h"

#include "core/config.h"
#include "desk/engine.h"
#include "lib/err.h"

#include <stdlib.h>

static size_t
how_many(const struct desk *desk)
{
	return desk->conf->estate_count * ROUND_KIND_COUNT;
}

/* At a start: a new one, or one whose settings or calendar are others now. */
static int
plan(struct desk *desk, const struct estate *estate, enum round_kind kind,
    msec_t now, bool is_there, struct round *round, struct err *err)
{
	if (is_there) {
		msec_t due = round_due(desk->conf, estate, round);

		if (due == round->due)
			return 1;
		round->due = due;
	} else {
		*round = round_first(desk->conf, estate, kind, now);
	}
	return round_set(desk->store, round, err) < 0 ? -1 : 1;
}

static int
load(struct desk *desk, msec_t now, bool may_make, struct err *err)
{
	size_t count = 0;

	for (size_t i = 0; i < how_many(desk); i++) {
		const struct estate *estate =
		    &desk->conf->estates[i / ROUND_KIND_COUNT];
		enum round_kind kind = (enum round_kind)(i % ROUND_KIND_COUNT);
		struct round *round = &desk->rounds[count];
		int found =
		    round_load(desk->store, estate->id, kind, round, err);

		if (may_make && found >= 0)
			found = plan(
			    desk, estate, kind, now, found > 0, round, err);
		if (found < 0)
			return -1;
		count += found > 0;
	}
	desk->round_count = count;
	return 0;
}

int
rounds_open(struct desk *desk, msec_t now, struct err *err)
{
	desk->rounds = calloc(how_many(desk) + 1, sizeof(*desk->rounds));
	if (desk->rounds == NULL)
		abort();
	return load(desk, now, true, err);
}

msec_t
rounds_next(struct desk *desk)
{
	struct err err = { 0 };
	msec_t ret = 0;

	/* A look-up that fails is tried again with the next turn. */
	if (desk->round_count == 0 && load(desk, 0, false, &err) < 0)
		return 0;
	for (size_t i = 0; i < desk->round_count; i++)
		if (ret == 0 || desk->rounds[i].due < ret)
			ret = desk->rounds[i].due;
	return ret;
}

/* One whose decision failed is tried again in an hour. */
static int
run_one(struct desk *desk, struct round round, msec_t now, struct err *err)
{
	struct input in = {
		.kind = INPUT_ROUND,
		.estate = round.estate,
		.received_at = now,
		.round = round,
	};
	int made = decision_make(desk, &in, now, err);

	if (made != 0)
		return made < 0 ? -1 : 0;
	desk_note(desk, NOTE_ERROR, "round", "estate=%s kind=%s err=\"%s\"",
	    round.estate, round_kind_name(round.kind), err->msg);
	round.due = now + MSEC_HOUR;
	wake_rounds(desk);
	return round_set(desk->store, &round, err);
}

int
rounds_run(struct desk *desk, msec_t now, struct err *err)
{
	msec_t next = rounds_next(desk);

	/* A decision moves its round, so the list is asked for again. */
	for (size_t i = 0; next != 0 && next <= now && i < desk->round_count;
	     i++) {
		if (desk->rounds[i].due > now)
			continue;
		if (run_one(desk, desk->rounds[i], now, err) < 0)
			return -1;
		next = rounds_next(desk);
	}
	return 0;
}
