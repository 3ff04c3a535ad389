/*
 * tone - what a short follow-up of an owner comes down to (rules.md 4.3.3,
 * R39).
 */
#ifndef CORE_TONE_H
#define CORE_TONE_H

#include <stdbool.h>

struct arena;

/* Nothing but thanks or "got it": 谢谢, 好的收到, "ok thanks". */
bool tone_is_thanks(const char *text, struct arena *arena);
/* Nothing but that it works, with or without thanks: "it works now, thanks",
 * 谢谢,已修好. */
bool tone_is_satisfied(const char *text, struct arena *arena);
/* Says that it is not fixed: 没修好, 还是漏, "still leaking". */
bool tone_is_not_fixed(const char *text, struct arena *arena);
/* Yes to a question of ours: Y, yes, 是, 确认. */
bool tone_is_yes(const char *text, struct arena *arena);

#endif
