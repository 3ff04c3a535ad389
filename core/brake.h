/*
 * brake - bounds on what is sent, whatever loop, flood or bill is behind it
 * (rules.md 5.19, issue 6).
 *
 * Automatic messages to one address have brakes; texts have caps besides, for
 * they cost money and lie on somebody's phone.  What a cap stops goes by mail,
 * becomes a call, or waits; an emergency is stopped by none, but counted.
 */
#ifndef CORE_BRAKE_H
#define CORE_BRAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/config.h"

/* Automatic messages that an address has had (rules.md 5.19). */
struct automatic {
	int in_10min, in_hour, in_day;
};

/* Texts that an owner's number has had in 24 hours. */
struct sms_had {
	int all, of_case;
};

/* What a channel has sent since the estate's midnight. */
struct sms_spent {
	int64_t texts, parts;
};

enum cap {
	CAP_NONE,   /* in a record of what was stopped: a brake did it */
	CAP_NUMBER, /* rules.sms_number_day */
	CAP_CASE,   /* rules.sms_case_day */
	CAP_TEXTS,  /* sms.NAME.day_texts */
	CAP_COST,   /* sms.NAME.day_cost */
	CAP_COUNT
};

/* May one more automatic message go to the address that has had these? */
bool brake_allows(const struct rules *rules, const struct automatic *had);
/* May one more status question be answered (R42)? */
bool brake_allows_status(const struct rules *rules, int asked_in_hour);

/* Which cap is reached, CAP_NONE: one more text may go.  `had' may be NULL: of
 * the channel alone, as for staff. */
enum cap cap_reached(const struct rules *rules,
    const struct sms_channel *channel, const struct sms_had *had,
    const struct sms_spent *spent);
/* It stops everybody's texts, not one person's. */
bool cap_is_of_channel(enum cap cap);
const char *cap_name(enum cap cap);

#endif
