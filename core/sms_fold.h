/*
 * sms_fold - typographic characters as plain ones, where that makes a text
 * cheaper.
 *
 * One curly quote makes a text UCS-2, with room for 70 characters instead of
 * 160 (sms.md C).
 */
#ifndef CORE_SMS_FOLD_H
#define CORE_SMS_FOLD_H

struct arena;
struct sms_counting;

/* `text' with quotes, dashes, dots, spaces and full-width forms as GSM 7 bit
 * has them, within the arena, when all of it becomes GSM 7 bit and no longer
 * by that; else `text' itself, and so with all Chinese. */
const char *sms_fold(const struct sms_counting *counting, const char *text,
    struct arena *arena);

#endif
