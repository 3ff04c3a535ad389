/*
 * brake - bounds on automatic messages to one address, whatever loop or
 * flood is behind them (rules.md 5.19).
 */
#ifndef CORE_BRAKE_H
#define CORE_BRAKE_H

#include <stdbool.h>

#include "core/config.h"
#include "core/snapshot.h"

/* May one more automatic message go to the address that has had these? */
bool brake_allows(const struct rules *rules, const struct automatic *had);
/* May one more status question be answered (R42)? */
bool brake_allows_status(
    const struct rules *rules, const struct sender_view *sender);

#endif
