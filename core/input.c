#include "core/input.h"

#include <stddef.h>

#include "lib/text.h"

static const char *const names[TIMER_KIND_COUNT] = {
	[TIMER_TAKE] = "take",
	[TIMER_DISPATCH] = "dispatch",
	[TIMER_REPLY] = "reply",
	[TIMER_OUTCOME] = "outcome",
	[TIMER_PROMISE] = "promise",
	[TIMER_NEWS] = "news",
	[TIMER_ALERT] = "alert",
	[TIMER_CALL] = "call",
	[TIMER_CLARIFY] = "clarify",
	[TIMER_RATING] = "rating",
	[TIMER_CLOSE] = "close",
	[TIMER_AFTER_REPORT] = "after_report",
	[TIMER_ESCALATION] = "escalation",
	[TIMER_FEEDBACK] = "feedback",
	[TIMER_CALLBACK] = "callback",
	[TIMER_ASK] = "ask",
	[TIMER_INCIDENT] = "incident",
	[TIMER_VISIT] = "visit",
};

const char *
timer_kind_name(enum timer_kind kind)
{
	return names[kind];
}

int
timer_kind_from(const char *name, enum timer_kind *ret)
{
	if (name == NULL)
		return -1;
	for (int i = 0; i < TIMER_KIND_COUNT; i++) {
		if (text_eq(names[i], name)) {
			*ret = (enum timer_kind)i;
			return 0;
		}
	}
	return -1;
}
