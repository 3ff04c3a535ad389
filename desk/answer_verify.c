#include "core/limits.h"
#include "core/obligations.h"
#include "desk/answer.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/audit.h"
#include "store/cases.h"
#include "store/plans.h"
#include "store/rounds.h"

#include <stdio.h>
#include <string.h>

/* A desk at work stands still for one slice: some 20 ms. */
enum { EVENTS_AT_ONCE = 2000, CASES_AT_ONCE = 500 };

/* Events first, then cases; the asker hands back where it stands. */
struct verifying {
	struct question *question;
	struct audit audit;
	json_t *faults;
};

static void
put_fault(struct verifying *verifying, int64_t event, const char *number,
    const char *what)
{
	json_t *row = json_object();

	if (event != 0)
		json_put_int(row, "event", event);
	json_put_text(row, "case", number);
	json_put_text(row, "what", what);
	json_array_append_new(verifying->faults, row);
}

static void
found(void *arg, const struct audit_finding *finding)
{
	static const char *const whats[AUDIT_LAST + 1] = {
		[AUDIT_RECORD] = "this event was changed",
		[AUDIT_TEXT] = "its text was changed",
		[AUDIT_TEXT_GONE] = "its text is gone, and the case was not "
				    "erased",
		[AUDIT_STATE] = "no such state",
		[AUDIT_ANCHOR] = "this is not the event that the anchor was "
				 "noted for",
	};
	const char *from = text_or(finding->from, "nothing");
	const char *what = whats[finding->fault];
	char text[160];

	if (finding->fault == AUDIT_MISSING)
		(void)snprintf(text, sizeof(text), "%lld before it gone",
		    (long long)finding->missing);
	else if (finding->fault == AUDIT_MOVE)
		(void)snprintf(text, sizeof(text), "no legal move: %s to %s",
		    from, finding->to);
	else if (finding->fault == AUDIT_LAST)
		(void)snprintf(text, sizeof(text),
		    "its state is %s, its last event says %s", finding->to,
		    from);
	put_fault(
	    arg, finding->event, finding->number, what != NULL ? what : text);
}

/* ---- what was handed back ---- */

/* "1240:3fa9..." */
static int
read_anchor(const char *anchor, struct audit *audit)
{
	const char *colon = strchr(anchor, ':');
	char number[24];

	if (colon == NULL || (size_t)(colon - anchor) >= sizeof(number))
		return -1;
	(void)snprintf(
	    number, sizeof(number), "%.*s", (int)(colon - anchor), anchor);
	if (text_to_int(number, 1, INT64_MAX, &audit->anchor) < 0)
		return -1;
	return digest_unhex(colon + 1, audit->anchor_chain, SHA256_BYTES);
}

static int
read_place(const json_t *request, struct audit *audit)
{
	const char *chain = json_text(request, "chain");
	const char *anchor = json_text(request, "anchor");

	audit->after_event = json_int(request, "after_event", 0);
	audit->after_case = json_int(request, "after_case", 0);
	if (chain != NULL &&
	    digest_unhex(chain, audit->chain, SHA256_BYTES) < 0)
		return -1;
	return anchor == NULL ? 0 : read_anchor(anchor, audit);
}

/* ---- slices ---- */

static int
verify_events(struct verifying *verifying, struct err *err)
{
	struct question *question = verifying->question;
	struct audit *audit = &verifying->audit;
	char hex[SHA256_HEX];
	int count = audit_events(question->store, audit, EVENTS_AT_ONCE, err);

	if (count < 0)
		return -1;
	digest_hex(audit->chain, SHA256_BYTES, hex);
	json_put_int(question->answer, "events", count);
	json_put_int(question->answer, "erased", audit->erased);
	json_put_int(question->answer, "after_event", audit->after_event);
	json_put_text(question->answer, "chain", hex);
	json_put_flag(question->answer, "events_done", count < EVENTS_AT_ONCE);
	return 0;
}

static bool
has_timer(const struct timer *timers, int count, enum timer_kind kind)
{
	for (int i = 0; i < count; i++)
		if (timers[i].kind == kind)
			return true;
	return false;
}

static int
verify_timers(struct verifying *verifying, case_id id, struct arena *arena,
    struct err *err)
{
	struct question *question = verifying->question;
	const struct estate *estate;
	struct timer timers[TIMER_KIND_COUNT];
	struct case_file file = { 0 };
	int count;

	if (case_load(question->store, id, arena, &file, err) <= 0)
		return -1;
	estate = config_estate(question->conf, file.estate);
	if (estate == NULL)
		return 0;
	count = timers_of(question->store, id, timers, TIMER_KIND_COUNT, err);
	if (count < 0)
		return -1;
	for (int i = 0; i < TIMER_KIND_COUNT; i++) {
		enum timer_kind kind = (enum timer_kind)i;
		char what[80];

		if (!obligation_is_owed(
			question->conf, estate, &file, kind, question->now) ||
		    has_timer(timers, count, kind))
			continue;
		(void)snprintf(what, sizeof(what),
		    "owes %s, and no timer is set for it",
		    timer_kind_name(kind));
		put_fault(verifying, 0, file.number, what);
	}
	return 0;
}

static bool
comes_for(int found, const struct round *round, const struct question *question,
    msec_t alarm)
{
	msec_t last = alarm > question->now ? alarm : question->now;

	return found > 0 && round->due <= last + MSEC_HOUR;
}

/* The round of an estate comes for whatever is to be told (R29, R33); one whose
 * decision failed comes an hour later. */
static int
verify_alarms(struct verifying *verifying, const struct estate *estate,
    struct arena *arena, struct err *err)
{
	struct question *question = verifying->question;
	struct plan_view view;
	struct round round = { 0 };
	int found;

	found =
	    round_load(question->store, estate->id, ROUND_PLANS, &round, err);
	if (found < 0 || plans_load(question->store, estate->id, question->now,
			     arena, &view, err) < 0)
		return -1;
	for (size_t i = 0; i < view.plan_count; i++)
		if (view.plans[i].alarm != 0 &&
		    !comes_for(found, &round, question, view.plans[i].alarm))
			put_fault(verifying, 0,
			    plan_word(view.plans[i].id, arena),
			    "its due is to be told, and no round will");
	for (size_t i = 0; i < view.request_count; i++)
		if (view.requests[i].alarm != 0 &&
		    !comes_for(found, &round, question, view.requests[i].alarm))
			put_fault(verifying, 0, view.requests[i].department,
			    "owes measures, and no round will ask for them");
	return 0;
}

static int
verify_plans(struct verifying *verifying, struct arena *arena, struct err *err)
{
	const struct config *conf = verifying->question->conf;

	for (size_t i = 0; i < conf->estate_count; i++) {
		arena_reset(arena);
		if (verify_alarms(verifying, &conf->estates[i], arena, err) < 0)
			return -1;
	}
	return 0;
}

static int
verify_cases(struct verifying *verifying, struct err *err)
{
	struct question *question = verifying->question;
	struct arena arena scoped(arena_done);
	case_id ids[CASES_AT_ONCE];
	int count = audit_cases(
	    question->store, &verifying->audit, ids, CASES_AT_ONCE, err);

	arena_init(&arena, LIMIT_WORK_BYTES);
	for (int i = 0; i < count; i++) {
		arena_reset(&arena);
		if (verify_timers(verifying, ids[i], &arena, err) < 0)
			return -1;
	}
	if (count < 0 ||
	    (count < CASES_AT_ONCE && verify_plans(verifying, &arena, err) < 0))
		return -1;
	json_put_int(question->answer, "cases", count);
	json_put_int(
	    question->answer, "after_case", verifying->audit.after_case);
	json_put_flag(question->answer, "cases_done", count < CASES_AT_ONCE);
	return 0;
}

int
answer_verify(struct question *question, struct err *err)
{
	struct verifying verifying = { .question = question };

	verifying.audit.found = found;
	verifying.audit.arg = &verifying;
	if (read_place(question->request, &verifying.audit) < 0)
		return answer_refuse(question,
		    "an anchor is EVENT:HASH, as an earlier `shouwen verify' "
		    "printed it");
	verifying.faults = json_array();
	json_object_set_new(question->answer, "faults", verifying.faults);
	json_put_int(
	    question->answer, "event_count", audit_last_event(question->store));
	json_put_int(
	    question->answer, "case_count", case_count(question->store));
	if (json_flag(question->request, "events_done"))
		return verify_cases(&verifying, err);
	return verify_events(&verifying, err);
}
