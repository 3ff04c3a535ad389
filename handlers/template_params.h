/*
 * template_params - what fills a template that an SMS gateway keeps.
 */
#ifndef HANDLERS_TEMPLATE_PARAMS_H
#define HANDLERS_TEMPLATE_PARAMS_H

#include "handlers/work.h"

struct outgoing;
struct sms_channel;

/* What fills the gateway's template for the text `out->template_name': a JSON
 * object in the order of the settings.  Where the wording is known, that is
 * `out->text', for it is what leaves.  Nothing where the channel sends texts.
 * In the arena of the work. */
void template_fill(struct work *work, const struct sms_channel *channel,
    struct outgoing *out);

#endif
