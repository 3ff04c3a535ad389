/*
 * chain - inside of the store: how an event is hashed.
 *
 * Shared by who writes events (events.c) and who checks them (audit.c).
 */
#ifndef STORE_CHAIN_H
#define STORE_CHAIN_H

#include "core/case.h"
#include "lib/buf.h"
#include "lib/digest.h"
#include "lib/units.h"

#include <stdint.h>

/* One row as it is hashed. */
struct link {
	int64_t id;
	case_id case_id;
	msec_t at;
	const char *name;
	const char *state;
	const char *actor;
	int64_t level;
	const char *reason;
	int64_t inbox;
	int64_t out;
	struct bytes text_digest; /* empty: the event has no text */
};

/* The chain of this row after `before'.  `scratch' is overwritten; when it is
 * over its ceiling the hash means nothing. */
void chain_link(struct buf *scratch, const uint8_t before[SHA256_BYTES],
    const struct link *link, uint8_t ret[SHA256_BYTES]);
void chain_text(struct buf *scratch, struct bytes salt, const char *text,
    uint8_t ret[SHA256_BYTES]);

#endif
