/*
 * template_params - what fills a template that an SMS gateway keeps.
 */
#ifndef HANDLERS_TEMPLATE_PARAMS_H
#define HANDLERS_TEMPLATE_PARAMS_H

#include "handlers/work.h"

struct sms_channel;

/* A JSON object of texts, in the order of the settings, for our text `kind' to
 * the person `to_name'; NULL where the channel sends texts.  In the arena of
 * the work. */
const char *template_params(struct work *work,
    const struct sms_channel *channel, const char *kind, const char *to_name);

#endif
