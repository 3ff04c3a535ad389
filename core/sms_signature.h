/*
 * sms_signature - the one 【signature】 that a text in mainland China begins
 * with (sms.md C).
 *
 * The carriers know the sender by it, and refuse a text without, or with
 * another one.  Clouds put it there themselves; other gateways want it in the
 * text.
 */
#ifndef CORE_SMS_SIGNATURE_H
#define CORE_SMS_SIGNATURE_H

#include <stdbool.h>

struct arena;
struct estate;
struct sms_channel;

/* Without brackets: 2 to 20 characters, of one line.  (Alibaba and Tencent
 * approve 2 to 12; operators more.) */
bool sms_signature_is_valid(const char *signature);

/* `text' as the channel wants it, within the arena: begun by its signature,
 * in place of the estate's own one that our templates begin with; without any
 * where the gateway puts it.  One that begins with another 【...】 is not
 * signed twice.  Channels without a signature change nothing. */
const char *sms_signature_put(const struct sms_channel *channel,
    const struct estate *estate, const char *text, struct arena *arena);

#endif
