/*
 * sms_look_up - is a text of unknown fate there?  What a gateway's answer to
 * that means.
 */
#ifndef CHANNELS_SMS_LOOK_UP_H
#define CHANNELS_SMS_LOOK_UP_H

#include "core/ports.h"
#include "core/sms_provider.h"
#include "lib/buf.h"

/* What we know of the text that is looked for. */
struct sms_sought {
	const char *same; /* must stand at unknown.same_at */
	msec_t first_at;  /* our first attempt: nothing older is it */
	/* What the gateway calls other texts: NULL-terminated, or NULL. */
	const char *const *others;
};

enum sms_looked_up { SMS_IS_THERE, SMS_IS_ABSENT, SMS_IS_UNCLEAR };
/* SMS_IS_THERE sets ->provider_id.  Of several that may be it, it is the one
 * nearest to our first attempt, or the first where they have no times. */
enum sms_looked_up sms_look_up_judge(const struct sms_unknown *unknown,
    int status, const struct buf *body, const struct sms_sought *sought,
    struct receipt *ret);

#endif
