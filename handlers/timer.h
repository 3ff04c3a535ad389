/*
 * timer - one small function for each kind of timer; timer.c has their
 * table.
 *
 * A timer may ring when its reason is gone: each function looks first.
 */
#ifndef HANDLERS_TIMER_H
#define HANDLERS_TIMER_H

#include "handlers/sentences.h"
#include "handlers/work.h"

/* A sentence in the language of the first responder, who reads it. */
const char *timer_say(const struct work *work, enum sentence which);

/* timer_duty.c: take, dispatch, reply, outcome, promise (R26) */
void timer_duty(struct work *work);

/* timer_owner.c: what the owner hears or is asked (R14, R34, 5.22) */
void timer_news(struct work *work);
void timer_rating(struct work *work);
void timer_close(struct work *work);

/* timer_staff.c: alarms, calls, debts (R24, R5, R6, R25, R27,
 * R13) */
void timer_alert(struct work *work);
void timer_call(struct work *work);
void timer_clarify(struct work *work);
void timer_after_report(struct work *work);
void timer_escalation(struct work *work);
void timer_feedback(struct work *work);

/* visit.c: somebody calls (R34) */
void timer_visit(struct work *work);

/* callback.c: who asked to be called (4.4) */
void timer_callback(struct work *work);

/* timer_ask.c: questions to colleagues (R21) */
void timer_ask(struct work *work);

/* incident_words.c: one fault of several households (R41) */
void timer_incident(struct work *work);

#endif
