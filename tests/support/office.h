/*
 * office - an estate in Shanghai with office hours, Mon-Fri 08:30-12:00 and
 * 13:30-17:30, and the holidays of 2025 and 2026, for tests of what goes by the
 * calendar.
 */
#ifndef TESTS_SUPPORT_OFFICE_H
#define TESTS_SUPPORT_OFFICE_H

#include "core/config.h"
#include "lib/units.h"

extern struct estate office;

/* For a group of tests. */
int office_open(void **state);
int office_close(void **state);

/* "2026-11-23T09:00:00+08:00", or a failed test. */
msec_t office_time(const char *rfc3339);

#endif
