/*
 * sms_half - characters that were cut where a long text was cut.
 *
 * A character beyond U+FFFF is two units of UTF-16, and a phone may send one
 * at the end of a part and the other at the beginning of the next.  Until the
 * parts are joined each half stands as a mark: a character of plane 16, which
 * is for private use.
 */
#ifndef CORE_SMS_HALF_H
#define CORE_SMS_HALF_H

#include <stdbool.h>

#include "lib/cleanup.h"

struct arena;

bool sms_half_is_first(unsigned unit); /* of the two */
bool sms_half_is_second(unsigned unit);
/* The mark of either, as text. */
const char *sms_half_mark(unsigned unit, struct arena *arena);
/* Two marks that belong together become their character, and one that is alone
 * U+FFFD. */
const char *sms_half_join(const char *text, struct arena *arena);

#endif
