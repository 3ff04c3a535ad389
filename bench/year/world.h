/*
 * world - what the files of the year share: who lives there, what is going
 * to happen, and what the desk sent.
 */
#ifndef BENCH_YEAR_WORLD_H
#define BENCH_YEAR_WORLD_H

#include "bench/year/year.h"
#include "core/config.h"
#include "core/outgoing.h"
#include "core/ports.h"
#include "desk/desk.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"

#include <stdbool.h>

struct store;
struct texts;
struct watch;
struct words;
struct world;

/* One message of ours in somebody's hand. */
struct letter {
	out_id out;
	case_id case_id;
	enum channel channel;
	char template_name[32];
	char reply_to[160];
	char message_id[120];
	char subject[256];
	char number[24];  /* of the case, "" when it names none */
	char address[80]; /* it went to */
};

/* Marked by its number in name, phone and mail: see watch.c. */
struct household {
	char name[32], phone[24], mail[40];
	char building[16], unit[16], room[16];
	bool is_english, has_mail, has_phone, likes_mail;
	bool is_unreachable; /* their mailbox is full, their phone is off */
	struct letter last;  /* what they heard last about a case */
};

struct errand {
	msec_t at;
	uint64_t order; /* what is planned first happens first */
	void (*happen)(struct world *world, const struct errand *plan);
	int who;           /* household, or place in conf->staff */
	const char *words; /* borrowed */
	struct letter letter;
	int64_t attempt;
	int result; /* enum fate */
	int life;   /* of the desk, when it was planned */
	struct fake *fake;
};

/* A sender: what becomes of what it takes is diced. */
struct fake {
	struct sender sender;
	struct world *world;
	bool is_sms;
	msec_t down_until; /* the whole far side */
	struct receipt ready[256];
	size_t ready_count;
};

struct world {
	struct year_setup setup;
	year_complain *complain;
	void *arg;
	struct year_figures figures;
	uint64_t dice;
	msec_t begin, now, end;
	struct config *conf;
	const struct estate *estate;
	struct texts *texts;
	struct store *store;
	struct desk *desk;
	int life; /* how often the desk was started */
	struct fake fakes[2];
	struct household *households;
	int registered; /* the others are in no register */
	struct words *words;
	struct watch *watch;
	struct errand **plans; /* a heap */
	size_t plan_count, plan_room;
	uint64_t planned;
	uint32_t uid;
	uint64_t texts_in;
	int64_t arrived; /* by mail or by push */
	int recent[64];  /* households that have heard of a case */
	size_t recent_count;
	struct buf again;   /* the last mail, for those that come twice */
	struct arena arena; /* of the whole year */
};

/* dice.c */
uint64_t dice(struct world *world);
int dice_below(struct world *world, int limit);
bool dice_permille(struct world *world, int permille);
/* Between those two spans, evenly. */
msec_t dice_time(struct world *world, msec_t least, msec_t most);
#define DICE_PICK(world, list) \
	(list)[dice_below((world), (int)ARRAY_COUNT(list))]

/* plans.c: takes a copy. */
void plan_add(struct world *world, msec_t at, const struct errand *plan);
/* The earliest, or NULL; the caller frees it. */
struct errand *plan_take(struct world *world, msec_t until);
msec_t plan_next(const struct world *world);
void plans_free(struct world *world);

/* words.c: what people say. */
enum say {
	SAY_EMERGENCY,
	SAY_MATTER,
	SAY_SMALL,
	SAY_SPAM,
	SAY_KINDS,
};
struct words *words_load(const char *path, struct err *err);
void words_free(struct words **words);
const char *words_say(struct world *world, enum say kind);

/* people.c */
int people_make(struct world *world, struct err *err) must_check;
/* Which household this text names by name, phone or mail, from *at on: its
 * number, and *at behind the mark; -1: none. */
int people_find_mark(const char **at);
/* The household that this address belongs to, or -1. */
int people_of(const char *address);

/* post.c: how a message gets to the desk. */
struct mail {
	const char *from;
	const char *to; /* NULL: the desk's mailbox */
	const char *subject;
	const char *headers; /* whole lines, or NULL */
	const char *text;
	bool has_photo;
	const struct letter *answers; /* or NULL */
};
void post_mail(struct world *world, const struct mail *mail);
void post_raw(struct world *world, const char *raw, size_t len, bool too_large);
void post_again(struct world *world);
void post_text(struct world *world, const char *from, const char *text);
void post_report(
    struct world *world, out_id out, int64_t attempt, bool delivered);
void post_bounce(struct world *world, const struct letter *letter);

/* What was not written by staff and is no report. */
int64_t post_count(const struct world *world);

/* owners.c, staff.c */
void owners_plan_year(struct world *world);
/* The number of some case that an owner has heard of lately. */
const char *owners_some_number(struct world *world);
void owners_hear(struct world *world, const struct letter *letter);
void staff_hear(struct world *world, const struct staff *staff,
    const struct letter *letter);

/* senders.c */
void senders_make(struct world *world);
void senders_forget(struct world *world);
void senders_plan_outages(struct world *world);

/* watch.c: what is decided and what leaves is held against the rules. */
struct watch *watch_new(void);
void watch_free(struct watch **watch);
void watch_decided(
    struct world *world, const struct input *in, const struct effects *effects);
void watch_leaves(struct world *world, const struct outgoing *out);
bool watch_is_open(const struct world *world, case_id id);
void watch_note(struct world *world, const char *text);
/* Nobody has waited too long without a word (R14). */
void watch_silence(struct world *world);
void watch_complain(struct world *world, const char *rule, const char *number,
    const char *fmt, ...) print_fmt(4, 5);

/* Local time as "2026-01-04 10:00" and the like, by strftime's letters that
 * are needed: see dice.c. */
const char *world_day(struct world *world, msec_t at, char ret[64]);
int world_minute(const struct world *world, msec_t at); /* of the local day */

#endif
