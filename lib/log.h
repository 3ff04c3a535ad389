/*
 * log - one event, one line, on standard error.
 *
 * Used by daemon/ and cli/ only; everything below returns an error instead.
 * Shape: <syslog level>at=EVENT key=value key="value with spaces".  A value in
 * quotes stands last, and once: quotes and backslashes in it get a backslash.
 * Callers put no address, number or body in clear: see core/mask.
 */
#ifndef LIB_LOG_H
#define LIB_LOG_H

#include "lib/cleanup.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* What is below `level' is not written.  The process's name in the line. */
void log_open(enum log_level level, const char *process);

/* `fmt' makes the key=value list. */
void log_event(enum log_level level, const char *at, const char *fmt, ...)
    print_fmt(3, 4);

#endif
