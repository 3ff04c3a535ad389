/*
 * What decisions about home visits must know (R36).
 */
#include "core/zone.h"
#include "desk/snapshot_parts.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/home_visits.h"

/* So long an answer is taken for one to our question. */
#define ANSWER_AGE_MAX (21 * MSEC_DAY)
#define YEAR           (365 * MSEC_DAY)

int
snapshot_load_home_visits(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err)
{
	const struct estate *estate = config_estate(desk->conf, in->estate);
	const struct rules *rules = &desk->conf->rules;
	struct home_visit *list =
	    arena_array(arena, HOME_VISITS_MAX, sizeof(*list));
	int count;

	if (estate == NULL || !estate->has_home_visits)
		return 0;
	count = home_visits_find(desk->store,
	    &(struct home_visit_frame){ .estate = in->estate,
		.year = zone_local(estate->zone, now).year,
		.a_year = (int)rules->home_visits_a_year,
		.gap_since =
		    now - (msec_t)rules->home_visit_gap_days * MSEC_DAY,
		.year_ago = now - YEAR },
	    arena, list, (int)rules->home_visits, err);
	if (count < 0)
		return -1;
	ret->home_visits = list;
	ret->home_visit_count = (size_t)count;
	ret->next_home_visit = home_visit_next_id(desk->store);
	return 0;
}

int
snapshot_load_home_visit(struct search *s, struct err *err)
{
	struct store *store = s->desk->store;
	const struct snapshot *found = s->ret;
	int64_t id = home_visit_number(s->message->own);

	if (found->has_case)
		return 0;
	if (found->sender.staff != NULL)
		return id == 0 ? 0
			       : home_visit_load(store, s->in->estate, id,
				     s->arena, &s->ret->home_visit, err);
	if (found->sender.owner.id == 0)
		return 0;
	return home_visit_open(store, found->sender.owner.id,
	    s->now - ANSWER_AGE_MAX, s->arena, &s->ret->home_visit, err);
}
