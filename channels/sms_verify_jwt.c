/*
 * A JSON Web Token in a header (RFC 7515, 7519), as MessageBird signs its
 * pushes: HMAC over claims that hold the hashes of address and body.
 *
 * The token says itself how it is signed; nobody asks it.  Its claims are
 * parsed only when the signature is the gateway's.
 */
#include <string.h>

#include "channels/sms_verify_parts.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/json.h"
#include "lib/text.h"

/* RFC 4648 5, without padding. */
static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static const char *
base64url(const uint8_t *data, size_t len, struct arena *arena)
{
	char *ret = arena_alloc(arena, len * 4 / 3 + 3), *at = ret;
	unsigned bits = 0, held = 0;

	for (size_t i = 0; i < len; i++) {
		held = held << 8 | data[i];
		for (bits += 8; bits >= 6; bits -= 6)
			*at++ = digits[held >> (bits - 6) & 63];
	}
	if (bits > 0)
		*at++ = digits[held << (6 - bits) & 63];
	*at = '\0';
	return ret;
}

static struct bytes
from_base64url(const char *text, size_t len, struct arena *arena)
{
	char *ret = arena_alloc(arena, len + 1);
	unsigned bits = 0, held = 0;
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		const char *digit = strchr(digits, text[i]);

		if (digit == NULL || *digit == '\0')
			break;
		held = held << 6 | (unsigned)(digit - digits);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			ret[used++] = (char)(held >> bits & 255);
		}
	}
	return (struct bytes){ ret, used };
}

/* The claims of a token with a good signature, or NULL. */
static json_t *
claims_of(const struct verifying *v)
{
	const char *token = text_or(verify_header(v, v->verify->header), "");
	const char *claims, *signature;
	uint8_t digest[DIGEST_BYTES_MAX];
	struct bytes plain;
	size_t len;

	if (text_starts_nocase(token, "Bearer "))
		token += strlen("Bearer ");
	claims = strchr(token, '.');
	signature = claims == NULL ? NULL : strchr(claims + 1, '.');
	if (signature == NULL)
		return NULL;
	len = verify_hmac_of(v, token, (size_t)(signature - token), digest);
	if (!digest_eq_text(signature + 1, base64url(digest, len, v->arena)))
		return NULL;
	claims++;
	plain = from_base64url(claims, (size_t)(signature - claims), v->arena);
	return json_from(plain.data, plain.len, NULL);
}

static bool
is_hash_of(const char *hash, const char *data, size_t len)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX];

	digest_sha256(data, len, digest);
	digest_hex(digest, sizeof(digest), hex);
	return digest_eq_text(hash, hex);
}

static bool
is_this_address(const struct verifying *v, const char *hash)
{
	const char *url = verify_url(v);
	const char *other;

	if (url == NULL)
		return false;
	other = verify_other_port(url, v->arena);
	return is_hash_of(hash, url, strlen(url)) ||
	       is_hash_of(hash, other, strlen(other));
}

/* RFC 7519 4.1.4, 4.1.5: from and until, give or take the skew. */
static bool
is_in_time(const struct verifying *v, const json_t *claims)
{
	int64_t now = v->facts->now_seconds;
	int64_t until = json_int(claims, "exp", 0);
	int64_t from = json_int(claims, "nbf", json_int(claims, "iat", now));

	return (until > now || verify_is_now(v, until)) &&
	       (from < now || verify_is_now(v, from));
}

bool
verify_jwt(const struct verifying *v)
{
	json_t *claims scoped(json_release) = claims_of(v);
	const char *hash = json_text(claims, "payload_hash");
	struct bytes body = v->facts->body;

	return claims != NULL && is_in_time(v, claims) &&
	       is_this_address(v, json_text(claims, "url_hash")) &&
	       ((hash == NULL && body.len == 0) ||
		   is_hash_of(hash, body.data, body.len));
}
