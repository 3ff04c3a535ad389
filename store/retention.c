#include "store/retention.h"

#include "lib/err.h"
#include "store/db.h"

int
cases_erasable(struct store *store, msec_t before, case_id *ret, int max,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_ERASABLE, err) < 0)
		return -1;
	query_num(&query, before);
	query_num(&query, max);
	return query_list(&query, ret, max, err);
}

int
case_erase(struct store *store, case_id id, struct err *err)
{
	static const enum sql steps[] = {
		SQL_ERASE_EVENT_TEXTS,
		SQL_ERASE_RATINGS,
		SQL_ERASE_ATTEMPTS,
		SQL_ERASE_PARTS,
		SQL_ERASE_OUT_TEXTS,
		SQL_ERASE_OUT,
		SQL_ERASE_INBOX_RAW,
		SQL_ERASE_INBOX,
		SQL_ERASE_PEOPLE,
	};

	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		struct query query scoped(query_done) = { 0 };

		if (query_open(&query, store, steps[i], err) < 0)
			return -1;
		query_num(&query, id);
		if (query_run(&query, err) < 0)
			return -1;
	}
	return 0;
}
