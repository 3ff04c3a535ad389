/*
 * trust - may this mail be taken for its From (rules.md 4.3.4, 5.12, 5.42).
 *
 * Leans on the Authentication-Results (RFC 8601) that our own receiving
 * server wrote: those whose authserv-id is the estate's.  Others prove
 * nothing and are not looked at.
 */
#ifndef CORE_TRUST_H
#define CORE_TRUST_H

#include "core/config.h"
#include "core/message.h"

enum trust {
	TRUST_FAILED,  /* a method failed, or a staff domain without a result */
	TRUST_UNKNOWN, /* nothing to go by */
	TRUST_PASSED,
};

enum trust trust_of(
    const struct estate *estate, const struct message *message);

#endif
