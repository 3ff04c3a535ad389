#include "store/home_visits.h"

#include "core/place.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/db.h"
#include "store/owners.h"
#include "store/row.h"

static const char *
state_code(int value)
{
	return home_visit_state_name((enum home_visit_state)value);
}

static const char *
reason_code(int value)
{
	return home_visit_reason_name((enum home_visit_reason)value);
}

static const struct words states = { state_code, HOME_VISIT_STATE_COUNT };
static const struct words reasons = { reason_code, HOME_VISIT_REASON_COUNT };

/* ---- whom to propose ---- */

static bool
is_free(
    struct store *store, const struct home_visit_frame *frame, int64_t owner)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, SQL_HOME_VISIT_IS_FREE);
	query_num(&query, owner);
	query_num(&query, frame->year);
	query_num(&query, frame->a_year);
	query_num(&query, frame->gap_since);
	return query_number(&query) != 0;
}

struct finding {
	struct store *store;
	const struct home_visit_frame *frame;
	struct arena *arena;
	struct home_visit *list;
	int count, max;
};

/* One visit is for all who live there. */
static bool
is_listed(const struct finding *finding, const struct owner *owner)
{
	for (int i = 0; i < finding->count; i++) {
		const struct place *home = &finding->list[i].owner.home;

		if (finding->list[i].owner.id == owner->id ||
		    (text_eq(home->building, owner->home.building) &&
			text_eq(home->unit, owner->home.unit) &&
			text_eq(home->room, owner->home.room)))
			return true;
	}
	return false;
}

static int
add_free(struct finding *finding, int64_t owner, enum home_visit_reason reason,
    struct err *err)
{
	struct home_visit *visit = &finding->list[finding->count];

	if (!is_free(finding->store, finding->frame, owner))
		return 0;
	*visit = (struct home_visit){ .reason = reason,
		.year = finding->frame->year };
	if (owner_load(
		finding->store, owner, finding->arena, &visit->owner, err) < 0)
		return -1;
	if (!is_listed(finding, &visit->owner))
		finding->count++;
	return 0;
}

static int
find_by(struct finding *finding, enum home_visit_reason reason, struct err *err)
{
	static const enum sql sqls[HOME_VISIT_REASON_COUNT] = {
		[HOME_VISIT_LOW_RATING] = SQL_HOME_VISIT_LOW,
		[HOME_VISIT_REPEATED] = SQL_HOME_VISIT_REPEATED,
		[HOME_VISIT_ELDERLY] = SQL_HOME_VISIT_ELDERLY,
		[HOME_VISIT_NEVER] = SQL_HOME_VISIT_NEVER,
	};
	struct query query scoped(query_done) = { 0 };
	int more = 0;

	if (query_open(&query, finding->store, sqls[reason], err) < 0)
		return -1;
	query_text(&query, finding->frame->estate);
	if (reason <= HOME_VISIT_REPEATED)
		query_num(&query, finding->frame->year_ago);
	while (finding->count < finding->max &&
	       (more = query_row(&query, err)) > 0)
		if (add_free(finding, query_get(&query, 0), reason, err) < 0)
			return -1;
	return more < 0 ? -1 : 0;
}

int
home_visits_find(struct store *store, const struct home_visit_frame *frame,
    struct arena *arena, struct home_visit *ret, int max, struct err *err)
{
	struct finding finding = { store, frame, arena, ret, 0, max };

	for (int i = 0; i < HOME_VISIT_REASON_COUNT; i++)
		if (find_by(&finding, (enum home_visit_reason)i, err) < 0)
			return -1;
	return finding.count;
}

/* ---- one visit ---- */

int64_t
home_visit_next_id(struct store *store)
{
	return store_number(store, SQL_HOME_VISIT_MAX_ID) + 1;
}

int
home_visit_add(struct store *store, const struct home_visit *visit, msec_t now,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_HOME_VISIT_ADD, err) < 0)
		return -1;
	query_num(&query, visit->id);
	query_text(&query, visit->owner.estate);
	query_num(&query, visit->owner.id);
	query_num(&query, visit->year);
	query_text(&query, home_visit_reason_name(visit->reason));
	query_num(&query, now);
	return query_run(&query, err);
}

int
home_visit_note(struct store *store, const struct home_visit_news *news,
    msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_HOME_VISIT_NOTE, err) < 0)
		return -1;
	query_text(&query, home_visit_state_name(news->state));
	query_num(&query, now);
	query_text(&query, news->staff);
	query_maybe(&query, news->score);
	query_text(&query, news->text);
	query_num(&query, news->id);
	return query_run(&query, err);
}

static int
read_one(struct query *query, struct arena *arena, struct home_visit *ret,
    struct err *err)
{
	int found = query_row(query, err);
	int state, reason;

	if (found <= 0)
		return found;
	state = words_find(&states, query_peek(query, 1));
	reason = words_find(&reasons, query_peek(query, 2));
	if (state < 0 || reason < 0)
		return err_set(
		    err, ERR_BUG, "a home visit of an unknown state");
	*ret = (struct home_visit){
		.id = query_get(query, 0),
		.state = (enum home_visit_state)state,
		.reason = (enum home_visit_reason)reason,
		.year = (int)query_get(query, 3),
	};
	return owner_load(
	    query->store, query_get(query, 4), arena, &ret->owner, err);
}

int
home_visit_load(struct store *store, const char *estate, int64_t id,
    struct arena *arena, struct home_visit *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_HOME_VISIT_LOAD, err) < 0)
		return -1;
	query_num(&query, id);
	query_text(&query, estate);
	return read_one(&query, arena, ret, err);
}

int
home_visit_open(struct store *store, int64_t owner, msec_t since,
    struct arena *arena, struct home_visit *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_HOME_VISIT_OPEN, err) < 0)
		return -1;
	query_num(&query, owner);
	query_num(&query, since);
	return read_one(&query, arena, ret, err);
}
