/*
 * Rows of the outbox: queued, taken, settled.
 */
#include "store/outbox.h"

#include "lib/arena.h"
#include "lib/err.h"
#include "store/bundles.h"
#include "store/outbox_row.h"

/* ---- in ---- */

static int
add_meta(struct store *store, const struct outgoing *out, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_ADD, err) < 0)
		return -1;
	row_bind(&query, out_meta, OUT_META_COUNT, out);
	return query_run(&query, err);
}

static int
add_texts(struct store *store, const struct outgoing *out, out_id same_as,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct outgoing own = *out;

	if (query_open(&query, store, SQL_OUT_ADD_TEXT, err) < 0)
		return -1;
	if (same_as != 0)
		own.text = own.layout = NULL;
	query_num(&query, out->id);
	query_maybe(&query, same_as);
	row_bind(&query, out_texts, OUT_TEXT_COUNT, &own);
	return query_run(&query, err);
}

static int
add_parts(struct store *store, const struct outgoing *out, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (out->part_count == 0)
		return 0;
	if (query_open(&query, store, SQL_OUT_ADD_PART, err) < 0)
		return -1;
	for (size_t i = 0; i < out->part_count; i++) {
		query_num(&query, out->id);
		query_num(&query, (int64_t)i);
		query_num(&query, out->parts[i].inbox);
		query_num(&query, (int64_t)out->parts[i].offset);
		query_num(&query, (int64_t)out->parts[i].length);
		if (query_again(&query, err) < 0)
			return -1;
	}
	return 0;
}

int
out_add(struct store *store, const struct outgoing *out, out_id same_as,
    struct err *err)
{
	if (add_meta(store, out, err) < 0 ||
	    add_texts(store, out, same_as, err) < 0)
		return -1;
	return add_parts(store, out, err);
}

out_id
out_next_id(struct store *store)
{
	return store_number(store, SQL_OUT_MAX_ID) + 1;
}

/* ---- look-ups ---- */

int
out_load(struct store *store, out_id id, struct arena *arena,
    struct outgoing *ret, struct out_status *ret_status, struct err *err)
{
	struct out_claim claim = { 0 };
	int found = out_row_load(store, id, arena, &claim, err);

	if (found <= 0)
		return found;
	*ret = claim.out;
	*ret_status = claim.status;
	return 1;
}

int
out_case_parts(struct store *store, case_id of_case, struct arena *arena,
    const struct passed_part **ret, size_t *ret_count, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_CASE_PARTS, err) < 0)
		return -1;
	query_num(&query, of_case);
	return out_parts_read(&query, arena, ret, ret_count, err);
}

/* ---- out ---- */

static int
list_due(struct store *store, const char *sender, bool urgent, msec_t now,
    out_id *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_DUE, err) < 0)
		return -1;
	query_text(&query, sender);
	query_num(&query, urgent);
	query_num(&query, now);
	query_num(&query, max);
	return query_list(&query, ret, max, err);
}

static int
add_attempt(
    struct store *store, out_id id, msec_t now, int64_t *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_ATTEMPT_ADD, err) < 0)
		return -1;
	query_num(&query, id);
	query_num(&query, now);
	return query_insert(&query, ret, err) < 0 ? -1 : 0;
}

static int
take(struct store *store, out_id id, msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int64_t attempt = 0;

	if (add_attempt(store, id, now, &attempt, err) < 0 ||
	    query_open(&query, store, SQL_OUT_CLAIM, err) < 0)
		return -1;
	query_num(&query, attempt);
	query_num(&query, now);
	query_num(&query, id);
	return query_run(&query, err);
}

int
out_claim_due(struct store *store, const char *sender, msec_t now,
    struct arena *arena, struct out_claim *ret, int max, struct err *err)
{
	out_id *ids = arena_array(arena, (size_t)max, sizeof(*ids));
	int urgent = list_due(store, sender, true, now, ids, max, err);
	int count = urgent < 0 ? -1
			       : list_due(store, sender, false, now,
				     ids + urgent, max - urgent, err);

	if (count < 0)
		return -1;
	count += urgent;
	for (int i = 0; i < count; i++) {
		if (take(store, ids[i], now, err) < 0)
			return -1;
	}
	return out_rows_load(store, ids, count, arena, ret, err);
}

static msec_t
next_due(struct store *store, const char *sender, bool urgent)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, SQL_OUT_NEXT_DUE);
	query_text(&query, sender);
	query_num(&query, urgent);
	return query_number(&query);
}

msec_t
out_next_due(struct store *store, const char *sender)
{
	msec_t urgent = next_due(store, sender, true);
	msec_t plain = next_due(store, sender, false);

	if (urgent == 0 || (plain != 0 && plain < urgent))
		return plain;
	return urgent;
}

/* ---- moves ---- */

struct standing {
	enum out_state state;
	int64_t attempt;
	msec_t report_due;
};

static int
load_standing(
    struct store *store, out_id id, struct standing *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found, state;

	found = query_first(&query, store, SQL_OUT_STANDING, id, err);
	if (found < 0)
		return -1;
	state = found == 0
		    ? -1
		    : words_find(&words_out_state, query_peek(&query, 0));
	if (state < 0)
		return err_set(
		    err, ERR_BUG, "no outbox row %lld", (long long)id);
	ret->state = (enum out_state)state;
	ret->attempt = query_get(&query, 1);
	ret->report_due = query_get(&query, 2);
	return 0;
}

/* When the far side took it, or left us in the dark: what waits for a report
 * is counted from here (rules.md 5.38). */
static bool
starts_waiting(enum out_state state)
{
	return state == OUT_DELIVERED || state == OUT_UNKNOWN ||
	       out_state_is_on_its_way(state);
}

/* Both say that it is on its way: the second one is no reason to wait
 * longer. */
static msec_t
report_due(const struct standing *standing, const struct out_result *to)
{
	return out_state_is_on_its_way(standing->state) &&
			       out_state_is_on_its_way(to->state)
		   ? standing->report_due
		   : to->report_due;
}

static int
move(struct store *store, const struct standing *standing,
    const struct out_result *to, msec_t now, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_MOVE, err) < 0)
		return -1;
	query_text(&query, out_state_name(to->state));
	query_num(&query, now);
	query_maybe(&query, to->retry_at);
	query_maybe(&query, starts_waiting(to->state) ? now : 0);
	query_maybe(&query, report_due(standing, to));
	query_text(&query, to->answer);
	query_num(&query, to->out);
	if (query_run(&query, err) < 0)
		return -1;
	return out_state_is_lost(to->state)
		   ? bundle_lost(store, to->out, err)
		   : 0;
}

static int
end_attempt(struct store *store, const struct out_result *result, msec_t now,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_ATTEMPT_END, err) < 0)
		return -1;
	query_num(&query, now);
	query_text(&query, result->result);
	query_num(&query, result->code);
	query_text(&query, result->provider_id);
	query_text(&query, result->answer);
	query_num(&query, result->attempt);
	query_num(&query, result->out);
	if (query_run(&query, err) < 0)
		return -1;
	if (query_changes(&query) != 1)
		return err_set(err, ERR_BUG, "no attempt %lld of row %lld",
		    (long long)result->attempt, (long long)result->out);
	return 0;
}

int
out_settle(struct store *store, const struct out_result *result, msec_t now,
    struct err *err)
{
	struct standing standing = { 0 };
	struct out_result to = *result;

	if (result->retry_at > 0)
		to.state = OUT_QUEUED;
	if (load_standing(store, result->out, &standing, err) < 0 ||
	    end_attempt(store, result, now, err) < 0)
		return -1;
	/* A report can overtake the answer, and an answer can come after
	 * the row was sent once more. */
	if (standing.attempt != result->attempt ||
	    !out_state_may_move(standing.state, to.state))
		return 0;
	return move(store, &standing, &to, now, err) < 0 ? -1 : 1;
}

int
out_move(struct store *store, const struct out_news *news, msec_t now,
    struct err *err)
{
	struct standing standing = { 0 };
	const struct out_result to = { .out = news->out,
		.state = news->state,
		.report_due = news->report_due,
		.answer = news->answer };

	if (load_standing(store, news->out, &standing, err) < 0)
		return -1;
	if (!out_state_may_move(standing.state, news->state))
		return 0;
	return move(store, &standing, &to, now, err) < 0 ? -1 : 1;
}

int
out_hand_over(
    struct store *store, out_id id, const char *sender, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_HAND_OVER, err) < 0)
		return -1;
	query_text(&query, sender);
	query_num(&query, id);
	return query_run(&query, err);
}

int
out_release(struct store *store, out_id confirmation, msec_t due,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_OUT_RELEASE, err) < 0)
		return -1;
	query_num(&query, due);
	query_num(&query, confirmation);
	return query_run(&query, err);
}
