#include "store/owners.h"

#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/row.h"

#define TEXT(field)  COLUMN(owner, field, field, COLUMN_TEXT)
#define PLACE(field) COLUMN(owner, field, home.field, COLUMN_TEXT)
#define FLAG(field)  COLUMN(owner, field, field, COLUMN_FLAG)

/* What SELECT puts around OWNER_COLUMNS. */
static const struct column head[] = {
	COLUMN(owner, id, id, COLUMN_NUM),
	TEXT(estate),
};
static const struct column columns[] = {
	TEXT(name),
	PLACE(building),
	PLACE(unit),
	PLACE(floor),
	PLACE(room),
	PLACE(area),
	TEXT(mail),
	TEXT(phone),
	COLUMN_OF(owner, language, language, words_language),
	FLAG(is_tenant),
	FLAG(is_elderly),
	FLAG(is_confirmed),
};
static const struct column tail[] = {
	FLAG(sms_opted_out),
	FLAG(survey_opted_out),
};

static int
read_owner(struct query *query, struct arena *arena, struct owner *ret,
    struct err *err)
{
	const int first = (int)ARRAY_COUNT(head);
	const int last = first + (int)ARRAY_COUNT(columns);
	int found = query_row(query, err);

	if (found <= 0)
		return found;
	if (row_read(query, 0, head, ARRAY_COUNT(head), arena, ret, err) < 0 ||
	    row_read(query, first, columns, ARRAY_COUNT(columns), arena, ret,
		err) < 0 ||
	    row_read(query, last, tail, ARRAY_COUNT(tail), arena, ret, err) < 0)
		return -1;
	return 1;
}

int
owner_by_address(struct store *store, const char *estate, const char *address,
    struct arena *arena, struct owner *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	bool is_mail = strchr(address, '@') != NULL;

	if (query_open(&query, store,
		is_mail ? SQL_OWNER_BY_MAIL : SQL_OWNER_BY_PHONE, err) < 0)
		return -1;
	query_text(&query, address);
	query_text(&query, estate);
	return read_owner(&query, arena, ret, err);
}

int
owner_load(struct store *store, int64_t id, struct arena *arena,
    struct owner *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OWNER_LOAD, err) < 0)
		return -1;
	query_num(&query, id);
	return read_owner(&query, arena, ret, err);
}

/* ---- changes ---- */

static int
add_owner(struct store *store, const struct owner *owner, int64_t import,
    msec_t now, int64_t *ret_id, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OWNER_ADD, err) < 0)
		return -1;
	query_text(&query, owner->estate);
	query_num(&query, now);
	query_maybe(&query, import);
	row_bind(&query, columns, ARRAY_COUNT(columns), owner);
	return query_insert(&query, ret_id, err) < 0 ? -1 : 0;
}

int
owner_add_contact(struct store *store, const struct owner *owner, msec_t now,
    int64_t *ret_id, struct err *err)
{
	return add_owner(store, owner, 0, now, ret_id, err);
}

static int
update_owner(struct store *store, const struct owner *owner, int64_t id,
    int64_t import, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OWNER_UPDATE, err) < 0)
		return -1;
	query_num(&query, import);
	row_bind(&query, columns, ARRAY_COUNT(columns), owner);
	query_num(&query, id);
	return query_run(&query, err);
}

/* The row of this person: the same flat, and the same number, mailbox or
 * name.  1, 0 none, -1. */
static int
find_person(struct store *store, const struct owner *owner, int64_t import,
    struct arena *arena, struct owner *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OWNER_OF_HOME, err) < 0)
		return -1;
	query_text(&query, owner->estate);
	query_text(&query, owner->home.building);
	query_text(&query, owner->home.room);
	query_text(&query, owner->home.unit);
	query_num(&query, import);
	query_text(&query, owner->phone);
	query_text(&query, owner->mail);
	query_text(&query, owner->name);
	return read_owner(&query, arena, ret, err);
}

static bool
is_same(const struct owner *a, const struct owner *b)
{
	return text_eq(a->name, b->name) && text_eq(a->mail, b->mail) &&
	       text_eq(a->phone, b->phone) && a->language == b->language &&
	       a->is_tenant == b->is_tenant && a->is_elderly == b->is_elderly &&
	       a->is_confirmed == b->is_confirmed;
}

static int
replace_one(struct store *store, const struct owner *owner, int64_t import,
    msec_t now, struct owners_change *change, struct err *err)
{
	struct arena arena scoped(arena_done) = { 0 };
	struct owner known = { 0 };
	int64_t id;
	int found;

	arena_init(&arena, LIMIT_WORK_BYTES);
	found = find_person(store, owner, import, &arena, &known, err);
	if (found < 0)
		return -1;
	if (found == 0) {
		change->added++;
		return add_owner(store, owner, import, now, &id, err);
	}
	if (is_same(&known, owner))
		change->same++;
	else
		change->changed++;
	return update_owner(store, owner, known.id, import, err);
}

static int
add_import(struct store *store, const char *estate, msec_t now, int64_t *ret,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_IMPORT_ADD, err) < 0)
		return -1;
	query_text(&query, estate);
	query_num(&query, now);
	return query_insert(&query, ret, err) < 0 ? -1 : 0;
}

static int
mark_gone(struct store *store, const char *estate, int64_t import, msec_t now,
    int *ret_gone, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OWNERS_GONE, err) < 0)
		return -1;
	query_num(&query, now);
	query_text(&query, estate);
	query_num(&query, import);
	if (query_run(&query, err) < 0)
		return -1;
	*ret_gone = query_changes(&query);
	return 0;
}

int
owners_replace(struct store *store, const char *estate,
    const struct owner *list, size_t count, msec_t now,
    struct owners_change *ret, struct err *err)
{
	struct owners_change change = { 0 };
	int64_t import = 0;

	if (add_import(store, estate, now, &import, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct owner owner = list[i];

		owner.estate = estate;
		owner.is_confirmed = true;
		if (replace_one(store, &owner, import, now, &change, err) < 0)
			return err_wrap(err, "entry %zu", i + 1);
	}
	if (mark_gone(store, estate, import, now, &change.gone, err) < 0)
		return -1;
	*ret = change;
	return 0;
}

int
owner_confirm(struct store *store, int64_t id, struct err *err)
{
	return store_run(store, SQL_OWNER_CONFIRM, id, err);
}

/* ---- opt-outs and the access record ---- */

int
opt_set(struct store *store, const struct opt_out *opt, int64_t inbox,
    msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OPT_SET, err) < 0)
		return -1;
	query_text(&query, opt->address);
	query_text(&query, channel_name(opt->channel));
	query_text(&query, opt->account);
	query_num(&query, opt->is_out);
	query_num(&query, now);
	query_maybe(&query, inbox);
	query_maybe(&query, opt->refused);
	return query_run(&query, err);
}

int
opt_list(struct store *store, const char *number, struct arena *arena,
    struct opt_out_view *ret, int max, struct err *err)
{
	static const struct column view[] = {
		COLUMN(opt_out_view, address, address, COLUMN_TEXT),
		COLUMN(opt_out_view, account, account, COLUMN_TEXT),
		COLUMN(opt_out_view, changed_at, since, COLUMN_NUM),
		COLUMN(opt_out_view, inbox, inbox, COLUMN_MAYBE),
		COLUMN(opt_out_view, refused, refused, COLUMN_MAYBE),
	};
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store,
		number == NULL ? SQL_OPT_LIST : SQL_OPT_OF, err) < 0)
		return -1;
	if (number != NULL)
		query_text(&query, number);
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(opt_out_view, view), arena, ret, max, err);
}

bool
opt_is_out(struct store *store, const char *phone)
{
	return store_number_of(store, SQL_OPT_OUT_SINCE, phone) != 0;
}

int
opt_out_after(
    struct store *store, const char *phone, msec_t since, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	if (query_open(&query, store, SQL_OPT_OUT_SINCE, err) < 0)
		return -1;
	query_text(&query, phone);
	found = query_row(&query, err);
	return found > 0 ? query_get(&query, 0) > since : found;
}

int
access_note(struct store *store, const char *who, const char *what, msec_t now,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_ACCESS_NOTE, err) < 0)
		return -1;
	query_num(&query, now);
	query_text(&query, who);
	query_text(&query, what);
	return query_run(&query, err);
}
