#include "desk/query.h"

#include <stdio.h>
#include <string.h>

#include "core/classify.h"
#include "core/config.h"
#include "core/limits.h"
#include "core/mask.h"
#include "core/zone.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/cases.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/owners.h"
#include "store/store.h"

enum { ROWS_DEFAULT = 50, ROWS_MAX = 1000, ATTEMPTS_SHOWN = 20 };
#define QUERY_BYTES (64 * MIB)

struct query {
	struct store *store;
	const struct config *conf;
	const json_t *request;
	msec_t now;
	struct arena *arena;
	json_t *answer;
};

static int
refuse(struct query *query, const char *why)
{
	json_put_text(query->answer, "error", why);
	return 0;
}

static int
row_limit(const struct query *query)
{
	int64_t limit = json_int(query->request, "limit", ROWS_DEFAULT);

	return limit < 1 || limit > ROWS_MAX ? ROWS_MAX : (int)limit;
}

static void
put_time(struct query *query, json_t *row, const char *key, msec_t at,
    const char *estate_id)
{
	const struct estate *estate = config_estate(query->conf, estate_id);
	char text[32];

	if (at == 0 || query->conf->estate_count == 0)
		return;
	if (estate == NULL)
		estate = &query->conf->estates[0];
	zone_rfc3339(estate->zone, at, text);
	json_put_text(row, key, text);
}

/* Masked, as everywhere but in case mail (R40). */
static json_t *
case_row(struct query *query, const struct case_file *file)
{
	json_t *row = json_object();

	json_put_text(row, "case", file->number);
	json_put_text(row, "estate", file->estate);
	json_put_text(row, "state", case_state_name(file->state));
	json_put_text(row, "severity", severity_name(file->severity));
	json_put_text(row, "kind", kind_name(file->kind));
	json_put_text(row, "category", file->category);
	json_put_text(row, "place", place_print(&file->place, query->arena));
	json_put_text(row, "first_responder", file->first_responder);
	json_put_text(row, "handler", file->handler);
	json_put_text(row, "department", file->department);
	json_put_int(row, "level", file->level);
	put_time(query, row, "received", file->received_at, file->estate);
	put_time(query, row, "reply_due", file->reply_due, file->estate);
	put_time(query, row, "outcome_due", file->outcome_due, file->estate);
	return row;
}

static int
answer_list(struct query *query, struct err *err)
{
	struct case_filter filter = {
		.estate = json_text(query->request, "estate"),
		.state = json_text(query->request, "state"),
		.severity = json_text(query->request, "severity"),
		.handler = json_text(query->request, "handler"),
		.open_only = json_flag(query->request, "open"),
	};
	int limit = row_limit(query), count;
	struct case_file *files =
	    arena_array(query->arena, (size_t)limit, sizeof(*files));
	json_t *list = json_array();

	count = case_list(query->store, &filter, query->arena, files, limit, err);
	for (int i = 0; i < count; i++)
		json_array_append_new(list, case_row(query, &files[i]));
	json_object_set_new(query->answer, "cases", list);
	return count < 0 ? -1 : 0;
}

static void
put_people(struct query *query, json_t *row, const struct case_file *file,
    bool unmasked)
{
	struct arena *arena = query->arena;

	json_put_text(row, "owner",
	    unmasked ? file->owner_name : mask_name(file->owner_name, arena));
	json_put_text(row, "mail",
	    unmasked ? file->mail : mask_mail(file->mail, arena));
	json_put_text(row, "phone",
	    unmasked ? file->phone : mask_phone(file->phone, arena));
	json_put_text(row, "subject",
	    unmasked ? file->subject : mask_text(file->subject, arena));
	json_put_text(
	    row, "text", unmasked ? file->text : mask_text(file->text, arena));
	json_put_text(row, "outcome",
	    unmasked ? file->outcome : mask_text(file->outcome, arena));
}

static int
put_story(struct query *query, const struct case_file *file, bool unmasked,
    struct err *err)
{
	struct snapshot_event *events = NULL;
	size_t count = 0;
	json_t *list = json_array();

	json_object_set_new(query->answer, "events", list);
	if (case_events(query->store, file->id, query->arena, &events, &count,
		err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		json_t *row = json_object();

		put_time(query, row, "at", events[i].at, file->estate);
		json_put_text(row, "event", events[i].name);
		json_put_text(row, "actor", events[i].actor);
		if (events[i].level > 0)
			json_put_int(row, "level", events[i].level);
		if (events[i].text != NULL)
			json_put_text(row, "text",
			    unmasked ? events[i].text
				     : mask_text(events[i].text, query->arena));
		json_array_append_new(list, row);
	}
	return 0;
}

static json_t *
out_row(struct query *query, const struct out_claim *claim)
{
	json_t *row = json_object();

	json_put_int(row, "id", claim->out.id);
	json_put_text(row, "channel", channel_name(claim->out.channel));
	json_put_text(row, "to", mask_address(claim->out.to, query->arena));
	json_put_text(row, "role", role_name(claim->out.role));
	json_put_text(row, "template", claim->out.template_name);
	json_put_text(row, "state", out_state_name(claim->status.state));
	json_put_int(row, "attempts", claim->status.attempts);
	put_time(query, row, "created", claim->out.created_at,
	    claim->out.estate);
	put_time(query, row, "not_before", claim->out.not_before,
	    claim->out.estate);
	json_put_text(row, "answer", mask_text(claim->status.answer, query->arena));
	return row;
}

static int
put_outbox(struct query *query, bool all, case_id id, struct err *err)
{
	int limit = row_limit(query), count;
	struct out_claim *claims =
	    arena_array(query->arena, (size_t)limit, sizeof(*claims));
	json_t *list = json_array();

	json_object_set_new(query->answer, "outbox", list);
	count = out_list(
	    query->store, all, id, query->arena, claims, limit, err);
	for (int i = 0; i < count; i++)
		json_array_append_new(list, out_row(query, &claims[i]));
	return count < 0 ? -1 : 0;
}

static int
answer_show(struct query *query, struct err *err)
{
	const char *given = text_or(json_text(query->request, "case"), "");
	const char *number = case_number_find(given, query->arena);
	bool unmasked = json_flag(query->request, "unmasked");
	struct case_file file = { 0 };
	int found = 0;

	if (number != NULL)
		found = case_load_number(
		    query->store, number, query->arena, &file, err);
	if (found < 0)
		return -1;
	if (found == 0)
		return refuse(query, "there is no such case; `shouwen list' "
				     "shows their numbers");
	json_object_update_new(query->answer, case_row(query, &file));
	put_people(query, query->answer, &file, unmasked);
	if (put_story(query, &file, unmasked, err) < 0)
		return -1;
	return put_outbox(query, true, file.id, err);
}

static int
put_attempts(struct query *query, out_id id, struct err *err)
{
	struct out_attempt attempts[ATTEMPTS_SHOWN];
	int count = out_attempts(
	    query->store, id, query->arena, attempts, ATTEMPTS_SHOWN, err);
	json_t *list = json_array();

	json_object_set_new(query->answer, "attempts", list);
	for (int i = 0; i < count; i++) {
		json_t *row = json_object();

		put_time(query, row, "started", attempts[i].started_at, NULL);
		put_time(query, row, "ended", attempts[i].ended_at, NULL);
		json_put_text(row, "result", attempts[i].result);
		json_put_int(row, "code", attempts[i].code);
		json_put_text(row, "answer",
		    mask_text(attempts[i].answer, query->arena));
		json_array_append_new(list, row);
	}
	return count < 0 ? -1 : 0;
}

static int
answer_outbox(struct query *query, struct err *err)
{
	int64_t id = json_int(query->request, "id", 0);
	struct out_claim claim = { 0 };
	int found;

	if (id == 0)
		return put_outbox(
		    query, json_flag(query->request, "all"), 0, err);
	found = out_load(query->store, id, query->arena, &claim.out,
	    &claim.status, err);
	if (found < 0)
		return -1;
	if (found == 0)
		return refuse(query, "there is no such message; `shouwen outbox "
				     "--all' shows their ids");
	json_object_update_new(query->answer, out_row(query, &claim));
	return put_attempts(query, id, err);
}

static int
list_quarantine(struct query *query, struct err *err)
{
	int limit = row_limit(query), count;
	struct inbox_row *rows =
	    arena_array(query->arena, (size_t)limit, sizeof(*rows));
	json_t *list = json_array();

	json_object_set_new(query->answer, "quarantine", list);
	count = inbox_list(query->store, json_text(query->request, "bin"),
	    query->arena, rows, limit, err);
	for (int i = 0; i < count; i++) {
		json_t *row = json_object();

		json_put_int(row, "id", rows[i].id);
		put_time(query, row, "received", rows[i].received_at,
		    rows[i].estate);
		json_put_text(row, "channel", channel_name(rows[i].channel));
		json_put_text(row, "source", rows[i].source);
		json_put_text(row, "bin", rows[i].bin);
		json_put_text(
		    row, "reason", mask_text(rows[i].reason, query->arena));
		json_put_int(row, "bytes", (int64_t)rows[i].raw_len);
		json_array_append_new(list, row);
	}
	return count < 0 ? -1 : 0;
}

/* The raw bytes, as hexadecimal because they may be anything. */
static int
give_raw(struct query *query, int64_t id, struct err *err)
{
	struct buf raw scoped(buf_done);
	struct buf hex scoped(buf_done);
	int found;

	buf_init(&raw, LIMIT_MAIL_BYTES);
	buf_init(&hex, 2 * LIMIT_MAIL_BYTES + 1);
	found = inbox_raw(query->store, id, &raw, err);
	if (found < 0)
		return -1;
	if (found == 0)
		return refuse(query, "there is no such message");
	for (size_t i = 0; i < raw.len; i++)
		buf_printf(&hex, "%02x", (unsigned char)raw.data[i]);
	json_put_text(query->answer, "raw_hex", buf_text(&hex));
	return 0;
}

static int
answer_quarantine(struct query *query, struct err *err)
{
	int64_t id = json_int(query->request, "id", 0);

	return id == 0 ? list_quarantine(query, err) : give_raw(query, id, err);
}

static const struct {
	const char *verb;
	int (*answer)(struct query *, struct err *);
} verbs[] = {
	{ "list", answer_list },
	{ "show", answer_show },
	{ "outbox", answer_outbox },
	{ "quarantine", answer_quarantine },
};

/* Who read what (R43).  A store that is open for reading only cannot keep it,
 * and then nothing is shown. */
static int
record(struct query *query, const char *verb, struct err *err)
{
	const char *who = text_or(json_text(query->request, "who"), "unknown");
	char what[96];

	(void)snprintf(what, sizeof(what), "%s %s%s", verb,
	    text_or(json_text(query->request, "case"), ""),
	    json_flag(query->request, "unmasked") ? " unmasked" : "");
	if (store_begin(query->store, err) < 0)
		return -1;
	if (access_note(query->store, who, what, query->now, err) < 0 ||
	    store_commit(query->store, err) < 0) {
		store_rollback(query->store);
		return -1;
	}
	return 0;
}

json_t *
query_answer(struct store *store, const struct config *conf,
    const json_t *request, msec_t now)
{
	const char *verb = text_or(json_text(request, "verb"), "");
	struct arena arena scoped(arena_done);
	struct query query = {
		.store = store,
		.conf = conf,
		.request = request,
		.now = now,
		.arena = &arena,
		.answer = json_object(),
	};
	struct err err = { 0 };

	arena_init(&arena, QUERY_BYTES);
	for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
		if (strcmp(verbs[i].verb, verb) != 0)
			continue;
		if (record(&query, verb, &err) < 0 ||
		    verbs[i].answer(&query, &err) < 0)
			json_put_text(query.answer, "error", err.msg);
		return query.answer;
	}
	json_put_text(query.answer, "error", "no such question");
	return query.answer;
}
