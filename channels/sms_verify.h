/*
 * sms_verify - is a push from the gateway?
 *
 * The secret in the path is compared elsewhere (daemon/http); this is what the
 * provider file wants besides: an address, a login, a signature.  Nothing that
 * is not proven yet is parsed but a form that is signed field by field, and
 * that only into names and values.
 */
#ifndef CHANNELS_SMS_VERIFY_H
#define CHANNELS_SMS_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/sms_provider.h"
#include "lib/buf.h"

struct arena;
struct sms_channel;

struct push_facts {
	bool is_report;
	const char *address;      /* of the far side, as text */
	const char *forwarded;    /* the last X-Forwarded-For, or NULL */
	const char *content_type; /* or NULL */
	struct bytes body;
	const char *raw_query;        /* as it came, without "?"; or NULL */
	const struct sms_pair *query; /* the same decoded, in order */
	size_t query_count;
	bool is_query_cut; /* there is more than `query' shows */
	int64_t now_seconds;
	/* A header, or NULL. */
	const char *(*header)(void *self, const char *name);
	void *self;
};

bool sms_push_is_genuine(
    const struct sms_channel *channel, const struct push_facts *facts);

/* What Twilio writes into X-Twilio-Signature for a form that goes to `url'
 * (sms.md B.2).  False: it does not sign all of the form. */
bool sms_twilio_sign(const char *key, const char *url, struct bytes form,
    struct arena *arena, struct buf *ret);

#endif
