/*
 * sms_request - one request to a gateway, made from its provider file and
 * signed.
 */
#ifndef CHANNELS_SMS_REQUEST_H
#define CHANNELS_SMS_REQUEST_H

#include "channels/sms_wire.h"
#include "lib/cleanup.h"

struct err;

/* Fill the forms of `request' and sign it.  -1 ERR_PERM when it is too long,
 * ERR_CONF when a value makes a header that is none. */
int sms_wire_make(const struct sms_auth *auth,
    const struct sms_request *request, const struct sms_scope *scope,
    const struct sms_moment *moment, struct sms_wire *ret, struct err *err)
    must_check;

#endif
