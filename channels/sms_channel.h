/*
 * sms_channel - what a channel gives to the forms of its provider file, and
 * what of it is nobody's business.
 */
#ifndef CHANNELS_SMS_CHANNEL_H
#define CHANNELS_SMS_CHANNEL_H

#include <stdbool.h>

#include "channels/sms_form.h"

struct arena;
struct buf;
struct sms_channel;

/* The values that are the same for every message of a channel: url, user,
 * password, number ("from"), report_url, and what `values' of its provider
 * names.  The list is the caller's arena's. */
struct sms_scope sms_channel_scope(
    const struct sms_channel *channel, struct arena *arena);
/* Their names without those of `values', for checking forms. */
extern const struct sms_scope sms_channel_names;
/* The channel's secrets must not be told to anybody: `text', or a sentence
 * when it holds one. */
const char *sms_without_secrets(
    const struct sms_channel *channel, const char *text);

/* Where the gateway reaches us: public_url/sms/NAME/SECRET/mo or /dlr. */
void sms_push_url(
    const struct sms_channel *channel, bool is_report, struct buf *ret);

#endif
