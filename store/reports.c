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

/* "<out>-<created_at>" and "<out>-<attempt>-<created_at>", as we write them. */
enum { ID_NUMBERS = 2, REF_NUMBERS };

static int
find_by_numbers(struct store *store, const char *source,
    const int64_t numbers[REF_NUMBERS], size_t count, struct report_of *ret,
    struct err *err)
{
	static const enum sql ours[] = {
		[ID_NUMBERS] = SQL_OUT_MADE_AT, [REF_NUMBERS] = SQL_ATTEMPT_OF
	};
	struct query query scoped(query_done) = { 0 };

	if (count < ID_NUMBERS)
		return 0;
	if (query_open(&query, store, ours[count], err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		query_num(&query, numbers[i]);
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

/* Numbers above 0 with "-" between them: how many, 0 when it is not that. */
static size_t
read_numbers(const char *name, int64_t ret[REF_NUMBERS])
{
	size_t count = 0;

	while (count < REF_NUMBERS) {
		char *end = NULL;

		ret[count] = strtoll(name, &end, 10);
		if (end == name || ret[count] <= 0)
			return 0;
		count++;
		if (*end == '\0')
			return count;
		if (*end != '-')
			return 0;
		name = end + 1;
	}
	return 0;
}

int
report_find(struct store *store, const struct report_name *name,
    struct report_of *ret, struct err *err)
{
	int64_t numbers[REF_NUMBERS];
	size_t count = read_numbers(name->name, numbers);
	int found =
	    find_by_numbers(store, name->source, numbers, count, ret, err);

	return found != 0 ? found : find_by_provider_id(store, name, ret, err);
}

int
early_report_keep(struct store *store, const struct report_name *name,
    const struct early_report *early, msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct query trim scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_EARLY_ADD, err) < 0)
		return -1;
	query_text(&query, name->source);
	query_text(&query, name->name);
	query_text(&query, out_state_name(early->state));
	query_text(&query, early->answer);
	query_num(&query, early->is_optout);
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
		COLUMN(early_report, is_optout, is_optout, COLUMN_FLAG),
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
