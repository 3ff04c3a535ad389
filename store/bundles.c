#include "store/bundles.h"

#include "lib/err.h"
#include "store/db.h"

msec_t
notice_before(struct store *store, const char *person, msec_t since,
    out_id before, unsigned nth)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, SQL_NOTICE_BEFORE);
	query_text(&query, person);
	query_num(&query, since);
	query_num(&query, before);
	query_num(&query, (int64_t)nth - 1);
	return query_number(&query);
}

msec_t
bundle_waits(struct store *store, const struct bundle_key *key)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, SQL_BUNDLE_WAITS);
	query_text(&query, key->person);
	query_text(&query, key->estate);
	return query_number(&query);
}

static int
want(struct store *store, const struct bundle_key *key, msec_t due,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_BUNDLE_WANT, err) < 0)
		return -1;
	query_text(&query, key->person);
	query_text(&query, key->estate);
	query_num(&query, due);
	return query_run(&query, err);
}

int
notice_hold(struct store *store, out_id id, const struct bundle_key *key,
    msec_t due, msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (want(store, key, due, err) < 0 ||
	    query_open(&query, store, SQL_NOTICE_HOLD, err) < 0)
		return -1;
	query_num(&query, due);
	query_num(&query, now);
	query_num(&query, id);
	return query_run(&query, err);
}

int
bundle_due(struct store *store, msec_t now, struct arena *arena,
    struct bundle_key *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found = query_first(&query, store, SQL_BUNDLE_DUE, now, err);

	if (found > 0)
		*ret = (struct bundle_key){
			.person = query_get_text(&query, 0, arena),
			.estate = query_get_text(&query, 1, arena),
		};
	return found;
}

msec_t
bundle_next(struct store *store)
{
	return store_number(store, SQL_BUNDLE_NEXT);
}

int
bundle_drop(struct store *store, const struct bundle_key *key, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_BUNDLE_DROP, err) < 0)
		return -1;
	query_text(&query, key->person);
	query_text(&query, key->estate);
	return query_run(&query, err);
}

int
notices_held(struct store *store, const struct bundle_key *key, out_id *ret,
    int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_NOTICES_HELD, err) < 0)
		return -1;
	query_text(&query, key->person);
	query_text(&query, key->estate);
	query_num(&query, max);
	return query_list(&query, ret, max, err);
}

static int
go_alone(struct store *store, out_id id, const char *sender, msec_t now,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_NOTICE_ALONE, err) < 0)
		return -1;
	query_text(&query, sender);
	query_num(&query, now);
	query_num(&query, id);
	return query_run(&query, err);
}

int
notice_join(struct store *store, out_id id, out_id bundle, const char *sender,
    msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (bundle == 0)
		return go_alone(store, id, sender, now, err);
	if (query_open(&query, store, SQL_NOTICE_JOIN, err) < 0)
		return -1;
	query_num(&query, bundle);
	query_num(&query, now);
	query_num(&query, id);
	return query_run(&query, err);
}

int
notices_alone(struct store *store, const struct bundle_key *key, msec_t now,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_NOTICES_ALONE, err) < 0)
		return -1;
	query_num(&query, now);
	query_text(&query, key->person);
	query_text(&query, key->estate);
	return query_run(&query, err);
}

int
notices_of(
    struct store *store, out_id bundle, out_id *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_NOTICES_OF, err) < 0)
		return -1;
	query_num(&query, bundle);
	query_num(&query, max);
	return query_list(&query, ret, max, err);
}

int
bundle_lost(struct store *store, out_id bundle, struct err *err)
{
	return store_run(store, SQL_BUNDLE_LOST, bundle, err);
}
