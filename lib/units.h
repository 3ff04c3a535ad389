/*
 * units - numbers that must not be mixed up.
 */
#ifndef LIB_UNITS_H
#define LIB_UNITS_H

#include <stdint.h>

/* An instant: milliseconds since 1970-01-01T00:00:00Z.  0 means "none". */
typedef int64_t msec_t;

/* A monotonic instant, for time-outs only; never stored.  A struct, so that
 * it cannot be taken for wall time. */
typedef struct {
	int64_t ms;
} mono_t;

#define MSEC_SECOND ((msec_t)1000)
#define MSEC_MINUTE (60 * MSEC_SECOND)
#define MSEC_HOUR   (60 * MSEC_MINUTE)
#define MSEC_DAY    (24 * MSEC_HOUR)

#endif
