/*
 * sms_cost - what each of our texts costs on each channel, with sample data
 * (core/text_sample.h).
 */
#ifndef CORE_SMS_COST_H
#define CORE_SMS_COST_H

#include <stdbool.h>
#include <stdint.h>

#include "core/sms_text.h"
#include "core/vocabulary.h"
#include "lib/cleanup.h"

struct config;
struct err;
struct estate;
struct sms_channel;
struct sms_template;
struct texts;

struct sms_cost {
	const struct sms_channel *channel;
	const struct estate *estate; /* the one where it is longest */
	const char *name;	     /* of the text */
	enum language language;
	/* Where the gateway sends templates only: its own one, or NULL: the
	 * text does not go. */
	const struct sms_template *template;
	const char *text; /* as it leaves; NULL: the wording is not known */
	struct sms_size size;
	bool fits;
};

typedef void sms_cost_visit(const struct sms_cost *cost, void *arg);

/* By channel, language and text; a channel that no estate has is passed over.
 * What the visitor gets is its own until it returns.  -1 as texts_render(). */
int sms_costs(const struct config *conf, const struct texts *texts,
    sms_cost_visit *visit, void *arg, struct err *err) must_check;

/* "0.09", "0.045": millionths of a currency, two places at the least.  The
 * caller's buffer. */
enum { SMS_PRICE_BYTES = 32 };
const char *sms_price_words(int64_t millionths, char ret[SMS_PRICE_BYTES]);
/* So many parts in the currency of the channel, or NULL when its price is not
 * said. */
const char *sms_cost_price(
    const struct sms_cost *cost, char ret[SMS_PRICE_BYTES]);

#endif
