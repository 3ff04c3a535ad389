/*
 * engine - what the files of the desk share: its struct and its steps.
 *
 * Private to desk/.  A turn (turn.c) calls the steps in order; each step does
 * its part of the transaction before the commit and, where it has one, its
 * part after it.
 */
#ifndef DESK_ENGINE_H
#define DESK_ENGINE_H

#include "core/limits.h"
#include "core/snapshot.h"
#include "desk/desk.h"
#include "handlers/decide.h"
#include "lib/arena.h"
#include "reader/answer.h"
#include "reader/reader.h"
#include "store/outbox.h"
#include "store/reports.h"

struct raw;

/* One inbound message, push or poll answer on its way to a decision. */
struct item {
	struct item *next;
	uint64_t job;
	uint32_t kind;      /* enum reader_job_kind */
	const char *source; /* of the configuration */
	const char *estate;
	struct raw *raw;
	size_t offset, length;
	msec_t received_at;
	int64_t inbox;  /* 0: not stored yet */
	bool is_stored; /* and committed, before it went to a reader */
	/* mail */
	uint32_t uidvalidity, uid;
	bool too_large;
	msec_t internaldate; /* where from_start is set, or 0 */
	bool is_old;
	bool is_known; /* stored before: settle it, decide nothing */
	/* left by an earlier run (recover.c) */
	bool is_recovered, is_counted;
	char *vouched_by; /* staff id, or NULL */
	int reads; /* times it was decided when the desk died */
	/* push */
	bool is_push;  /* a gateway waits for its answer, or has */
	void *request; /* NULL: the gateway has hung up */
	int status; /* of the answer */
	char why[160];
	/* poll */
	char *next_cursor;  /* of the answer's header */
	char *asked_cursor; /* with which was asked */
	msec_t asked_since, since;
	int64_t kept; /* row of the raw answer, or 0 */
	bool is_past; /* asked in a way that is no longer used */
	/* what the reader made of it */
	struct answer answer;
	char *failure;
	bool has_killed; /* the reader died over it */
};

struct item_list {
	struct item *first;
	struct item **end;
	size_t count;
};

/* UIDs that the server has flagged, to be remembered. */
struct settled {
	struct settled *next;
	const char *source;
	uint32_t uidvalidity;
	size_t count;
	uint32_t uids[];
};

/* One sender with what the courier knows about it. */
struct lane {
	struct sender *sender;
	bool is_sms;
	int in_flight;
	int failures; /* in a row, of the far side as a whole */
	int unclear;  /* weight of answers that were neither yes nor no, in a row */
	int away;     /* tries in a row that got no answer at all */
	msec_t away_since; /* the first of them; 0: none */
	msec_t rest_until;
	struct arena arena;
	struct out_claim claims[LIMIT_SENDS_IN_FLIGHT];
	int claim_count;
	msec_t claimed_at;
	/* caches of out_next_due() and out_next_old(); -1: ask again */
	msec_t next_due, next_divert;
};

/* What a reader must know of one gateway. */
struct gateway_map {
	struct push_map map;
	char *json;
};

struct receipt_node {
	struct receipt_node *next;
	struct receipt receipt;
	struct lane *lane;
};

struct desk {
	const struct config *conf;
	const struct texts *texts;
	struct store *store;
	struct desk_ports ports;
	struct arena unit; /* one decision */
	struct arena turn; /* one transaction */

	struct item_list arrived; /* mails to be stored */
	struct item_list reading; /* with a reader */
	struct item_list read;    /* to be decided */
	struct settled *settled;
	struct receipt_node *receipts; /* in the order they came */
	struct receipt_node **receipts_end;
	int receipt_count;
	struct lane *lanes;
	size_t lane_count;
	bool has_moved; /* something waits for a sender that is gone */
	struct gateway_map *maps; /* of each conf->sms_channels, as needed */

	uint64_t last_job;
	size_t waiting_bytes; /* without pushes */
	size_t push_count, push_bytes;
	bool is_holding;
	bool is_recovering;
	bool is_winding_down;
	int64_t recover_after;
	int64_t first_new; /* first inbox row of this run; 0: none yet */
	int64_t *again;    /* inbox rows that were taken out of quarantine */
	size_t again_count, again_room;
	msec_t next_timer;   /* cache; -1: ask the store */
	msec_t next_part;    /* cache; -1: ask the store */
	msec_t next_retention; /* 0: nothing is ever forgotten */
	struct round *rounds; /* of every estate; cache of the store */
	size_t round_count;   /* 0: ask the store */
	msec_t next_silent; /* cache of out_next_silent(); -1: ask again */
	int any_down; /* some channel is; cache; -1: ask the store */
};

/* item.c */
void item_list_init(struct item_list *list);
void item_list_add(struct item_list *list, struct item *item);
/* The first one, taken out, or NULL. */
struct item *item_list_take(struct item_list *list);
/* The one with that job, taken out, or NULL. */
struct item *item_list_take_job(struct item_list *list, uint64_t job);
struct item *item_new(
    struct desk *desk, uint32_t kind, const char *source, const char *estate);
void item_free(struct desk *desk, struct item *item);
/* A message in the reader's answer; it borrows from the item and the turn. */
int item_message(struct desk *desk, const struct item *item,
    const json_t *document, struct message *ret, struct err *err) must_check;

/* ingest.c: mails into the inbox, and what the reader made of them decided. */
int ingest_store(struct desk *desk, size_t count, msec_t now, struct err *err)
    must_check;
void ingest_stored(struct desk *desk, size_t count);
int ingest_decide(struct desk *desk, size_t count, msec_t now, struct err *err)
    must_check;
void ingest_decided(struct desk *desk, size_t count);
void ingest_submit(struct desk *desk, struct item *item);

/* recover.c: rows of an earlier run that nobody has decided, and those that
 * desk_read_again() named, go to a reader. */
int ingest_recover(struct desk *desk, struct err *err) must_check;
/* How many of the first `count' results may be decided together, and the mark
 * of those that are. */
size_t recover_portion(const struct desk *desk, size_t count);
int recover_count(struct desk *desk, size_t count, struct err *err) must_check;

/* mailboxes.c: what the server has flagged is remembered. */
int mailboxes_settle(struct desk *desk, struct err *err) must_check;
void mailboxes_settled(struct desk *desk);

/* push_maps.c */
void push_maps_open(struct desk *desk);
void push_maps_close(struct desk *desk);
/* `channel' is one of the configuration's. */
const struct gateway_map *push_map_of(
    struct desk *desk, const struct sms_channel *channel);

/* push.c: pushes and poll answers; push_decide.c: what they say. */
void push_submit(struct desk *desk, struct item *item);
int push_decide(struct desk *desk, struct item *item, msec_t now,
    struct err *err) must_check;
/* After a transaction that failed: pushes that wait to be stored are answered
 * 503 and dropped; their gateway has them and says them again. */
void push_refuse_all(struct desk *desk);

/* sms_parts.c: a part of a long text, in the inbox already: 1 it waits, or was
 * decided with the others, 0 there are too many and it is decided alone, -1.
 * What has waited too long is decided as it is. */
int parts_take(struct desk *desk, const struct input *in, msec_t now,
    struct err *err) must_check;
/* The words of one that is decided alone, with " […]" for what is not there. */
const char *parts_alone(struct desk *desk, const struct message *message);
int parts_run(struct desk *desk, msec_t now, struct err *err) must_check;
msec_t parts_next(struct desk *desk);

/* poll.c: the gateway's inbox, or its reports, cannot be read (`reason') or can
 * again (NULL); where the next look goes on; the raw answer is not needed any
 * more. */
int poll_alarm(struct desk *desk, const struct item *item, const char *reason,
    msec_t now, struct err *err) must_check;
/* After the commit: tells whoever asks. */
void poll_said(struct desk *desk, const struct item *item);
/* An answer that nobody could read: 1, 0, -1. */
int poll_is_worth_keeping(struct desk *desk, const struct item *item,
    msec_t now, struct err *err) must_check;
int poll_settle(struct desk *desk, const struct item *item, struct err *err)
    must_check;
int poll_forget(struct desk *desk, const struct item *item, struct err *err)
    must_check;
/* It lay there before we looked for the first time. */
bool poll_lists_old(const struct desk *desk, const struct item *item,
    const struct message *message);

/* reports.c: news about one of our messages, to be decided.  1 decided, 0 the
 * decision failed and was noted, -1. */
int report_decide(struct desk *desk, const struct report *news, msec_t now,
    struct err *err) must_check;
/* What a gateway's report says, if it is news: as above; also 1 when it is
 * none, or waits for the message that it is about. */
struct gateway_report {
	struct report_name of;
	enum out_state state;
	bool is_optout; /* they want no texts (R53) */
	const char *answer;
};
int report_take(struct desk *desk, const struct gateway_report *report,
    msec_t now, struct err *err) must_check;
/* The gateway's id of a message has become known: reports that came before. */
int report_catch_up(struct desk *desk, const struct report_name *name,
    msec_t now, struct err *err) must_check;

/* decide_message.c: decide a message that is in the inbox; one that cannot be
 * decided becomes one that could not be read. */
int message_decide(struct desk *desk, struct input *in, msec_t now,
    struct err *err) must_check;

/* decision.c: snapshot, decide, apply, in a unit of their own.  1 kept, 0
 * this unit failed and is undone (err says why), -1 the transaction cannot go
 * on. */
int decision_make(struct desk *desk, const struct input *in, msec_t now,
    struct err *err) must_check;

/* A short serial is looked for among the cases of a week (rules.md 3.2). */
#define SERIAL_AGE_MAX (7 * MSEC_DAY)

/* snapshot.c */
int snapshot_load(struct desk *desk, const struct input *in, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err) must_check;
/* snapshot_incident.c: the incident of the case that was found; and what a
 * decision asked for (handlers/decide.h). */
int snapshot_load_incident(struct desk *desk, struct arena *arena,
    struct snapshot *ret, struct err *err) must_check;
int snapshot_look(struct desk *desk, const struct look_up *wanted, msec_t now,
    struct arena *arena, struct snapshot *ret, struct err *err) must_check;

/* courier.c */
int courier_open(struct desk *desk, const struct desk_setup *setup, msec_t now,
    struct err *err) must_check;
void courier_close(struct desk *desk);
void courier_collect(struct desk *desk);
/* Some receipts are there, not yet many, and others may follow at once. */
bool courier_expects_more(const struct desk *desk);
/* courier_settle.c */
int courier_settle(struct desk *desk, msec_t now, struct err *err) must_check;
void courier_settled(struct desk *desk);
int courier_claim(struct desk *desk, msec_t now, struct err *err) must_check;
void courier_start(struct desk *desk);
/* The claims of a transaction that failed were never made. */
void courier_forget(struct desk *desk);
msec_t courier_next(struct desk *desk);
bool courier_is_idle(struct desk *desk, msec_t now);
/* courier_settle.c: at start-up, attempts without a result are unknowns. */
int courier_recover(struct desk *desk, msec_t now, struct err *err) must_check;
/* courier_hold.c: claims that may not leave, at this hour or to this number,
 * are taken out; in the same transaction. */
int courier_hold(struct desk *desk, struct lane *lane, msec_t now,
    struct err *err) must_check;
/* courier_found.c: what the gateway needs to know to tell a text that it may
 * have from others; and a text that it found, but is another one, is none. */
int courier_recall(struct desk *desk, struct lane *lane,
    const struct out_claim *claim, struct send_job *job, struct err *err)
    must_check;
int courier_disown(
    struct desk *desk, struct receipt *receipt, struct err *err) must_check;
/* courier_silent.c: texts without their report go once more or another way;
 * what is urgent does not wait for a gateway that is down. */
int courier_chase(struct desk *desk, msec_t now, struct err *err) must_check;
msec_t courier_next_chase(struct desk *desk);
int courier_divert(struct desk *desk, msec_t now, struct err *err) must_check;
/* When the next urgent text of a lane that rests goes another way; 0: none
 * does before the lane tries again. */
msec_t courier_next_divert(struct desk *desk, struct lane *lane);
/* What fails for the time being is tried again for three days
 * (architecture.md 1.5). */
#define COURIER_GIVE_UP_AFTER (3 * MSEC_DAY)
/* The texts of a lane that rests which are older than that. */
int courier_give_up_old(struct desk *desk, struct lane *lane, msec_t now,
    struct err *err) must_check;
/* One that is queued or without its report is given up, and goes another way
 * if there is one. */
int courier_give_up(struct desk *desk, const struct report *news, msec_t now,
    struct err *err) must_check;
/* courier_moved.c: what is queued for senders that have left the settings is
 * found at start-up and told, and goes in turns. */
int courier_find_moved(struct desk *desk, struct err *err) must_check;
int courier_move(struct desk *desk, msec_t now, struct err *err) must_check;
/* courier_wire.c */
int courier_compose(struct desk *desk, const struct outgoing *out,
    struct buf *wire, struct err *err) must_check;

/* clockwork.c: due timers. */
int clockwork_run(
    struct desk *desk, msec_t now, int *ret_count, struct err *err) must_check;
/* After the commit of a turn in which so many rang. */
void clockwork_done(int count);
msec_t clockwork_next(struct desk *desk);

/* retention.c: what is old enough is forgotten, in small steps (R43). */
void retention_open(struct desk *desk, msec_t now);
int retention_run(struct desk *desk, msec_t now, struct err *err) must_check;
msec_t retention_next(const struct desk *desk);

/* rounds.c: what estates look after by the clock. */
int rounds_open(struct desk *desk, msec_t now, struct err *err) must_check;
int rounds_run(struct desk *desk, msec_t now, struct err *err) must_check;
msec_t rounds_next(struct desk *desk);
/* handovers.c: lists of cases whose people are away or have left.  At start-up
 * those who have left are found; what is due is told in a turn. */
int handovers_find(struct desk *desk, msec_t now, struct err *err) must_check;
int handovers_run(struct desk *desk, msec_t now, struct err *err) must_check;

/* bundles_hold.c: of the notices that a decision asked for, which go by
 * themselves and which wait to be bundled (rules.md 5.33). */
int bundles_hold(struct desk *desk, const struct effects *effects, msec_t now,
    struct err *err) must_check;
/* bundles.c: what has waited goes. */
int bundles_run(struct desk *desk, msec_t now, struct err *err) must_check;

/* wake.c: the store has changed, or was not kept: these ask it again. */
void wake_lane(struct lane *lane);
void wake_courier(struct desk *desk);
void wake_clockwork(struct desk *desk);
void wake_rounds(struct desk *desk);
void wake_alarms(struct desk *desk);
void wake_all(struct desk *desk);

/* alarm.c: a channel went down or came back: the admin is mailed, once. In a
 * transaction. */
struct alarm {
	const char *name;   /* "gateway", "gateway (inbox)" */
	const char *reason; /* NULL: it works again */
	bool is_inbound;    /* we read there; else we send */
	const char *queue;  /* the sender for which messages wait, or NULL */
	bool is_away;       /* no mail goes by that sender itself */
	msec_t since;       /* 0: now */
};
int alarm_channel(struct desk *desk, const struct alarm *alarm, msec_t now,
    struct err *err) must_check;
/* "relay (estate sunshine)": the sender does not take that estate's address. */
const char *alarm_of_address(
    struct arena *arena, const char *sender, const char *estate);
/* At start-up: what was down and has left the settings is not down for ever. */
int alarm_forget_gone(struct desk *desk, msec_t now, struct err *err)
    must_check;

/* note.c: one line for the log, masked. */
void desk_note(struct desk *desk, enum desk_note_kind kind, const char *at,
    const char *fmt, ...) print_fmt(4, 5);

#endif
