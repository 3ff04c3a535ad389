/*
 * sms_verify_parts - one push under examination, and what the verifiers share.
 */
#ifndef CHANNELS_SMS_VERIFY_PARTS_H
#define CHANNELS_SMS_VERIFY_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channels/sms_verify.h"
#include "lib/digest.h"

#define VERIFY_URL_MAX       ((size_t)8 * 1024)
#define VERIFY_SIGNATURE_MAX ((size_t)2 * DIGEST_BYTES_MAX)

struct verifying {
	const struct sms_channel *channel;
	const struct sms_verify *verify;
	const struct push_facts *facts;
	const char *user; /* "" where nobody said one */
	const char *key;  /* never empty */
	struct arena *arena;
};

/* A header, or NULL. */
const char *verify_header(const struct verifying *v, const char *name);
bool verify_is_form(const struct push_facts *facts);
bool verify_is_json(const struct push_facts *facts);
/* Unix seconds within the skew that is allowed; any where none is set. */
bool verify_is_now(const struct verifying *v, int64_t seconds);
/* The same of a text, which must be such a number. */
bool verify_is_now_text(const struct verifying *v, const char *seconds);
/* HMAC with the key by the provider's hash. The count of bytes. */
size_t verify_hmac_of(const struct verifying *v, const char *data, size_t len,
    uint8_t ret[DIGEST_BYTES_MAX]);

/* The address that the push went to, as the far side knows it: with its query
 * as it came.  NULL where it is over VERIFY_URL_MAX: less of it would be
 * compared than is read.  Try the second one too, see verify_other_port(). */
const char *verify_url(const struct verifying *v);
/* The same address with its port where it has none, and without it where it
 * has the usual one: who signs may see either. */
const char *verify_other_port(const char *url, struct arena *arena);

/* The verifiers that have a file of their own. */
bool verify_twilio(const struct verifying *v); /* sms.md B.2 */
bool verify_vonage(const struct verifying *v); /* sms.md B.6 */
/* A JSON Web Token (RFC 7519) with url_hash and payload_hash: MessageBird. */
bool verify_jwt(const struct verifying *v);

#endif
