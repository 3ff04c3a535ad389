/*
 * sms_wire - one HTTP request to a gateway, made from its provider file, and
 * the signatures that some gateways want on it.
 */
#ifndef CHANNELS_SMS_WIRE_H
#define CHANNELS_SMS_WIRE_H

#include <stdint.h>

#include "channels/sms_form.h"
#include "lib/buf.h"
#include "lib/cleanup.h"

struct err;
struct sms_channel;

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

/* The values that are the same for every message of a channel: url, user,
 * password, number ("from"), report_url, and what `values' of its provider
 * names.  The list is the caller's arena's. */
struct arena;
struct sms_scope sms_channel_scope(
    const struct sms_channel *channel, struct arena *arena);
/* Their names without those of `values', for checking forms. */
extern const struct sms_scope sms_channel_names;
/* The channel's secrets must not be told to anybody: `text', or a sentence
 * when it holds one. */
const char *sms_without_secrets(
    const struct sms_channel *channel, const char *text);

/* Fill the forms of `request' and sign it.  -1 ERR_PERM when it is too long,
 * ERR_CONF when a value makes a header that is none. */
int sms_wire_make(const struct sms_auth *auth,
    const struct sms_request *request, const struct sms_scope *scope,
    const struct sms_moment *moment, struct sms_wire *ret, struct err *err)
    must_check;

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
