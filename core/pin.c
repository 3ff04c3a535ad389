#include "core/pin.h"

#include "lib/digest.h"
#include "lib/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

_Static_assert(PIN_HASH_BYTES == SHA256_BYTES, "a hash is one SHA-256");

/* Room for a name and a number; a longer name counts by its beginning. */
enum { SEED_BYTES = 256 };

static void
mac(const struct config *conf, const void *data, size_t len,
    uint8_t ret[SHA256_BYTES])
{
	digest_hmac_sha256(
	    conf->token_key, sizeof(conf->token_key), data, len, ret);
}

static void
hash(const struct config *conf, const char *staff, const char *word,
    const uint8_t salt[PIN_SALT_BYTES], uint8_t ret[PIN_HASH_BYTES])
{
	char seed[PIN_SALT_BYTES + SEED_BYTES];
	int len;

	memcpy(seed, salt, PIN_SALT_BYTES);
	len = snprintf(
	    seed + PIN_SALT_BYTES, SEED_BYTES, "pin %s %s", word, staff);
	if (len >= SEED_BYTES)
		len = SEED_BYTES - 1;
	mac(conf, seed, PIN_SALT_BYTES + (size_t)len, ret);
}

bool
pin_has_form(const char *word)
{
	size_t len = strspn(word, "0123456789");

	return word[len] == '\0' && len >= PIN_MIN && len <= PIN_MAX;
}

void
pin_make(const struct config *conf, const char *staff, const char *word,
    int64_t seed, struct pin *ret)
{
	uint8_t whole[SHA256_BYTES];
	char text[SEED_BYTES];
	int len = snprintf(
	    text, sizeof(text), "pin salt %" PRId64 " %s", seed, staff);

	if ((size_t)len >= sizeof(text))
		len = sizeof(text) - 1;
	mac(conf, text, (size_t)len, whole);
	*ret = (struct pin){ .is_set = true };
	memcpy(ret->salt, whole, PIN_SALT_BYTES);
	hash(conf, staff, word, ret->salt, ret->hash);
}

bool
pin_fits(const struct config *conf, const struct staff *staff,
    const struct pin *pin, const char *word)
{
	uint8_t mine[PIN_HASH_BYTES];

	if (text_is_empty(word))
		return false;
	if (pin == NULL || !pin->is_set)
		return !text_is_empty(staff->pin) && text_eq(word, staff->pin);
	hash(conf, staff->id, word, pin->salt, mine);
	return digest_eq(mine, pin->hash, PIN_HASH_BYTES);
}

bool
pin_is_locked(const int64_t *wrong, size_t count, msec_t now)
{
	for (size_t i = 0; i + PIN_WRONG_MAX <= count; i++)
		if (wrong[i] > now - PIN_LOCK &&
		    wrong[i] - wrong[i + PIN_WRONG_MAX - 1] <= PIN_WRONG_SPAN)
			return true;
	return false;
}
