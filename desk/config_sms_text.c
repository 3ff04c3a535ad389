/*
 * How the texts of an SMS channel are counted and signed.
 */
#include "channels/sms_channel.h"
#include "core/config.h"
#include "core/sms_signature.h"
#include "desk/config_parts.h"
#include "lib/text.h"

enum { SIGNATURE_BYTES = 256 };

/* What the gateway puts in front. */
static const char *
gateway_signature(struct reading *reading, const struct sms_channel *channel)
{
	struct arena *arena = &reading->loaded->arena;
	struct sms_scope scope = sms_channel_scope(channel, arena);
	struct buf text scoped(buf_done) = { 0 };

	if (channel->provider->signature == NULL)
		return NULL;
	buf_init(&text, SIGNATURE_BYTES);
	sms_form_fill(channel->provider->signature, &scope, &text);
	return arena_strdup(arena, buf_text(&text));
}

bool
value_is_missing(const struct sms_channel *channel, const char *form)
{
	for (size_t i = 0; i < channel->value_count; i++)
		if (channel->values[i].text == NULL &&
		    sms_form_has(form, channel->values[i].name))
			return true;
	return false;
}

static void
signature_check(struct reading *reading, const struct sms_channel *channel)
{
	const char *at = arena_printf(&reading->loaded->arena,
	    "sms.%s.signature", channel->name);

	if (channel->counting.signature != NULL &&
	    !value_is_missing(channel, channel->provider->signature) &&
	    !sms_signature_is_valid(channel->counting.signature))
		mistake_at(reading,
		    arena_printf(&reading->loaded->arena, "sms.%s.values",
			channel->name),
		    "\"%s\" is no signature; expected 2 to 20 characters "
		    "without brackets: preset \"%s\" puts them around it",
		    channel->counting.signature, channel->preset);
	if (channel->signature == NULL)
		return;
	if (channel->provider->signature != NULL)
		mistake_at(reading, at,
		    "preset \"%s\" puts \"%s\" in front of each text itself; "
		    "expected no signature here",
		    channel->preset, text_or(channel->counting.signature, ""));
	else if (!sms_signature_is_valid(channel->signature))
		mistake_at(reading, at,
		    "\"%s\" is no signature; expected 2 to 20 characters "
		    "without brackets, such as \"阳光物业\"",
		    channel->signature);
}

void
sms_counting_read(struct reading *reading, struct sms_channel *channel)
{
	const struct sms_provider *provider = channel->provider;
	struct sms_counting *counting = &channel->counting;

	counting->is_mainland = channel->counted == SMS_COUNTED_PRESET
	    ? provider->counts == SMS_COUNTS_MAINLAND
	    : channel->counted == SMS_COUNTED_MAINLAND;
	if (provider->max_parts != 0 &&
	    provider->max_parts < counting->max_parts)
		counting->max_parts = provider->max_parts;
	counting->signature = gateway_signature(reading, channel);
	signature_check(reading, channel);
}
