#include "core/case.h"

#include <stddef.h>

#include "core/language.h"
#include "lib/cleanup.h"
#include "lib/text.h"

static const struct {
	const char *code;
	const char *zh;
	const char *en;
} states[CASE_STATE_COUNT] = {
	[CASE_NEW] = { "new", "待受理", "new" },
	[CASE_ACKNOWLEDGED] = { "acknowledged", "已受理", "acknowledged" },
	[CASE_ASSIGNED] = { "assigned", "已转派", "assigned" },
	[CASE_IN_PROGRESS] = { "in_progress", "处理中", "in progress" },
	[CASE_WAITING_OWNER] = { "waiting_owner", "待业主回复",
	    "waiting for the owner" },
	[CASE_WAITING_THIRD_PARTY] = { "waiting_third_party", "待第三方配合",
	    "waiting for a third party" },
	[CASE_RESOLVED] = { "resolved", "已办结", "resolved" },
	[CASE_FED_BACK] = { "fed_back", "结果已反馈", "outcome fed back" },
	[CASE_CLOSED] = { "closed", "已结案", "closed" },
	[CASE_REOPENED] = { "reopened", "已重开", "reopened" },
	[CASE_MERGED] = { "merged", "已并案", "merged" },
	[CASE_WITHDRAWN] = { "withdrawn", "已撤回", "withdrawn" },
	[CASE_SPAM] = { "spam", "垃圾信息", "spam" },
	[CASE_OUT_OF_SCOPE] = { "out_of_scope", "不在受理范围", "out of scope" },
};

const char *
visit_name(enum visit visit)
{
	static const char *const names[VISIT_COUNT] = {
		[VISIT_NONE] = "none",
		[VISIT_ASK] = "ask",
		[VISIT_CALL] = "call",
		[VISIT_ANSWERED] = "answered",
		[VISIT_UNREACHED] = "unreached",
	};

	return names[visit];
}

bool
visit_is_owed(enum visit visit)
{
	return visit == VISIT_ASK || visit == VISIT_CALL;
}

#define TO(state) (1U << (state))

enum {
	TO_SIDE_EXITS = TO(CASE_MERGED) | TO(CASE_WITHDRAWN) | TO(CASE_SPAM) |
	    TO(CASE_OUT_OF_SCOPE),
	TO_WAITING = TO(CASE_WAITING_OWNER) | TO(CASE_WAITING_THIRD_PARTY),
	/* Work can go to another department, rest, or end in an outcome. */
	FROM_WORK = TO(CASE_ASSIGNED) | TO(CASE_IN_PROGRESS) | TO_WAITING |
	    TO(CASE_RESOLVED) | TO_SIDE_EXITS,
};

static const unsigned moves[CASE_STATE_COUNT] = {
	/* Straight to assigned or in progress when nobody may be
	 * acknowledged: an unreadable mail, a brake, a matter that staff
	 * wrote down. */
	[CASE_NEW] = TO(CASE_ACKNOWLEDGED) | TO(CASE_ASSIGNED) |
	    TO(CASE_IN_PROGRESS) | TO_SIDE_EXITS,
	[CASE_ACKNOWLEDGED] = TO(CASE_ASSIGNED) | TO(CASE_IN_PROGRESS) |
	    TO_WAITING | TO_SIDE_EXITS,
	[CASE_ASSIGNED] = TO(CASE_IN_PROGRESS) | TO_WAITING | TO_SIDE_EXITS,
	[CASE_IN_PROGRESS] = FROM_WORK & ~TO(CASE_IN_PROGRESS),
	/* They have answered, and nobody has taken it yet (R6). */
	[CASE_WAITING_OWNER] =
	    (FROM_WORK & ~TO(CASE_WAITING_OWNER)) | TO(CASE_ACKNOWLEDGED),
	[CASE_WAITING_THIRD_PARTY] = FROM_WORK & ~TO(CASE_WAITING_THIRD_PARTY),
	/* Back to work by #undo (rules.md 5.11) or when works remain. */
	[CASE_RESOLVED] = TO(CASE_FED_BACK) | TO(CASE_REOPENED) |
	    TO(CASE_IN_PROGRESS) | TO_WAITING | TO_SIDE_EXITS,
	/* Back to resolved: the outcome bounced later (5.22). */
	[CASE_FED_BACK] = TO(CASE_CLOSED) | TO(CASE_RESOLVED) |
	    TO(CASE_REOPENED) | TO(CASE_MERGED),
	[CASE_CLOSED] = TO(CASE_REOPENED) | TO(CASE_RESOLVED),
	[CASE_REOPENED] = TO(CASE_ASSIGNED) | TO(CASE_IN_PROGRESS) |
	    TO_WAITING | TO_SIDE_EXITS,
	/* #notspam brings it back to where it stood (4.2). */
	[CASE_SPAM] = TO(CASE_NEW) | TO(CASE_ACKNOWLEDGED) |
	    TO(CASE_ASSIGNED) | TO(CASE_IN_PROGRESS) | TO_WAITING |
	    TO(CASE_REOPENED),
	[CASE_WITHDRAWN] = TO(CASE_REOPENED),
	[CASE_OUT_OF_SCOPE] = TO(CASE_REOPENED),
};

const char *
case_state_name(enum case_state state)
{
	return states[state].code;
}

int
case_state_from(const char *name, enum case_state *ret)
{
	if (name == NULL)
		return -1;
	for (int i = 0; i < CASE_STATE_COUNT; i++) {
		if (text_eq(states[i].code, name)) {
			*ret = (enum case_state)i;
			return 0;
		}
	}
	return -1;
}

const char *
case_state_word(enum case_state state, enum language language)
{
	return language_word(language, states[state].zh, states[state].en);
}

bool
case_may_move(enum case_state from, enum case_state to)
{
	return (moves[from] & TO(to)) != 0;
}

bool
case_is_open(enum case_state state)
{
	return state <= CASE_WAITING_THIRD_PARTY || state == CASE_REOPENED;
}

bool
case_is_ended(enum case_state state)
{
	return state == CASE_CLOSED || state >= CASE_MERGED;
}

bool
case_hides_reporter(const struct case_file *file)
{
	return text_eq(file->category, "violation");
}

void
case_words(language_visit *visit, void *arg)
{
	for (size_t i = 0; i < ARRAY_COUNT(states); i++)
		visit(states[i].zh, states[i].en, arg);
}
