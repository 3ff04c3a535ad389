/*
 * questions - what somebody was asked about a case and has not answered yet
 * (#ask, R21, rules.md 5.13).
 *
 * The case's story is the record: `asked' opens a question to the person in
 * its reason, `answered' by that person closes all that they were asked, and
 * an outcome or a reopening makes the rest moot.
 */
#ifndef HANDLERS_QUESTIONS_H
#define HANDLERS_QUESTIONS_H

#include "handlers/work.h"

struct question {
	const char *to; /* staff id */
	const char *asker;
	const char *text;
	msec_t at;
	msec_t due;
};

enum { QUESTIONS_MAX = 8 };

/* Open questions, this decision's included, oldest first; one a person, with
 * the words asked last. */
size_t questions_open(
    const struct work *work, struct question ret[QUESTIONS_MAX]);

/* When a question asked at `at' must be answered, and when the asked is
 * reminded of it. */
msec_t questions_due(const struct work *work, msec_t at);
msec_t questions_remind_at(const struct work *work, msec_t at);

/* Set the timer to what comes next for any open question, or stop it. */
void questions_set_timer(struct work *work);

#endif
