/*
 * survey - whom we ask how it was, and what their answer is (R34-R38).
 *
 * Chance is a hash of a seed and a key: the same seed gives the same people,
 * whoever looks afterwards.
 */
#ifndef CORE_SURVEY_H
#define CORE_SURVEY_H

#include "core/case.h"
#include "core/config.h"

#include <stdbool.h>
#include <stdint.h>

/* A number that only the seed and the key decide, spread evenly. */
uint64_t survey_rank(const char *seed, const char *key);

/* What a case with an outcome owes its owner (R34, rules.md 2.3): a complaint,
 * and what is major, always; a repair as its number is drawn; danger and a low
 * rating a person's call.  Enquiries, suggestions and praise have had their
 * answer. */
enum visit survey_visit(
    const struct rules *rules, const struct case_file *file);
/* Is its owner asked for a rating by mail or text (rules.md 5.22)? */
bool survey_asks_rating(const struct case_file *file);
/* 0..99, for the record: below rules.followup_repair_percent it is drawn. */
unsigned survey_draw(const struct rules *rules, const char *number);

/* A score at which a person looks at it (R39). */
bool survey_is_low(int score);

/* Words beside a score that want something more (R38); `ret_rest' is the text
 * without the score. */
bool survey_asks_more(const char *text, int score, const char **ret_rest);

/* ---- the monthly sample (R35, R37) ---- */

struct arena;

#define SURVEY_GENERAL "general"
#define SURVEY_REPAIR  "repair"
enum { SURVEY_WANT_MAX = 500 };

/* So many of `households' are asked: rules.survey_percent, at least
 * rules.survey_min. */
size_t survey_want(const struct rules *rules, int64_t households);
/* The seed of the draw of that month. */
const char *survey_seed(const struct rules *rules, const struct estate *estate,
    msec_t at, struct arena *arena);
/* What that month is about: "general", "repair" or the code of a category. */
const char *survey_scope(
    const struct rules *rules, const struct estate *estate, msec_t at);

/* The lowest ranks so far, at most `want': what is drawn from a stream of any
 * length with memory for the few. */
struct survey_pick {
	struct survey_picked {
		uint64_t rank;
		int64_t owner;
	} list[SURVEY_WANT_MAX];
	size_t count, want;
};

bool survey_pick_wants(const struct survey_pick *pick, uint64_t rank);
void survey_pick_take(struct survey_pick *pick, uint64_t rank, int64_t owner);

/* A draw, as it is kept. */
struct survey_draw {
	const char *estate, *scope, *seed;
	int64_t households; /* of the register */
	const struct survey_picked *list;
	size_t count;
};

/* A question to one person.  id 0: there is none. */
struct survey {
	int64_t id;
	int64_t owner;
	const char *scope;
	msec_t asked_at;  /* 0: not yet */
	bool asked_again; /* their number was no score */
};

/* What became of it.  Zero what stays as it is. */
struct survey_news {
	int64_t id;
	msec_t asked_at;
	const char *address; /* "": nobody could be reached */
	bool asked_again;
	msec_t answered_at;
	enum channel channel; /* of the answer */
	int score;
	const char *text;
	case_id opened;
};

/* What became of surveys and home visits, for the weekly meeting (R31). */
struct survey_week {
	int asked, answered;   /* of those asked in these weeks */
	int scored, satisfied; /* 4 or 5 */
	int calls_overdue;     /* return visits by phone (R34), now */
	int visits_due;        /* proposed, and not yet made or declined */
	int visits_done, visits_declined; /* in these weeks */
};

#endif
