/*
 * tone - what a short message comes down to (rules.md 2.7, 4.3.3, R27,
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
/* Says that it is not fixed, or objects to what we wrote: 没修好, 还是漏, "still
 * leaking", 师傅根本没来过, "I do not agree". */
bool tone_is_not_fixed(const char *text, struct arena *arena);
/* A number and no more: 6, 10分, "3.5 stars". */
bool tone_is_number(const char *text, struct arena *arena);
/* A machine's answer by its own words: 我正在休假, "I am out of the office". */
bool tone_is_out_of_office(const char *text, struct arena *arena);
/* Yes to a question of ours: Y, "yes please", 是, 确认. */
bool tone_is_yes(const char *text, struct arena *arena);
/* No to one: N, no, 否, 不, 不用. */
bool tone_is_no(const char *text, struct arena *arena);
/* Yes to "do you mean to withdraw it?": the same, and "yes, withdraw it". */
bool tone_confirms_withdrawal(const char *text, struct arena *arena);
/* The answer of a member of staff to an alert: "1", "01", "1 0007", 1接单, "1
 * thanks", 收到, 接单; what may stand behind the 1 or 收到 is a case's number, a
 * PIN and such words.  rules.md 4.4. */
bool tone_takes_alert(const char *text, struct arena *arena);
/* Those of them that may be said of anything: 收到, got it. */
bool tone_is_receipt(const char *text, struct arena *arena);

#endif
