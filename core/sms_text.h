/*
 * sms_text - how many parts a text costs and how it must be coded
 * (sms.md C, rules.md 2.10; 3GPP TS 23.038).
 */
#ifndef CORE_SMS_TEXT_H
#define CORE_SMS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* How the texts of a channel are counted. */
struct sms_counting {
	/* As mainland China does (sms.md C): a character is one, ASCII too, 70
	 * alone and 67 in each part of a longer text, 500 at the most.  An
	 * emoji is two, for a part carries UTF-16. */
	bool is_mainland;
	/* What the gateway puts in front by itself as 【...】; or NULL.  It
	 * counts, and stands in none of our texts. */
	const char *signature;
	unsigned max_parts;
};

struct sms_size {
	bool is_gsm7; /* how it is coded */
	size_t units; /* septets, or UTF-16 units */
	size_t parts;
};

/* `text' is UTF-8. A part never ends inside an escape, a surrogate pair or a
 * grapheme, unless that is longer than a part. */
struct sms_size sms_text_size(
    const struct sms_counting *counting, const char *text);
/* Within max_parts, and in mainland China within 500 characters? */
bool sms_text_fits(const struct sms_counting *counting, const char *text);
/* The longest beginning of `text' that fits, ended by an ellipsis when
 * something was cut; within the arena. */
const char *sms_text_fit(const struct sms_counting *counting, const char *text,
    struct arena *arena);

/* Septets of one character, 0 when GSM 7 bit cannot say it. */
size_t sms_gsm_units(uint32_t character);

#endif
