#include "store/brakes.h"

#include "lib/err.h"
#include "store/db.h"

#define QUARTER (15 * MSEC_MINUTE)

int
sms_spend(struct store *store, const char *channel, unsigned parts, msec_t at,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_SMS_SPEND, err) < 0)
		return -1;
	query_text(&query, channel);
	query_num(&query, at / QUARTER);
	query_num(&query, parts);
	return query_run(&query, err);
}

void
sms_spent_since(struct store *store, const char *channel, msec_t since,
    struct sms_spent *ret)
{
	struct query query scoped(query_done) = { 0 };
	struct err err = { 0 };

	*ret = (struct sms_spent){ 0 };
	query_open_quietly(&query, store, SQL_SMS_SPENT);
	query_text(&query, channel);
	query_num(&query, since / QUARTER);
	if (query_row(&query, &err) > 0)
		*ret = (struct sms_spent){ .texts = query_get(&query, 0),
			.parts = query_get(&query, 1) };
}

void
sms_had_since(struct store *store, const char *number, case_id about,
    msec_t since, struct sms_had *ret)
{
	struct query query scoped(query_done) = { 0 };
	struct err err = { 0 };

	*ret = (struct sms_had){ 0 };
	if (number == NULL)
		return;
	query_open_quietly(&query, store, SQL_SMS_HAD);
	query_num(&query, about);
	query_text(&query, number);
	query_num(&query, since);
	if (query_row(&query, &err) > 0)
		*ret = (struct sms_had){ .all = (int)query_get(&query, 0),
			.of_case = (int)query_get(&query, 1) };
}

int
braked_add(struct store *store, const struct braked *braked, msec_t at,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_BRAKED_ADD, err) < 0)
		return -1;
	query_text(&query, braked->estate);
	query_num(&query, at);
	query_text(&query, braked->template_name);
	query_text(&query, cap_name(braked->cap));
	query_maybe(&query, braked->case_id);
	query_num(&query, braked->went);
	return query_run(&query, err);
}

bool
braked_since(struct store *store, const char *estate, enum cap cap,
    case_id about, msec_t since)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, SQL_BRAKED_TODAY);
	query_text(&query, estate);
	query_text(&query, cap_name(cap));
	query_maybe(&query, about);
	query_num(&query, since);
	return query_number(&query) != 0;
}

void
braked_counts(struct store *store, const char *estate, msec_t from, msec_t to,
    int ret[static CAP_COUNT])
{
	struct query query scoped(query_done) = { 0 };
	struct err err = { 0 };

	query_open_quietly(&query, store, SQL_BRAKED_COUNTS);
	query_text(&query, estate);
	query_num(&query, from);
	query_num(&query, to);
	bool known = query_row(&query, &err) > 0;

	for (int i = 0; i < CAP_COUNT; i++)
		ret[i] = known ? (int)query_get(&query, i) : 0;
}
