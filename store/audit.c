#include "store/audit.h"

#include "lib/err.h"
#include "lib/text.h"
#include "store/chain.h"
#include "store/db.h"

#include <string.h>

/* Columns of SQL_AUDIT_EVENTS behind those of a link. */
enum {
	COLUMN_CHAIN = 11,
	COLUMN_SALT,
	COLUMN_WORDS,
	COLUMN_NUMBER,
	COLUMN_EARLIER,
	COLUMN_IS_ERASED,
};

static void
tell(const struct audit *audit, const struct query *query,
    enum audit_fault fault)
{
	audit->found(audit->arg,
	    &(struct audit_finding){
		.fault = fault,
		.event = query_get(query, 0),
		.number = query_peek(query, COLUMN_NUMBER),
		.from = query_peek(query, COLUMN_EARLIER),
		.to = query_peek(query, 4),
		.missing = query_get(query, 0) - audit->after_event - 1,
	    });
}

static bool
is_hash(struct bytes kept, const uint8_t expected[SHA256_BYTES])
{
	return kept.len == SHA256_BYTES &&
	       memcmp(kept.data, expected, SHA256_BYTES) == 0;
}

/* The next row is measured against what this one holds, right or wrong, so
 * that one break is told once. */
static void
check_chain(struct store *store, struct audit *audit, const struct query *query)
{
	uint8_t expected[SHA256_BYTES];
	struct bytes kept = query_get_bytes(query, COLUMN_CHAIN);
	struct link link = {
		.id = query_get(query, 0),
		.case_id = query_get(query, 1),
		.at = query_get(query, 2),
		.name = query_peek(query, 3),
		.state = query_peek(query, 4),
		.actor = query_peek(query, 5),
		.level = query_get(query, 6),
		.reason = query_peek(query, 7),
		.inbox = query_get(query, 8),
		.out = query_get(query, 9),
		.text_digest = query_get_bytes(query, 10),
	};

	chain_link(&store->scratch, audit->chain, &link, expected);
	if (link.id != audit->after_event + 1)
		tell(audit, query, AUDIT_MISSING);
	else if (!is_hash(kept, expected))
		tell(audit, query, AUDIT_RECORD);
	if (link.id == audit->anchor && !is_hash(kept, audit->anchor_chain))
		tell(audit, query, AUDIT_ANCHOR);
	if (kept.len == SHA256_BYTES)
		memcpy(audit->chain, kept.data, SHA256_BYTES);
	else
		memcpy(audit->chain, expected, SHA256_BYTES);
	audit->after_event = link.id;
}

static void
check_text(struct store *store, struct audit *audit, const struct query *query)
{
	uint8_t expected[SHA256_BYTES];
	struct bytes kept = query_get_bytes(query, 10);
	const char *text = query_peek(query, COLUMN_WORDS);

	if (kept.len == 0 && text == NULL)
		return;
	if (text == NULL) {
		audit->erased++;
		if (query_get(query, COLUMN_IS_ERASED) == 0)
			tell(audit, query, AUDIT_TEXT_GONE);
		return;
	}
	chain_text(&store->scratch, query_get_bytes(query, COLUMN_SALT), text,
	    expected);
	if (!is_hash(kept, expected))
		tell(audit, query, AUDIT_TEXT);
}

static void
check_move(const struct audit *audit, const struct query *query)
{
	const char *earlier = query_peek(query, COLUMN_EARLIER);
	enum case_state from = CASE_NEW, to;

	if (case_state_from(query_peek(query, 4), &to) < 0 ||
	    (earlier != NULL && case_state_from(earlier, &from) < 0))
		tell(audit, query, AUDIT_STATE);
	else if (from != to && (earlier == NULL || !case_may_move(from, to)))
		tell(audit, query, AUDIT_MOVE);
}

int
audit_events(struct store *store, struct audit *audit, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int more, count = 0;

	if (query_open(&query, store, SQL_AUDIT_EVENTS, err) < 0)
		return -1;
	query_num(&query, audit->after_event);
	query_num(&query, max);
	while ((more = query_row(&query, err)) > 0) {
		/* The text and the move first: they are this row's own. */
		check_text(store, audit, &query);
		check_move(audit, &query);
		check_chain(store, audit, &query);
		count++;
	}
	if (more < 0)
		return -1;
	if (count < max && audit->anchor > audit->after_event)
		audit->found(
		    audit->arg, &(struct audit_finding){ .fault = AUDIT_ANCHOR,
				    .event = audit->anchor });
	return count;
}

int64_t
audit_last_event(struct store *store)
{
	return store_number(store, SQL_AUDIT_EVENT_MAX);
}

int
audit_cases(struct store *store, struct audit *audit, case_id *ret, int max,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int more, count = 0;

	if (query_open(&query, store, SQL_AUDIT_CASES, err) < 0)
		return -1;
	query_num(&query, audit->after_case);
	query_num(&query, max);
	while ((more = query_row(&query, err)) > 0) {
		const char *state = query_peek(&query, 2);
		const char *last = query_peek(&query, 3);

		if (!text_eq(state, last))
			audit->found(audit->arg,
			    &(struct audit_finding){ .fault = AUDIT_LAST,
				.number = query_peek(&query, 1),
				.from = last,
				.to = state });
		ret[count++] = audit->after_case = query_get(&query, 0);
	}
	return more < 0 ? -1 : count;
}
