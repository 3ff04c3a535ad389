/*
 * err - why something failed, and who has to act.
 *
 * The struct lives on the caller's stack and needs no memory of its own, so
 * it works when memory does not.  Results are untouched on failure, the
 * error is untouched on success.
 */
#ifndef LIB_ERR_H
#define LIB_ERR_H

#include "lib/cleanup.h"

enum err_kind {
	ERR_NONE,
	ERR_TEMP, /* the far side may recover: try again later */
	ERR_PERM, /* the far side refused for good: another way, or a human */
	ERR_DATA, /* the input is malformed or over a cap: quarantine it */
	ERR_CONF, /* the operator must act: credentials, quota, settings */
	ERR_BUG,  /* an invariant broke: roll back and report */
};

struct err {
	enum err_kind kind;
	int sys; /* errno, or 0 */
	char msg[360];
};

/* Fill *err (which may be NULL) and return -1, so that a failure is one line:
 * return err_set(err, ERR_TEMP, "...").  Text is cut at the buffer's end. */
int err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
    print_fmt(3, 4);

/* As err_set, with ": strerror(errno)" appended and errno kept in ->sys. */
int err_sys(struct err *err, enum err_kind kind, const char *fmt, ...)
    print_fmt(3, 4);

/* Put "context: " in front of an error that is already set.  Returns -1. */
int err_wrap(struct err *err, const char *fmt, ...) print_fmt(2, 3);

/* "temporary", "permanent", ... for logs and tables. */
const char *err_kind_name(enum err_kind kind);

#endif
