#include "core/silence.h"

#include "core/config.h"

msec_t
silence_until(const struct config *conf, const struct outgoing *out,
    enum out_state state, msec_t now)
{
	const struct rules *rules = &conf->rules;
	const struct sms_channel *sms = config_sms(conf, out->sender);

	if (out->channel != CHANNEL_SMS)
		return 0;
	if (state == OUT_UNKNOWN)
		return now + MSEC_MINUTE *
				 (out->is_urgent ? rules->unknown_urgent_minutes
						 : rules->unknown_minutes);
	if (!out_state_is_on_its_way(state) || sms == NULL || !sms->has_reports)
		return 0;
	return now + MSEC_MINUTE * (out->is_urgent ? sms->report_urgent_minutes
						   : sms->report_minutes);
}

msec_t
silence_urgent_wait(const struct sms_channel *sms)
{
	return MSEC_MINUTE * sms->report_urgent_minutes;
}

msec_t
silence_urgent_until(const struct config *conf, const struct outgoing *out)
{
	const struct sms_channel *sms = config_sms(conf, out->sender);

	if (out->channel != CHANNEL_SMS || !out->is_urgent || sms == NULL)
		return 0;
	return out->created_at + silence_urgent_wait(sms);
}
