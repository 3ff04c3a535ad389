/*
 * reports - what a gateway's delivery report is about, and those that came
 * before anybody could tell.
 *
 * A report can overtake the answer that brings the gateway's id; until then
 * it waits in early_reports.  The newest LIMIT_EARLY_REPORTS are kept, for a
 * day: a gateway that several programs use reports the messages of all.
 */
#ifndef STORE_REPORTS_H
#define STORE_REPORTS_H

#include <stdbool.h>

#include "core/outgoing.h"
#include "lib/cleanup.h"

struct arena;
struct err;
struct store;

/* What a report calls its message: "<out>-<attempt>-<created_at>" ({ref} of
 * the forms, docs/SMS.md), "<out>-<created_at>" ({id}), or the gateway's own
 * id.  The moment is that of the row: after a restore the same numbers come
 * again for another message. */
struct report_name {
	const char *source; /* the channel */
	const char *name;
};

struct report_of {
	out_id out;
	int64_t attempt; /* 0: the report does not tell which */
	/* The gateway gave its id to other messages of the last week too: it
	 * names none of them, `out' is only the newest. */
	bool is_shared;
};

/* Of a message that this channel sent: 1 and *ret, 0 there is none, -1. */
int report_find(struct store *store, const struct report_name *name,
    struct report_of *ret, struct err *err) must_check;

struct early_report {
	int64_t id;
	enum out_state state;
	bool is_optout;
	const char *answer; /* or NULL */
};

/* Keep one for later, with an id of the store; the same again is one. */
int early_report_keep(struct store *store, const struct report_name *name,
    const struct early_report *early, msec_t now, struct err *err) must_check;
/* Those that wait for this id, "delivered" before "failed": the count, or -1;
 * and forget them. */
int early_report_list(struct store *store, const struct report_name *name,
    msec_t now, struct arena *arena, struct early_report *ret, int max,
    struct err *err) must_check;
int early_report_drop(struct store *store, const struct report_name *name,
    struct err *err) must_check;

#endif
