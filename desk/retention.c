/*
 * What is old enough is forgotten (R43), a little at a time and only while
 * nobody waits.
 */
#include "store/retention.h"

#include "core/config.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "store/cases.h"
#include "store/events.h"
#include "store/plans.h"
#include "store/store.h"

enum { CASES_AT_ONCE = 16, MESSAGES_AT_ONCE = 64 };

/* First when a start has settled, then every day; in between the steps others
 * have their turn. */
#define AFTER_START (10 * MSEC_MINUTE)
#define BETWEEN     MSEC_DAY
#define NEXT_STEP   MSEC_SECOND

void
retention_open(struct desk *desk, msec_t now)
{
	bool is_on = desk->conf->rules.retention_days > 0;

	desk->next_retention = is_on ? now + AFTER_START : 0;
}

msec_t
retention_next(const struct desk *desk)
{
	return desk->next_retention;
}

/* The event says in the case's story why it has no words any more. */
static int
erase(struct desk *desk, case_id id, msec_t now, struct err *err)
{
	struct case_file file = { 0 };

	if (case_load(desk->store, id, &desk->turn, &file, err) <= 0)
		return -1;
	if (case_erase(desk->store, id, now, err) < 0)
		return -1;
	return event_add(desk->store,
	    &(struct event){ .case_id = id,
		.name = "erased",
		.state = file.state,
		.actor = "desk" },
	    0, now, err);
}

static int
erase_cases(struct desk *desk, msec_t before, msec_t now, struct err *err)
{
	case_id ids[CASES_AT_ONCE];
	int count =
	    cases_erasable(desk->store, before, ids, CASES_AT_ONCE, err);

	for (int i = 0; i < count; i++)
		if (erase(desk, ids[i], now, err) < 0)
			return -1;
	return count;
}

static bool
somebody_waits(const struct desk *desk)
{
	return desk->arrived.count > 0 || desk->read.count > 0 ||
	       desk->reading.count > 0;
}

/* Something was forgotten: 1, there was nothing: 0, -1. */
static int
step(struct desk *desk, msec_t now, struct err *err)
{
	msec_t before =
	    now - (msec_t)desk->conf->rules.retention_days * MSEC_DAY;
	int cases = erase_cases(desk, before, now, err), messages;

	if (cases < 0)
		return -1;
	messages = messages_forget(desk->store, before, MESSAGES_AT_ONCE, err);
	if (messages < 0 || owners_forget(desk->store, before, err) < 0 ||
	    plans_forget(desk->store, before, err) < 0)
		return -1;
	if (cases > 0)
		desk_note(desk, NOTE_INFO, "erased", "cases=%d", cases);
	return cases + messages > 0;
}

/* A step that fails is undone alone: the desk's work goes on without it. */
int
retention_run(struct desk *desk, msec_t now, struct err *err)
{
	int done;

	if (desk->next_retention == 0 || desk->next_retention > now)
		return 0;
	desk->next_retention = now + NEXT_STEP;
	if (somebody_waits(desk))
		return 0;
	if (store_unit_begin(desk->store, err) < 0)
		return -1;
	done = step(desk, now, err);
	if (done < 0) {
		store_unit_undo(desk->store);
		desk_note(desk, NOTE_ERROR, "erased", "err=\"%s\"", err->msg);
		desk->next_retention = now + MSEC_HOUR;
		return 0;
	}
	if (done == 0)
		desk->next_retention = now + BETWEEN;
	return store_unit_keep(desk->store, err);
}
