/*
 * sms_job - the values of one text for the forms of a provider file.
 */
#ifndef CHANNELS_SMS_JOB_H
#define CHANNELS_SMS_JOB_H

#include "channels/send_queue.h"
#include "channels/sms_form.h"
#include "channels/sms_form.h"
#include "core/sms_text.h"

struct sms_channel;

/* Everything is in the arena; `outer' must live as long.  -1 ERR_CONF when the
 * channel sends templates only and has none for this text. */
int sms_job_scope(const struct sms_channel *channel,
    const struct sms_scope *outer, const struct queued_job *job,
    int64_t now_seconds, struct arena *arena, struct sms_scope *ret,
    struct err *err) must_check;

/* The names that it gives, with those of sms_channel_scope(), for checking
 * forms; their texts are "". */
extern const struct sms_scope sms_job_names;
/* The same of a request that polls: since, cursor, limit, now (sms_poller.c).
 */
extern const struct sms_scope sms_poll_names;

#endif
