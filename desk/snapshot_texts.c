/*
 * How much has been texted: to the people at hand, and by the channel today.
 */
#include "core/zone.h"
#include "desk/snapshot_parts.h"
#include "store/brakes.h"

static msec_t
midnight(const struct estate *estate, msec_t now)
{
	return zone_instant_of_day(
	    estate->zone, zone_day(estate->zone, now), 0);
}

/* Whoever minds has heard of it once; asked only where it matters. */
static void
load_told(struct desk *desk, const struct estate *estate,
    const struct sms_had *had, msec_t now, struct snapshot *ret)
{
	enum cap cap =
	    cap_reached(&desk->conf->rules, estate->sms, had, &ret->spent);
	case_id about = ret->has_case ? ret->the_case.id : 0;

	if (cap == CAP_NONE)
		return;
	ret->cap_is_told[cap] = cap_is_of_channel(cap)
				    ? braked_since(desk->store, estate->id, cap,
					  0, midnight(estate, now))
				    : braked_since(desk->store, estate->id, cap,
					  about, now - MSEC_DAY);
}

void
snapshot_load_spent(struct desk *desk, const struct estate *estate, msec_t now,
    struct snapshot *ret)
{
	if (estate == NULL || estate->sms == NULL)
		return;
	sms_spent_since(
	    desk->store, estate->sms->name, midnight(estate, now), &ret->spent);
	load_told(desk, estate, NULL, now, ret);
}

void
snapshot_load_texts(struct search *s)
{
	struct snapshot *ret = s->ret;
	struct store *store = s->desk->store;
	const struct estate *estate = config_estate(s->desk->conf,
	    ret->has_case ? ret->the_case.estate : s->in->estate);
	case_id about = ret->has_case ? ret->the_case.id : 0;
	msec_t since = s->now - MSEC_DAY;

	if (estate == NULL || estate->sms == NULL)
		return;
	snapshot_load_spent(s->desk, estate, s->now, ret);
	if (ret->has_case)
		sms_had_since(
		    store, ret->the_case.phone, about, since, &ret->texts);
	load_told(s->desk, estate, &ret->texts, s->now, ret);
	if (s->message == NULL || s->message->channel != CHANNEL_SMS ||
	    ret->sender.staff != NULL)
		return;
	sms_had_since(store, s->address, about, since, &ret->sender.texts);
	load_told(s->desk, estate, &ret->sender.texts, s->now, ret);
}
