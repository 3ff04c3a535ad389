#include "core/sms_ready.h"

#include "core/config.h"
#include "core/sms_fold.h"
#include "core/sms_signature.h"

const char *
sms_ready(const struct sms_channel *channel, const struct estate *estate,
    const char *text, struct arena *arena)
{
	const char *signed_text =
	    sms_signature_put(channel, estate, text, arena);

	return channel->folds
		   ? sms_fold(&channel->counting, signed_text, arena)
		   : signed_text;
}
