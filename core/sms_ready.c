#include "core/sms_ready.h"

#include "core/config.h"
#include "core/sms_fold.h"
#include "core/sms_signature.h"
#include "core/sms_text.h"
#include "lib/arena.h"
#include "lib/text.h"

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

/* sms_signature_put() leaves the signature of another sender as it is. */
static bool
is_signed_right(
    const struct sms_channel *channel, const char *text, struct arena *arena)
{
	if (channel->signature == NULL || channel->counting.signature != NULL)
		return true;
	return text_starts(text,
	    arena_join(arena,
		(const char *[]){ "【", channel->signature, "】" }, 3));
}

bool
sms_is_ready(const struct sms_channel *channel, const struct estate *estate,
    const char *text, struct arena *arena)
{
	return is_signed_right(channel, text, arena) &&
	       text_eq(sms_ready(channel, estate, text, arena), text) &&
	       sms_text_fits(&channel->counting, text);
}
