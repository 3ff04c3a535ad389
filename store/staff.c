#include "store/staff.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "store/row.h"

static const struct column columns[] = {
	COLUMN(absence, staff, staff, COLUMN_TEXT),
	COLUMN(absence, from_at, from, COLUMN_NUM),
	COLUMN(absence, to_at, to, COLUMN_NUM),
};

/* More than anybody has; a list that is cut is cut at the far end. */
enum { ABSENCES_MAX = 1000 };

/* ---- PINs ---- */

int
pin_set(struct store *store, const char *staff, const struct pin *pin,
    msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_PIN_SET, err) < 0)
		return -1;
	query_text(&query, staff);
	query_bytes(&query, pin->salt, sizeof(pin->salt));
	query_bytes(&query, pin->hash, sizeof(pin->hash));
	query_num(&query, now);
	return query_run(&query, err);
}

int
pin_load(
    struct store *store, const char *staff, struct pin *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	*ret = (struct pin){ 0 };
	if (query_open(&query, store, SQL_PIN_LOAD, err) < 0)
		return -1;
	query_text(&query, staff);
	found = query_row(&query, err);
	if (found <= 0)
		return found;
	struct bytes salt = query_get_bytes(&query, 0);
	struct bytes hash = query_get_bytes(&query, 1);

	if (salt.len != sizeof(ret->salt) || hash.len != sizeof(ret->hash))
		return err_set(err, ERR_BUG, "the PIN of %s is malformed", staff);
	memcpy(ret->salt, salt.data, sizeof(ret->salt));
	memcpy(ret->hash, hash.data, sizeof(ret->hash));
	ret->is_set = true;
	return 1;
}

int
pin_wrong(struct store *store, const char *staff, msec_t since, int64_t *ret,
    int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_PIN_WRONG, err) < 0)
		return -1;
	query_text(&query, staff);
	query_num(&query, since);
	query_num(&query, max);
	return query_list(&query, ret, max, err);
}

/* ---- absences ---- */

static int
clear(struct store *store, const struct absence *absence, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_ABSENCE_CLEAR, err) < 0)
		return -1;
	query_text(&query, absence->staff);
	query_num(&query, absence->to);
	query_num(&query, absence->from);
	return query_run(&query, err);
}

int
absence_set(struct store *store, const struct absence *absence, msec_t now,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (clear(store, absence, err) < 0 ||
	    query_open(&query, store, SQL_ABSENCE_ADD, err) < 0)
		return -1;
	row_bind(&query, columns, ARRAY_COUNT(columns), absence);
	query_num(&query, now);
	return query_run(&query, err);
}

int
absences_load(struct store *store, msec_t now, struct arena *arena,
    struct absences *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct absence *list = NULL;
	size_t count = 0;
	int more;

	if (query_open(&query, store, SQL_ABSENCES, err) < 0)
		return -1;
	query_num(&query, now);
	while ((more = query_row(&query, err)) > 0 && count < ABSENCES_MAX) {
		if (list == NULL)
			list = arena_array(arena, ABSENCES_MAX, sizeof(*list));
		if (row_read(&query, 0, columns, ARRAY_COUNT(columns), arena,
			&list[count++], err) < 0)
			return -1;
	}
	*ret = (struct absences){ list, count };
	return more < 0 ? -1 : 0;
}

/* ---- whose cases need another hand ---- */

static int
put_handover(struct store *store, enum sql sql, const char *staff, msec_t due,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, sql, err) < 0)
		return -1;
	query_text(&query, staff);
	query_num(&query, due);
	return query_run(&query, err);
}

int
handover_set(
    struct store *store, const char *staff, msec_t due, struct err *err)
{
	return put_handover(store, SQL_HANDOVER_SET, staff, due, err);
}

int
handover_want(
    struct store *store, const char *staff, msec_t due, struct err *err)
{
	return put_handover(store, SQL_HANDOVER_WANT, staff, due, err);
}

int
handover_stop(struct store *store, const char *staff, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_HANDOVER_STOP, err) < 0)
		return -1;
	query_text(&query, staff);
	return query_run(&query, err);
}

int
handover_due(struct store *store, msec_t now, struct arena *arena,
    const char **ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	found = query_first(&query, store, SQL_HANDOVER_DUE, now, err);
	if (found > 0)
		*ret = query_get_text(&query, 0, arena);
	return found;
}

msec_t
handover_next(struct store *store)
{
	return store_number(store, SQL_HANDOVER_NEXT);
}

int
handover_is_set(struct store *store, const char *staff, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_HANDOVER_IS_SET, err) < 0)
		return -1;
	query_text(&query, staff);
	return query_row(&query, err);
}

int
staff_named(struct store *store, struct arena *arena, const char **ret, int max,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int count = 0, more = 0;

	if (query_open(&query, store, SQL_STAFF_NAMED, err) < 0)
		return -1;
	query_num(&query, max);
	while (count < max && (more = query_row(&query, err)) > 0)
		ret[count++] = query_get_text(&query, 0, arena);
	return more < 0 ? -1 : count;
}
