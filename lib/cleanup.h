/*
 * cleanup - the few compiler attributes that this program uses.
 *
 * scoped(f): call f(&variable) when the variable leaves its scope, so that an
 * early return is safe.  must_check: ignoring the result is an error.
 */
#ifndef LIB_CLEANUP_H
#define LIB_CLEANUP_H

#define scoped(function)      __attribute__((cleanup(function)))
#define must_check            __attribute__((warn_unused_result))
#define print_fmt(fmt, first) __attribute__((format(printf, fmt, first)))

#define ARRAY_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
