/*
 * pin - the PIN of a staff member (rules.md 4.3.4, 5.12, 5.40).
 *
 * The one of the settings holds until the person sets their own with #pin;
 * from then on only that one does.  It is kept as HMAC-SHA256 over a salt and
 * the PIN with the desk's own key, so the store alone does not give it away:
 * four digits would be tried out in no time.
 */
#ifndef CORE_PIN_H
#define CORE_PIN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/config.h"

enum { PIN_SALT_BYTES = 16, PIN_HASH_BYTES = 32 };
enum { PIN_MIN = 4, PIN_MAX = 8 }; /* digits */

struct pin {
	bool is_set; /* false: that of the settings */
	uint8_t salt[PIN_SALT_BYTES];
	uint8_t hash[PIN_HASH_BYTES];
};

/* Digits, as many as a PIN has. */
bool pin_has_form(const char *word);
/* A new one.  `seed' differs each time; the salt is made of it and of the
 * key. */
void pin_make(const struct config *conf, const char *staff, const char *word,
    int64_t seed, struct pin *ret);
/* Is `word' the person's PIN?  `pin' may be NULL: none was set. */
bool pin_fits(const struct config *conf, const struct staff *staff,
    const struct pin *pin, const char *word);

/* Wrong PINs by text: so many within PIN_WRONG_SPAN, and none counts for
 * PIN_LOCK after the last of them.  While that lasts no further one is
 * counted. */
enum { PIN_WRONG_MAX = 5, PIN_WRONG_SEEN = 16 };
#define PIN_WRONG_SPAN (30 * MSEC_MINUTE)
#define PIN_LOCK       MSEC_HOUR

/* When they were given, newest first. */
bool pin_is_locked(const int64_t *wrong, size_t count, msec_t now);

#endif
