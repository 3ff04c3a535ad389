/*
 * directory - who lives where and how to reach them.
 *
 * Owners are rows of the store (`shouwen import'); staff are configuration
 * (core/config.h).
 */
#ifndef CORE_DIRECTORY_H
#define CORE_DIRECTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/place.h"
#include "core/vocabulary.h"

struct owner {
	int64_t id; /* 0: not known */
	const char *estate;
	const char *name;
	struct place home;
	const char *mail;  /* lower case, or NULL */
	const char *phone; /* E.164, or NULL */
	enum language language;
	bool is_tenant;
	bool is_elderly;
	bool is_confirmed; /* false: named a flat by themselves (rules.md 5.39) */
	bool sms_opted_out;
	bool survey_opted_out;
};

/* The last word about texts to a number, or surveys to a mailbox (R53). */
struct opt_out {
	const char *address;
	enum channel channel;
	const char *account; /* mailbox or gateway that it came by */
	bool is_out;
	int64_t refused; /* outbox row that the gateway would not send; or 0 */
};

#endif
