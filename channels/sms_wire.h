/*
 * sms_wire - one HTTP request to a gateway as it will stand on the wire, and
 * the signatures that some gateways want on it.
 */
#ifndef CHANNELS_SMS_WIRE_H
#define CHANNELS_SMS_WIRE_H

#include <stdint.h>

#include "channels/sms_form.h"
#include "lib/buf.h"

struct sms_wire {
	enum sms_method method;
	struct buf url;
	struct buf body;
	struct buf headers;        /* "Name: text\n" each */
	const char *broken_header; /* one whose text would end it, or NULL */
};
void sms_wire_init(struct sms_wire *wire);
void sms_wire_done(struct sms_wire *wire);
void sms_wire_header(struct sms_wire *wire, const char *name, const char *text);

/* What a signature takes from outside: tests give both. */
struct sms_moment {
	int64_t seconds;   /* Unix time */
	const char *nonce; /* NULL: a random one */
};

/* sms_sign.c: adds the headers (or the query field) that `auth' wants; its
 * forms are filled from `scope'. */
void sms_sign(const struct sms_auth *auth, const struct sms_scope *scope,
    const struct sms_moment *moment, struct sms_wire *wire);
/* sms_sign_cloud.c: TC3-HMAC-SHA256 of Tencent Cloud and ACS3-HMAC-SHA256 of
 * Alibaba Cloud (sms.md B.3, B.4). */
void sms_sign_tc3(const char *id, const char *key, const char *service,
    const struct sms_moment *moment, struct sms_wire *wire);
void sms_sign_acs3(const char *id, const char *key,
    const struct sms_moment *moment, struct sms_wire *wire);

#endif
