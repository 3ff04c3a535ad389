/*
 * What a round of surveys must know (R35): who is to be asked next, or, when
 * nobody waits, whom the seed of the month draws.
 */
#include "desk/snapshot_parts.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "store/owners.h"
#include "store/surveys.h"

/* So many messages are made in one decision; the round comes again for the
 * rest. */
enum { GUESTS_MAX = 20 };

/* Whoever was asked after that is left alone. */
static msec_t
asked_since(const struct desk *desk, msec_t now)
{
	return now - (msec_t)desk->conf->rules.survey_gap_days * MSEC_DAY;
}

static int
load_guests(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct survey_turn *turn, struct err *err)
{
	msec_t since = asked_since(desk, now);
	struct survey waiting[GUESTS_MAX];
	struct survey_guest *guests =
	    arena_array(arena, GUESTS_MAX, sizeof(*guests));
	int count = surveys_waiting(
	    desk->store, in->estate, arena, waiting, GUESTS_MAX, err);

	for (int i = 0; i < count; i++) {
		guests[i].survey = waiting[i];
		if (owner_load(desk->store, waiting[i].owner, arena,
			&guests[i].owner, err) < 0)
			return -1;
		guests[i].is_busy = survey_is_busy(desk->store,
		    guests[i].owner.mail, guests[i].owner.phone, since);
	}
	if (count < 0)
		return -1;
	turn->guests = guests;
	turn->guest_count = (size_t)count;
	turn->waiting = surveys_waiting_count(desk->store, in->estate);
	return 0;
}

static int
load_draw(struct desk *desk, const struct estate *estate, msec_t now,
    struct arena *arena, struct survey_draw *draw, struct err *err)
{
	const struct rules *rules = &desk->conf->rules;
	struct survey_pick *pick = arena_alloc(arena, sizeof(*pick));

	draw->estate = estate->id;
	draw->scope = survey_scope(rules, estate, now);
	draw->seed = survey_seed(rules, estate, now, arena);
	draw->households = survey_households(desk->store, estate, err);
	if (draw->households < 0)
		return -1;
	pick->want = survey_want(rules, draw->households);
	if (survey_pick_run(desk->store,
		&(struct survey_frame){ .conf = desk->conf,
		    .estate = estate,
		    .seed = draw->seed,
		    .asked_since = asked_since(desk, now) },
		pick, err) < 0)
		return -1;
	draw->list = pick->list;
	draw->count = pick->count;
	return 0;
}

int
snapshot_load_survey(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	const struct estate *estate = config_estate(desk->conf, in->estate);

	if (estate == NULL || !estate->has_survey)
		return 0;
	snapshot_load_spent(desk, estate, now, ret);
	if (load_guests(desk, in, now, arena, &ret->survey_turn, err) < 0)
		return -1;
	if (ret->survey_turn.guest_count > 0)
		return 0;
	return load_draw(desk, estate, now, arena, &ret->survey_turn.draw, err);
}
