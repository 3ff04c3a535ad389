#include "lib/digest.h"

#include <string.h>

#include <gnutls/crypto.h>
#include <stdlib.h>
#include <sys/random.h>

#include "lib/text.h"

void
digest_sha256(const void *data, size_t len, uint8_t ret[SHA256_BYTES])
{
	if (gnutls_hash_fast(GNUTLS_DIG_SHA256, data, len, ret) < 0)
		abort();
}

void
digest_hmac_sha256(const void *key, size_t key_len, const void *data,
    size_t len, uint8_t ret[SHA256_BYTES])
{
	if (gnutls_hmac_fast(
		GNUTLS_MAC_SHA256, key, key_len, data, len, ret) < 0)
		abort();
}

static const struct {
	gnutls_digest_algorithm_t hash;
	gnutls_mac_algorithm_t mac;
} algorithms[] = {
	[DIGEST_MD5] = { GNUTLS_DIG_MD5, GNUTLS_MAC_MD5 },
	[DIGEST_SHA1] = { GNUTLS_DIG_SHA1, GNUTLS_MAC_SHA1 },
	[DIGEST_SHA256] = { GNUTLS_DIG_SHA256, GNUTLS_MAC_SHA256 },
	[DIGEST_SHA512] = { GNUTLS_DIG_SHA512, GNUTLS_MAC_SHA512 },
};

size_t
digest_hash(enum digest_kind kind, const void *data, size_t len,
    uint8_t ret[DIGEST_BYTES_MAX])
{
	if (gnutls_hash_fast(algorithms[kind].hash, data, len, ret) < 0)
		abort();
	return gnutls_hash_get_len(algorithms[kind].hash);
}

size_t
digest_hmac(enum digest_kind kind, const void *key, size_t key_len,
    const void *data, size_t len, uint8_t ret[DIGEST_BYTES_MAX])
{
	if (gnutls_hmac_fast(
		algorithms[kind].mac, key, key_len, data, len, ret) < 0)
		abort();
	return gnutls_hmac_get_len(algorithms[kind].mac);
}

void
digest_hex(const uint8_t *data, size_t len, char *ret)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		*ret++ = digits[data[i] >> 4];
		*ret++ = digits[data[i] & 15];
	}
	*ret = '\0';
}

int
digest_unhex(const char *hex, uint8_t *ret, size_t len)
{
	if (strlen(hex) != 2 * len)
		return -1;
	for (size_t i = 0; i < len; i++) {
		int high = text_hex_value(hex[2 * i]);
		int low = text_hex_value(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return -1;
		ret[i] = (uint8_t)(high << 4 | low);
	}
	return 0;
}

void
digest_base32(const uint8_t *data, size_t len, char *ret)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned bits = 0, held = 0;

	for (size_t i = 0; i < len; i++) {
		held = (held << 8) | data[i];
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			*ret++ = digits[(held >> bits) & 31];
		}
	}
	if (bits > 0)
		*ret++ = digits[(held << (5 - bits)) & 31];
	*ret = '\0';
}

void
digest_random(void *ret, size_t len)
{
	if (getrandom(ret, len, 0) != (ssize_t)len)
		abort();
}

bool
digest_eq(const void *a, const void *b, size_t len)
{
	const unsigned char *x = a, *y = b;
	unsigned differ = 0;

	for (size_t i = 0; i < len; i++)
		differ |= x[i] ^ y[i];
	return differ == 0;
}

bool
digest_eq_text(const char *given, const char *secret)
{
	uint8_t a[SHA256_BYTES], b[SHA256_BYTES];

	if (given == NULL)
		return false;
	digest_sha256(given, strlen(given), a);
	digest_sha256(secret, strlen(secret), b);
	return digest_eq(a, b, sizeof(a));
}
