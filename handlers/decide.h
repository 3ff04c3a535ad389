/*
 * decide - a pure function says what should happen.
 *
 * Everything it may know is in its arguments: no clock, no I/O, no globals,
 * no memory outside the arena of `out'.  The handlers are small files in one
 * ordered table (registry.c); the first that matches decides.
 */
#ifndef HANDLERS_DECIDE_H
#define HANDLERS_DECIDE_H

#include "core/effect.h"
#include "core/input.h"
#include "core/snapshot.h"
#include "lib/cleanup.h"

struct err;
struct texts;

struct decide_ctx {
	msec_t now;
	const struct config *conf;
	const struct texts *texts;
};

/* 0, or -1 with ERR_BUG or ERR_DATA: then nothing of `out' may be used.
 * 1: the same, and the decision wants to be made again with what
 * out->wanted names in `before' (looked). */
int decide(const struct decide_ctx *ctx, const struct input *in,
    const struct snapshot *before, struct effects *out,
    struct err *err) must_check;

#endif
