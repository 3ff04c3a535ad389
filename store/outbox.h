/*
 * outbox - messages that must leave, kept until they have left.
 *
 * An attempt row is committed before the bytes go, the result after; an
 * attempt without a result at start-up is an unknown (architecture.md 1.5).
 * States move only forward (core/outgoing.h); docs/STATES.md has the life of
 * a row.
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include <stddef.h>

#include "core/outgoing.h"
#include "core/ports.h"
#include "core/snapshot.h"
#include "lib/cleanup.h"

struct arena;
struct err;
struct store;

/* `same_as' is an earlier message of the same case with the same text and html,
 * which are not stored again; or 0. */
int out_add(struct store *store, const struct outgoing *out, out_id same_as,
    struct err *err) must_check;
/* 1, 0 none, -1. */
int out_load(struct store *store, out_id id, struct arena *arena,
    struct outgoing *ret, struct out_status *ret_status, struct err *err)
    must_check;
out_id out_next_id(struct store *store);

struct out_claim {
	struct outgoing out;
	struct out_status status;
};

/* Take due rows of one sender, urgent first, then the oldest; each becomes
 * SENDING with a new attempt row.  The count, or -1. */
int out_claim_due(struct store *store, const char *sender, msec_t now,
    struct arena *arena, struct out_claim *ret, int max, struct err *err)
    must_check;
/* When the next queued row of this sender is due; 0: none. */
msec_t out_next_due(struct store *store, const char *sender);

/* The result of an attempt.  `retry_at' > 0: back to QUEUED then; otherwise
 * the row moves to `state', and waits until `report_due' for a report of the
 * gateway (0: for none; a text that is on its way already goes on waiting for
 * the first one).  1 moved, 0 it had gone further already, -1. */
struct out_result {
	out_id out;
	int64_t attempt;
	enum out_state state;
	msec_t retry_at;
	msec_t report_due;
	const char *result; /* err_kind_name, or "accepted", "unknown" */
	int code;
	const char *provider_id;
	const char *answer;
};
int out_settle(struct store *store, const struct out_result *result, msec_t now,
    struct err *err) must_check;
/* Move a row by a report. */
struct out_news {
	out_id out;
	enum out_state state;
	msec_t report_due;  /* as above */
	const char *answer; /* or NULL */
};
int out_move(struct store *store, const struct out_news *news, msec_t now,
    struct err *err) must_check;
/* What waits for this confirmation leaves at `due', or sooner where it was to
 * leave sooner. */
int out_release(struct store *store, out_id confirmation, msec_t due,
    struct err *err) must_check;

/* Rows whose attempt has no result, at start-up: the crash left them. */
int out_unfinished(struct store *store, struct arena *arena,
    struct out_claim *ret, int max, struct err *err) must_check;
/* Rows whose report was due by `now' and did not come, the oldest first; and
 * when the next one is due, 0: never. */
int out_silent(struct store *store, msec_t now, struct arena *arena,
    struct out_claim *ret, int max, struct err *err) must_check;
msec_t out_next_silent(struct store *store);
/* Attempts of which nobody knows whether they reached the far side. */
int out_unknown_count(struct store *store, out_id id);
/* When the first of those began, or the first attempt of all; 0: none. */
msec_t out_first_tried(struct store *store, out_id id);
/* What the gateway calls other texts to that number of the last days, newest
 * first: the count, at most `max', or -1. */
int out_other_ids(struct store *store, const struct outgoing *out,
    struct arena *arena, const char **ret, int max, struct err *err) must_check;
/* Texts of this sender that are queued, were due by `due_by' and made by
 * `made_by', the oldest first: the count, or -1. */
struct out_age {
	const char *sender;
	bool is_urgent;
	msec_t made_by, due_by;
};
int out_old(struct store *store, const struct out_age *age, out_id *ret,
    int max, struct err *err) must_check;
/* How much is queued for each sender, were it due or not: the count of these,
 * or -1; and the rows of one, urgent ones first. */
struct out_queue {
	const char *sender;
	enum channel channel;
	int64_t count;
};
int out_queues(struct store *store, struct arena *arena, struct out_queue *ret,
    int max, struct err *err) must_check;
int out_queued(struct store *store, const struct out_queue *queue, out_id *ret,
    int max, struct err *err) must_check;
/* Rows that are queued for one sender. */
int64_t out_queue_length(struct store *store, const char *sender);
/* Another sender of the same channel is to send what is queued. */
int out_hand_over(struct store *store, out_id id, const char *sender,
    struct err *err) must_check;
/* When the first of its urgent texts will be due and `age' old; 0: never. */
msec_t out_next_old(struct store *store, const char *sender, msec_t age);

/* Automatic messages to an address since then (brakes, rules.md 5.19). */
int out_automatic_count(struct store *store, const char *to, msec_t since);
/* Any text to this number since then. */
bool out_recent_text(struct store *store, const char *to, msec_t since);
int out_template_count(struct store *store, const char *to,
    const char *template_name, msec_t since);

/* The parts that went along with the case's first mail to staff, so that a
 * later mail about it can carry them too. */
int out_case_parts(struct store *store, case_id of_case, struct arena *arena,
    const struct passed_part **ret, size_t *ret_count, struct err *err)
    must_check;

/* What staff last wrote to this case's owner, newest first: the count, or -1. */
int out_sent(struct store *store, case_id of_case, struct arena *arena,
    struct sent_view *ret, int max, struct err *err) must_check;

/* For `shouwen outbox': rows not yet settled (or all), newest first. */
int out_list(struct store *store, bool all, case_id of_case,
    struct arena *arena, struct out_claim *ret, int max, struct err *err)
    must_check;
struct out_attempt {
	int64_t id;
	msec_t started_at, ended_at;
	const char *result;
	int code;
	const char *provider_id;
	const char *answer;
};
int out_attempts(struct store *store, out_id id, struct arena *arena,
    struct out_attempt *ret, int max, struct err *err) must_check;
/* Rows in QUEUED or SENDING. */
int64_t out_waiting_count(struct store *store);

/* Whether a channel is down and the admin was told (bad credentials are told
 * once): 1 changed, 0 it was so already, -1. */
int channel_mark(struct store *store, const char *name, bool down,
    const char *reason, msec_t now, struct err *err) must_check;
bool channel_is_down(struct store *store, const char *name);
struct channel_down {
	const char *name;
	const char *reason; /* or NULL */
	msec_t since;
};
/* Those that are down: the count, or -1. */
int channels_down(struct store *store, struct arena *arena,
    struct channel_down *ret, int max, struct err *err) must_check;

#endif
