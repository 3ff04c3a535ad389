/*
 * A channel went down or came back: the admin is mailed once.
 */
#include "core/config.h"
#include "core/mask.h"
#include "core/text_data.h"
#include "core/texts.h"
#include "core/token.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "store/outbox.h"
#include "store/store.h"

/* The first estate that can send mail speaks for the whole desk. */
static const struct estate *
speaker(const struct config *conf)
{
	for (size_t i = 0; i < conf->estate_count; i++)
		if (conf->estates[i].smtp != NULL &&
		    conf->estates[i].mailbox != NULL)
			return &conf->estates[i];
	return NULL;
}

static int
mail_admin(struct desk *desk, const char *template_name, const char *channel,
    const char *reason, msec_t now, struct err *err)
{
	const struct estate *estate = speaker(desk->conf);
	struct text_facts facts = {
		.conf = desk->conf,
		.estate = estate,
		.channel = CHANNEL_MAIL,
		.now = now,
		.who = channel,
		.reason = reason == NULL ? NULL
					 : mask_text(reason, &desk->turn),
	};
	struct text_rendered text;
	struct outgoing out = {
		.channel = CHANNEL_MAIL,
		.role = ROLE_ADMIN,
		.to = desk->conf->admin,
		.template_name = template_name,
		.is_automatic = true,
		.created_at = now,
		.not_before = now,
	};

	if (estate == NULL || desk->conf->admin == NULL)
		return 0;
	facts.language = out.language = estate->language;
	if (texts_render(
		desk->texts, template_name, &facts, &desk->turn, &text, err) < 0)
		return -1;
	out.id = out_next_id(desk->store);
	out.estate = estate->id;
	out.subject = text.subject;
	out.text = text.text;
	out.layout = text.layout;
	out.sender = estate->smtp->name;
	token_address(desk->conf, NULL, &out, &desk->turn);
	return out_add(desk->store, &out, 0, err);
}

int
alarm_channel(struct desk *desk, const char *name, bool down,
    const char *reason, msec_t now, struct err *err)
{
	int changed = channel_mark(desk->store, name, down, reason, now, err);

	if (changed <= 0)
		return changed;
	wake_courier(desk);
	desk_note(desk, down ? NOTE_ERROR : NOTE_INFO, "channel",
	    "name=%s state=%s why=\"%s\"", name, down ? "down" : "up",
	    down ? reason : "");
	return mail_admin(desk, down ? "channel_down" : "channel_up", name,
	    reason, now, err);
}

int
desk_channel(struct desk *desk, const char *name, bool down, const char *reason,
    msec_t now, struct err *err)
{
	/* Most reports are of no change; those cost no transaction. */
	if (down == channel_is_down(desk->store, name))
		return 0;
	arena_reset(&desk->turn);
	if (store_begin(desk->store, err) < 0)
		return -1;
	if (alarm_channel(desk, name, down, reason, now, err) < 0 ||
	    store_commit(desk->store, err) < 0) {
		store_rollback(desk->store);
		return -1;
	}
	return 0;
}
