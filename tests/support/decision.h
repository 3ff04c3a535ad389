/*
 * decision - one decide() with everything around it: the demo estate, a
 * snapshot to fill in, and questions to what came out.
 */
#ifndef TESTS_SUPPORT_DECISION_H
#define TESTS_SUPPORT_DECISION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/effect.h"
#include "core/input.h"
#include "core/message.h"
#include "core/snapshot.h"
#include "handlers/decide.h"
#include "lib/arena.h"

struct decision {
	struct arena arena;
	struct decide_ctx ctx;
	struct snapshot before;
	struct message message;
	struct input in;
	struct effects out;
	struct snapshot_event events[16];
};

/* Group set-up and tear-down: the demo configuration and its texts. */
int decision_world(void **state);
int decision_world_end(void **state);

/* A fresh decision on Monday 2026-11-23, 10:00 in Shanghai, a working day;
 * nothing is known. */
void decision_init(struct decision *d);
void decision_done(struct decision *d);
/* Its configuration, a copy to be changed. */
struct config *decision_conf(struct decision *d);
msec_t decision_time(const char *rfc3339);

/* What comes in. */
void decision_mail(struct decision *d, const char *from, const char *own);
void decision_sms(struct decision *d, const char *from, const char *own);
void decision_timer(struct decision *d, enum timer_kind kind, int step);
void decision_report(struct decision *d, enum out_state state);
/* A staff member answers our mail of that kind about the case. */
void decision_staff(struct decision *d, const char *staff,
    enum reply_kind kind, const char *own);

/* All of it at once: they answer the mail with the matter, and that is
 * decided. */
void decision_answer(struct decision *d, enum case_state state,
    const char *staff, const char *own);

/* What is known: a normal request of wang about plumbing, first responder
 * lin, in that state; and who the sender is. */
void decision_case(struct decision *d, enum case_state state);
void decision_owner(struct decision *d);
void decision_event(struct decision *d, const char *name, const char *actor,
    int level, msec_t at);

/* Staff wrote that to the owner at `at', and it waits for #undo. */
void decision_held(struct decision *d, const char *template_name, msec_t at);

/* 0 or fails the test. */
void decision_run(struct decision *d);

/* What came out.  NULL: nothing of it. */
const struct event *event_of(const struct decision *d, const char *name);
int event_count(const struct decision *d, const char *name);
const struct outgoing *sent(
    const struct decision *d, const char *name, const char *to);
/* The confirmation to whoever wrote says that. */
bool transcript_has(const struct decision *d, const char *words);
int sent_count(const struct decision *d, const char *name);
const struct case_file *case_after(const struct decision *d);
const struct timer *timer_after(
    const struct decision *d, enum timer_kind kind);
bool timer_stopped(const struct decision *d, enum timer_kind kind);
const char *bin_of(const struct decision *d);
/* The first of that kind, or NULL. */
const struct effect *effect_of(
    const struct decision *d, enum effect_kind kind);

#endif
