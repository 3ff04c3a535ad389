#include "store/reports.h"

#include <stdlib.h>

#include "core/limits.h"
#include "lib/err.h"
#include "store/row.h"

#define KEPT_FOR MSEC_DAY
/* No report comes later than that; a gateway may count anew after it. */
#define IDS_LAST (7 * MSEC_DAY)

static int
find(struct query *query, struct report_of *ret, struct err *err)
{
	int found = query_row(query, err);

	if (found > 0) {
		ret->out = query_get(query, 0);
		ret->attempt = query_get(query, 1);
		ret->is_shared = query_get(query, 2) != 0;
	}
	return found;
}

static int
find_by_numbers(struct store *store, enum sql sql, const char *source,
    const int64_t numbers[2], struct report_of *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, sql, err) < 0)
		return -1;
	query_num(&query, numbers[0]);
	query_num(&query, numbers[1]);
	query_text(&query, source);
	return find(&query, ret, err);
}

static int
find_by_provider_id(struct store *store, const struct report_name *name,
    struct report_of *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_ATTEMPT_BY_PROVIDER_ID, err) < 0)
		return -1;
	query_text(&query, name->name);
	query_text(&query, name->source);
	query_num(&query, IDS_LAST);
	return find(&query, ret, err);
}

/* "<row>-<number>", as we write them. */
static bool
read_numbers(const char *name, int64_t ret[2])
{
	char *end = NULL;

	ret[0] = strtoll(name, &end, 10);
	if (end == name || *end != '-' || ret[0] <= 0)
		return false;
	name = end + 1;
	ret[1] = strtoll(name, &end, 10);
	return end != name && *end == '\0' && ret[1] > 0;
}

int
report_find(struct store *store, const struct report_name *name,
    struct report_of *ret, struct err *err)
{
	static const enum sql ours[] = { SQL_ATTEMPT_OF, SQL_OUT_MADE_AT };
	int64_t numbers[2];
	bool is_ours = read_numbers(name->name, numbers);
	int found = 0;

	for (size_t i = 0; i < ARRAY_COUNT(ours) && is_ours && found == 0; i++)
		found = find_by_numbers(
		    store, ours[i], name->source, numbers, ret, err);
	return found != 0 ? found : find_by_provider_id(store, name, ret, err);
}

int
early_report_keep(struct store *store, const struct report_name *name,
    enum out_state state, const char *answer, msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct query trim scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_EARLY_ADD, err) < 0)
		return -1;
	query_text(&query, name->source);
	query_text(&query, name->name);
	query_text(&query, out_state_name(state));
	query_text(&query, answer);
	query_num(&query, now);
	if (query_run(&query, err) < 0 ||
	    query_open(&trim, store, SQL_EARLY_TRIM, err) < 0)
		return -1;
	query_num(&trim, LIMIT_EARLY_REPORTS);
	return query_run(&trim, err);
}

int
early_report_list(struct store *store, const struct report_name *name,
    msec_t now, struct arena *arena, struct early_report *ret, int max,
    struct err *err)
{
	static const struct column columns[] = {
		COLUMN(early_report, id, id, COLUMN_NUM),
		COLUMN_OF(early_report, state, state, words_out_state),
		COLUMN(early_report, answer, answer, COLUMN_TEXT),
	};
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_EARLY_FIND, err) < 0)
		return -1;
	query_text(&query, name->source);
	query_text(&query, name->name);
	query_num(&query, now - KEPT_FOR);
	query_num(&query, max);
	return row_list(
	    &query, ROW_FORM(early_report, columns), arena, ret, max, err);
}

int
early_report_drop(
    struct store *store, const struct report_name *name, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_EARLY_DROP, err) < 0)
		return -1;
	query_text(&query, name->source);
	query_text(&query, name->name);
	return query_run(&query, err);
}
