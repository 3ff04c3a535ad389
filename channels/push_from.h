/*
 * push_from - the addresses that may push (the setting push_from).
 */
#ifndef CHANNELS_PUSH_FROM_H
#define CHANNELS_PUSH_FROM_H

#include <stdbool.h>

/* "192.0.2.7", "192.0.2.0/24", "2001:db8::7" or "2001:db8::/32". */
bool push_from_is_valid(const char *address);

/* `list' ends with NULL; NULL or an empty one allows all.  `address' is the
 * far side's, `forwarded' the last X-Forwarded-For or NULL. */
bool push_from_allows(
    const char *const *list, const char *address, const char *forwarded);

#endif
