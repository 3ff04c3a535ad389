/*
 * sms_parts - parts of long texts that wait for the others.
 *
 * Each is a row of the inbox already; here stands what joins them.
 */
#ifndef STORE_SMS_PARTS_H
#define STORE_SMS_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "lib/cleanup.h"
#include "lib/units.h"

struct arena;
struct err;
struct store;

struct sms_part {
	int64_t inbox;
	const char *source;
	const char *sender, *recipient;
	unsigned ref, count, number; /* count and number as in core/message.h */
	const char *text;
	msec_t due; /* handed over then, with the others or without */
};

/* 1 added, 0 that number of that text waits already, -1. */
int sms_part_add(struct store *store, const struct sms_part *part,
    struct err *err) must_check;
/* The parts of the same text as `like', by number; the count, or -1. */
int sms_part_group(struct store *store, const struct sms_part *like,
    struct arena *arena, struct sms_part *ret, int max, struct err *err)
    must_check;
int sms_part_drop(struct store *store, const struct sms_part *like,
    struct err *err) must_check;
/* One whose time has come: 1, 0 none, -1. */
int sms_part_due(struct store *store, msec_t now, struct arena *arena,
    struct sms_part *ret, struct err *err) must_check;
/* When the next one is due; 0: none waits. */
msec_t sms_part_next(struct store *store);
int64_t sms_part_waiting(struct store *store);

#endif
