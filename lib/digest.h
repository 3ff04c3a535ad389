/*
 * digest - hashes, message authentication, random bytes and their spellings.
 *
 * Owner of GnuTLS's crypto functions; TLS itself is in channels/tls.
 */
#ifndef LIB_DIGEST_H
#define LIB_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/cleanup.h"

#define SHA256_BYTES 32
#define SHA256_HEX   (2 * SHA256_BYTES + 1)

void digest_sha256(const void *data, size_t len, uint8_t ret[SHA256_BYTES]);
void digest_hmac_sha256(const void *key, size_t key_len, const void *data,
    size_t len, uint8_t ret[SHA256_BYTES]);

/* Others that gateways sign with; all but SHA-256 only because they do. */
enum digest_kind { DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA256, DIGEST_SHA512 };
enum { DIGEST_BYTES_MAX = 64 };
/* Each returns how many bytes it wrote. */
size_t digest_hash(enum digest_kind kind, const void *data, size_t len,
    uint8_t ret[DIGEST_BYTES_MAX]);
size_t digest_hmac(enum digest_kind kind, const void *key, size_t key_len,
    const void *data, size_t len, uint8_t ret[DIGEST_BYTES_MAX]);

/* Lower-case hexadecimal; `ret' has room for 2 * len + 1. */
void digest_hex(const uint8_t *data, size_t len, char *ret);
/* Read `len' bytes back from exactly 2 * len digits of either case: 0, or -1
 * and `ret' half written. */
int digest_unhex(const char *hex, uint8_t *ret, size_t len) must_check;
/* RFC 4648 base 32 without padding, lower case: fits the local part of an
 * address whose case a relay may change.  `ret' has room for
 * len * 8 / 5 + 2. */
void digest_base32(const uint8_t *data, size_t len, char *ret);

/* From the kernel; ends the process when it has none. */
void digest_random(void *ret, size_t len);
/* Takes the same time whatever differs. */
bool digest_eq(const void *a, const void *b, size_t len);
/* The same for a text that a stranger gives (NULL: none) and a secret; not
 * even a length can be felt out. */
bool digest_eq_text(const char *given, const char *secret);

#endif
