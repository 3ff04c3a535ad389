/*
 * stage - the engine between fake surroundings, for tests: a real store in a
 * file, the demo estate, a reader of our own and two senders that say what
 * the test wants.  Notices are not bundled, unless the test sets
 * rules.notices.  What leaves the desk is written down in the order in which it
 * left, and nothing may leave inside a transaction.
 */
#ifndef TESTS_SUPPORT_STAGE_H
#define TESTS_SUPPORT_STAGE_H

#include "core/ports.h"
#include "desk/desk.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "tests/support/store_fixture.h"

struct config;
struct sms_channel;
struct sms_provider;
struct texts;

enum { STAGE_SENT_MAX = 256, STAGE_JOBS_MAX = 256, STAGE_RELAY = 0, STAGE_GATEWAY };

enum stage_reader {
	STAGE_READS,   /* at once, as the real one does */
	STAGE_WAITS,   /* keeps the job for stage_read_all() */
	STAGE_DIES,    /* over each message */
	STAGE_BABBLES, /* answers no JSON */
	STAGE_SAYS_NOTHING, /* answers an empty object */
};

/* One message that a sender was given. */
struct stage_sent {
	out_id out;
	int64_t attempt;
	msec_t created_at; /* of the row */
	int lane;
	char to[80];
	char template_name[40];
	char message_id[120];
	char wire_id[120]; /* the Message-ID on the wire */
	char text[2000];
	const char *wire; /* a mail as it went out */
	char others[80]; /* ids of other texts that went along: "SM1 SM2" */
	msec_t first_at;
	bool is_answered;
};

struct stage_lane {
	struct sender sender;
	struct stage *stage;
	int number;
	bool by_hand;	/* no answer but by stage_answer() */
	bool is_broken; /* start() fails */
	struct receipt ready[STAGE_SENT_MAX];
	size_t ready_count;
};

struct stage {
	struct fixture *fixture;
	struct config *conf;
	struct texts *texts;
	struct desk *desk;
	msec_t now;
	struct buf log; /* "settle desk 7:1,2; answer 200; ..." */
	enum stage_reader reader;
	msec_t internaldate; /* of the mails to come; 0: not told */
	struct desk_read jobs[STAGE_JOBS_MAX];
	size_t job_count;
	int reads;
	struct stage_sent sent[STAGE_SENT_MAX];
	size_t sent_count;
	struct stage_lane lanes[2];
	int status; /* of the last answer to a push */
	char why[200];
};

/* For cmocka. */
int stage_setup(void **state);
int stage_teardown(void **state);

/* What `fill' leaves on a stage of its own, as a file: the store of a test of the
 * program.  For main(): 0 or 1. */
int stage_save(const char *path, void (*fill)(struct stage *stage));

/* The desk stops as a killed one does, or starts. */
void stage_stop(struct stage *stage);
void stage_start(struct stage *stage);

/* A whole mail from this address, in room that the next call overwrites. */
const char *stage_letter(const char *from, const char *id, const char *text);
void stage_mail(struct stage *stage, uint32_t uidvalidity, uint32_t uid,
    const char *raw, bool too_large);
/* The query of a Kannel push as JSON. */
void stage_push(struct stage *stage, bool is_report, const char *query);

/* Turns until there is nothing to do; must succeed. */
void stage_turns(struct stage *stage);
void stage_turns_at(struct stage *stage, msec_t now);
/* One turn that must fail. */
void stage_turn_fails(struct stage *stage);
/* Answer the jobs that STAGE_WAITS kept. */
void stage_read_all(struct stage *stage);

/* The last message to this address that was given to a sender, or NULL. */
struct stage_sent *stage_last(struct stage *stage, const char *to);
size_t stage_sent_to(const struct stage *stage, const char *to);
/* How often it was of that template; the text of the last, or "". */
size_t stage_told(
    const struct stage *stage, const char *to, const char *template_name);
const char *stage_told_text(
    const struct stage *stage, const char *to, const char *template_name);
/* The HTML part of a mail, decoded (RFC 2045 6.7); to be freed. */
char *stage_html(const char *wire);
/* This is the answer of the far side; out and attempt are filled in. */
void stage_answer(
    struct stage *stage, struct stage_sent *sent, struct receipt receipt);

/* No sender answers but by these. */
void stage_by_hand(struct stage *stage);
/* The answer of the far side, and the turns after it. */
void stage_settle(
    struct stage *stage, struct stage_sent *sent, struct receipt receipt);
/* The same for whatever is in flight: how many. */
size_t stage_settle_all(struct stage *stage, struct receipt receipt);
/* Whatever is in flight is accepted, but this row. */
void stage_accept_others(struct stage *stage, out_id but);

struct out_status stage_status(struct stage *stage, out_id out);
int64_t stage_cases(struct stage *stage);
struct inbox_row stage_inbox(struct stage *stage, int64_t id);
void stage_forget_log(struct stage *stage);
/* What happened since it was last forgotten is this, or has it in it. */
void expect_log(struct stage *stage, const char *wanted);
bool log_has(const struct stage *stage, const char *words);

/* stage_texts.c.  A complaint of 黄丽, known by her number. */
void stage_text(struct stage *stage, const char *id);
/* What somebody texts, and the turns after it. */
void stage_say(
    struct stage *stage, const char *id, const char *from, const char *text);
/* A report of one of our texts, in Kannel's numbers, and the turns after it; by
 * our name of the text, and by this one. */
void stage_report(struct stage *stage, const struct stage_sent *sent, int type);
void stage_report_of(struct stage *stage, const char *id, int type);
/* The acknowledgement of what this owner wrote, in flight, and nothing else. */
struct stage_sent *stage_mail_in_flight(struct stage *stage, const char *from);
struct stage_sent *stage_text_in_flight(
    struct stage *stage, const char *from, const char *text);
/* The gateway's settings, to be changed; and its provider's, of its own from
 * now on. */
struct sms_channel *stage_gateway(struct stage *stage);
struct sms_provider *stage_provider(struct stage *stage);

/* Past the desk, such as a trigger that makes the store refuse something. */
void stage_sql(struct stage *stage, const char *sql);

/* stage_ports.c: what the desk is given. */
void stage_ports(struct stage *stage, struct desk_ports *ret);
void stage_sender(struct stage *stage, int number, const char *name);

/* The disk is full: the file may not grow, until `full' is false. */
void stage_disk(struct stage *stage, bool full);

#endif
