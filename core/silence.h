/*
 * silence - how long a text may go without a report of its gateway.
 *
 * Rules 5.38: one of unknown fate waits for minutes.  One that was accepted
 * waits for hours, by the settings of its channel, because phones are
 * switched off.  In an emergency neither waits long.
 */
#ifndef CORE_SILENCE_H
#define CORE_SILENCE_H

#include "core/outgoing.h"

struct config;
struct sms_channel;

/* By when a report is due of a text that comes into this state now; 0: none
 * is waited for (a mail, a channel without reports, any other state). */
msec_t silence_until(const struct config *conf, const struct outgoing *out,
    enum out_state state, msec_t now);
/* How long an urgent text of this channel may wait to be handed over. */
msec_t silence_urgent_wait(const struct sms_channel *sms);
/* From when on an urgent text that could not be handed over goes another way,
 * whatever ails its gateway; 0: it has no such time. */
msec_t silence_urgent_until(
    const struct config *conf, const struct outgoing *out);

#endif
