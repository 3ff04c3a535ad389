/*
 * fault - a reader that a mail has taken over, for the tests.
 *
 * Only in builds with -DCRASH_POINTS: SHOUWEN_READER_FAULT=open, socket, hang,
 * memory or crash makes the reader do that when a mail holds the words
 * SHOUWEN-FAULT.  In a normal build it is nothing at all.
 */
#ifndef READER_FAULT_H
#define READER_FAULT_H

#include <stddef.h>

#ifdef CRASH_POINTS
void fault_maybe(const char *raw, size_t len);
#else
static inline void
fault_maybe(const char *raw, size_t len)
{
	(void)raw;
	(void)len;
}
#endif

#endif
