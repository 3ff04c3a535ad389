/*
 * zones - time zones of the machine, for tests.
 */
#ifndef TESTS_SUPPORT_ZONES_H
#define TESTS_SUPPORT_ZONES_H

#include "core/zone.h"

/* The zone of /usr/share/zoneinfo, or a failed test. */
struct zone *zones_open(const char *name);
/* UTC+8 without any file. */
struct zone *zones_china(void);

#endif
