/*
 * home_visit - a call at an owner's door, one or two a year (R36).
 *
 * The desk proposes, the owner says when it suits them, staff go and tell how
 * it was.  Staff call one by its number: V12.
 */
#ifndef CORE_HOME_VISIT_H
#define CORE_HOME_VISIT_H

#include "core/directory.h"
#include "core/vocabulary.h"
#include "lib/units.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HOME_VISITS_MAX = 50 }; /* that one round proposes */

enum home_visit_state {
	HOME_VISIT_PROPOSED,
	HOME_VISIT_ANSWERED, /* the owner has said when */
	HOME_VISIT_DONE,
	HOME_VISIT_DECLINED, /* does not count */
	HOME_VISIT_STATE_COUNT
};

/* Why a household is proposed, the most pressing first. */
enum home_visit_reason {
	HOME_VISIT_LOW_RATING,
	HOME_VISIT_REPEATED, /* complained twice within a year */
	HOME_VISIT_ELDERLY,
	HOME_VISIT_NEVER, /* nobody has been there yet */
	HOME_VISIT_REASON_COUNT
};

const char *home_visit_state_name(enum home_visit_state state);
const char *home_visit_reason_name(enum home_visit_reason reason);
const char *home_visit_reason_word(
    enum home_visit_reason reason, enum language language);

struct home_visit {
	int64_t id; /* 0: there is none */
	enum home_visit_state state;
	enum home_visit_reason reason;
	int year; /* of the estate's calendar */
	struct owner owner;
};

/* What became of it. */
struct home_visit_news {
	int64_t id;
	enum home_visit_state state;
	const char *staff; /* who went; NULL: the owner's word */
	int score;         /* 0: none */
	const char *text;
};

/* The number that a text names, "V12"; 0: none. */
int64_t home_visit_number(const char *text);
/* "V12 5 what they said" apart: the score, or 0, and the words. */
const char *home_visit_result(const char *text, int *ret_score);
/* Nothing but that they want no visit, or that there was none: 不用了,谢谢;
 * "no thanks"; 家里没人. */
bool home_visit_is_declined(const char *text);

#endif
