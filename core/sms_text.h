/*
 * sms_text - how many parts a text costs and how it must be coded
 * (sms.md C, rules.md 2.10; 3GPP TS 23.038).
 */
#ifndef CORE_SMS_TEXT_H
#define CORE_SMS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct sms_size {
	bool is_gsm7;
	size_t units; /* septets or UTF-16 units */
	size_t parts;
};

/* `text' is UTF-8. A part never ends inside an escape, a surrogate pair or a
 * grapheme. */
struct sms_size sms_text_size(const char *text);
/* The longest beginning of `text' that fits `parts', ended by an ellipsis
 * when something was cut. */
const char *sms_text_fit(const char *text, size_t parts, struct arena *arena);

#endif
