/*
 * How much has been texted: to the people at hand, and by the channel today.
 */
#include "core/zone.h"
#include "desk/snapshot_parts.h"
#include "lib/text.h"
#include "store/brakes.h"

static msec_t
midnight(const struct estate *estate, msec_t now)
{
	return zone_instant_of_day(
	    estate->zone, zone_day(estate->zone, now), 0);
}

static void
load_spent(struct desk *desk, const struct estate *estate, msec_t now,
    struct snapshot *ret)
{
	sms_spent_since(
	    desk->store, estate->sms->name, midnight(estate, now), &ret->spent);
}

/* The cap that stops whoever has had these; NULL: the channel itself. */
static void
note_reached(const struct desk *desk, const struct estate *estate,
    const struct sms_had *had, const struct snapshot *ret,
    bool reached[static CAP_COUNT])
{
	reached[cap_reached(
	    &desk->conf->rules, estate->sms, had, &ret->spent)] = true;
}

/* Whoever minds has heard of it once; asked only where it matters. */
static void
load_told(struct desk *desk, const struct estate *estate, msec_t now,
    const bool reached[static CAP_COUNT], struct snapshot *ret)
{
	case_id about = ret->has_case ? ret->the_case.id : 0;

	for (enum cap cap = CAP_NONE + 1; cap < CAP_COUNT; cap++) {
		bool is_all = cap_is_of_channel(cap);

		if (reached[cap])
			ret->cap_is_told[cap] =
			    braked_since(desk->store, estate->id, cap,
				is_all ? 0 : about,
				is_all ? midnight(estate, now)
				       : now - MSEC_DAY);
	}
}

void
snapshot_load_spent(struct desk *desk, const struct estate *estate, msec_t now,
    struct snapshot *ret)
{
	bool reached[CAP_COUNT] = { false };

	if (estate == NULL || estate->sms == NULL)
		return;
	load_spent(desk, estate, now, ret);
	note_reached(desk, estate, NULL, ret, reached);
	load_told(desk, estate, now, reached, ret);
}

/* The owner of the case writes, most often: one number. */
static void
load_had(struct search *s, const struct estate *estate,
    bool reached[static CAP_COUNT])
{
	struct snapshot *ret = s->ret;
	struct store *store = s->desk->store;
	const char *phone = ret->has_case ? ret->the_case.phone : NULL;
	case_id about = ret->has_case ? ret->the_case.id : 0;
	msec_t since = s->now - MSEC_DAY;

	sms_had_since(store, phone, about, since, &ret->texts);
	note_reached(s->desk, estate, &ret->texts, ret, reached);
	if (s->message == NULL || s->message->channel != CHANNEL_SMS ||
	    ret->sender.staff != NULL)
		return;
	if (phone != NULL && text_eq(phone, s->address))
		ret->sender.texts = ret->texts;
	else
		sms_had_since(
		    store, s->address, about, since, &ret->sender.texts);
	note_reached(s->desk, estate, &ret->sender.texts, ret, reached);
}

void
snapshot_load_texts(struct search *s)
{
	struct snapshot *ret = s->ret;
	const struct estate *estate = config_estate(s->desk->conf,
	    ret->has_case ? ret->the_case.estate : s->in->estate);
	bool reached[CAP_COUNT] = { false };

	if (estate == NULL || estate->sms == NULL)
		return;
	load_spent(s->desk, estate, s->now, ret);
	note_reached(s->desk, estate, NULL, ret, reached);
	load_had(s, estate, reached);
	load_told(s->desk, estate, s->now, reached, ret);
}
