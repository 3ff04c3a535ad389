/*
 * A channel went down or came back: the admin is mailed once.
 */
#include <string.h>

#include "core/config.h"
#include "core/mask.h"
#include "core/text_data.h"
#include "core/texts.h"
#include "core/token.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/outbox.h"
#include "store/store.h"

enum { CHANNELS_AT_ONCE = 64 };
#define OF_ADDRESS " (estate "

/* The first estate that can send mail speaks for the whole desk, but not by a
 * relay that is away. */
static const struct estate *
speaker(const struct config *conf, const struct alarm *alarm)
{
	for (size_t i = 0; i < conf->estate_count; i++) {
		const struct estate *estate = &conf->estates[i];

		if (estate->smtp != NULL && estate->mailbox != NULL &&
		    !(alarm->is_away &&
			text_eq(estate->smtp->name, alarm->queue)))
			return estate;
	}
	return NULL;
}

static const char *
template_of(const struct alarm *alarm)
{
	if (alarm->is_inbound)
		return alarm->reason != NULL ? "inbox_down" : "inbox_up";
	return alarm->reason != NULL ? "channel_down" : "channel_up";
}

static struct text_facts
facts_of(struct desk *desk, const struct alarm *alarm,
    const struct estate *estate, msec_t now)
{
	struct text_facts facts = {
		.conf = desk->conf,
		.estate = estate,
		.channel = CHANNEL_MAIL,
		.language = estate->language,
		.now = now,
		.who = alarm->name,
	};

	if (alarm->queue != NULL)
		facts.count = (int)out_queue_length(desk->store, alarm->queue);
	if (alarm->reason == NULL)
		return facts;
	facts.reason = mask_text(alarm->reason, &desk->turn);
	facts.at = alarm->since != 0 ? alarm->since : now;
	return facts;
}

static int
mail_admin(struct desk *desk, const struct alarm *alarm, msec_t now,
    struct err *err)
{
	const struct estate *estate = speaker(desk->conf, alarm);
	struct text_facts facts;
	struct text_rendered text;
	struct outgoing out = {
		.channel = CHANNEL_MAIL,
		.role = ROLE_ADMIN,
		.to = desk->conf->admin,
		.template_name = template_of(alarm),
		.is_automatic = true,
		.created_at = now,
		.not_before = now,
	};

	if (estate == NULL || desk->conf->admin == NULL)
		return 0;
	facts = facts_of(desk, alarm, estate, now);
	if (texts_render(desk->texts, out.template_name, &facts, &desk->turn,
		&text, err) < 0)
		return -1;
	out.language = estate->language;
	out.id = out_next_id(desk->store);
	out.estate = estate->id;
	out.subject = text.subject;
	out.text = text.text;
	out.layout = text.layout;
	out.sender = estate->smtp->name;
	token_address(desk->conf, NULL, &out, &desk->turn);
	return out_add(desk->store, &out, 0, err);
}

/* Each message that is taken says of several names that they work; nearly
 * always nothing at all is down. */
static int
any_is_down(struct desk *desk, struct err *err)
{
	struct channel_down first;

	if (desk->any_down < 0)
		desk->any_down = channels_down(
		    desk->store, &desk->turn, &first, 1, err);
	return desk->any_down;
}

int
alarm_channel(struct desk *desk, const struct alarm *alarm, msec_t now,
    struct err *err)
{
	bool down = alarm->reason != NULL;
	int changed = down ? 1 : any_is_down(desk, err);

	if (changed > 0)
		changed = channel_mark(
		    desk->store, alarm->name, down, alarm->reason, now, err);
	if (changed <= 0)
		return changed;
	wake_alarms(desk);
	wake_courier(desk);
	desk_note(desk, down ? NOTE_ERROR : NOTE_INFO, "channel",
	    "name=%s state=%s why=\"%s\"", alarm->name, down ? "down" : "up",
	    text_or(alarm->reason, ""));
	return mail_admin(desk, alarm, now, err);
}

const char *
alarm_of_address(
    struct arena *arena, const char *sender, const char *estate)
{
	return arena_printf(arena, "%s" OF_ADDRESS "%s)", sender, estate);
}

static bool
is_of_address(struct desk *desk, const char *name)
{
	for (size_t i = 0; i < desk->conf->estate_count; i++) {
		const struct estate *estate = &desk->conf->estates[i];

		if (estate->smtp != NULL &&
		    text_eq(name, alarm_of_address(&desk->turn,
				      estate->smtp->name, estate->id)))
			return true;
	}
	return false;
}

/* "gateway (inbox)" is the gateway's. */
static bool
is_configured(struct desk *desk, const char *name)
{
	const char *end = strstr(name, " (");
	const char *own = end == NULL ? name
				      : arena_strndup(&desk->turn, name,
					    (size_t)(end - name));

	if (strstr(name, OF_ADDRESS) != NULL)
		return is_of_address(desk, name);
	return config_sms(desk->conf, own) != NULL ||
	       config_smtp(desk->conf, own) != NULL ||
	       config_mailbox(desk->conf, own) != NULL;
}

int
alarm_forget_gone(struct desk *desk, msec_t now, struct err *err)
{
	struct channel_down down[CHANNELS_AT_ONCE];
	int count = channels_down(
	    desk->store, &desk->turn, down, CHANNELS_AT_ONCE, err);

	for (int i = 0; i < count; i++) {
		if (is_configured(desk, down[i].name))
			continue;
		desk_note(desk, NOTE_INFO, "channel", "name=%s state=gone",
		    down[i].name);
		if (channel_mark(desk->store, down[i].name, false, NULL, now,
			err) < 0)
			return -1;
	}
	return count < 0 ? -1 : 0;
}

int
desk_channel(struct desk *desk, const char *name, bool down, const char *reason,
    msec_t now, struct err *err)
{
	const struct alarm alarm = {
		.name = name,
		.reason = down ? text_or(reason, "") : NULL,
		.is_inbound = true,
	};

	/* Most reports are of no change; those cost no transaction. */
	if (down == channel_is_down(desk->store, name))
		return 0;
	arena_reset(&desk->turn);
	if (store_begin(desk->store, err) < 0)
		return -1;
	if (alarm_channel(desk, &alarm, now, err) < 0 ||
	    store_commit(desk->store, err) < 0) {
		store_rollback(desk->store);
		wake_all(desk);
		return -1;
	}
	return 0;
}
