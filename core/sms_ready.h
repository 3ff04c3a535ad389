/*
 * sms_ready - what a text of ours becomes on a channel: the words that leave
 * are those that are on record.
 */
#ifndef CORE_SMS_READY_H
#define CORE_SMS_READY_H

#include <stdbool.h>

struct arena;
struct estate;
struct sms_channel;

/* Signed (core/sms_signature.h) and folded (core/sms_fold.h), nothing cut. */
const char *sms_ready(const struct sms_channel *channel,
    const struct estate *estate, const char *text, struct arena *arena);

/* Whether it is that already, and not too long: it may have been made for
 * another channel. */
bool sms_is_ready(const struct sms_channel *channel,
    const struct estate *estate, const char *text, struct arena *arena);

#endif
