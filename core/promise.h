/*
 * promise - the times that a staff text names to an owner (R11b).
 *
 * A time that an owner reads is a promise and must be a recorded due.  Only
 * days, clocks and spans count (rules.md 2.9: 11月24日, 25号, 明天, 下周一,
 * 下午3点, 9:30, 三天内, next Monday); what lies behind tells what was done.
 */
#ifndef CORE_PROMISE_H
#define CORE_PROMISE_H

#include "core/config.h"
#include "lib/units.h"

struct arena;

enum promise {
	PROMISE_NONE,
	PROMISE_CLEAR,	 /* one time: *ret_at */
	PROMISE_UNCLEAR, /* two, or one that cannot be read surely */
};

/* `*ret_words': the first words that are not clear, in the arena. */
enum promise promise_find(const struct estate *estate, msec_t now,
    const char *text, struct arena *arena, msec_t *ret_at,
    const char **ret_words);

#endif
