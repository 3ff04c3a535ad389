/*
 * What waits for a sender that is no longer in the settings: its channel was
 * renamed or removed, and nobody would ever take it up.
 *
 * It goes by what its estate sends with now.  What is too old for that, or
 * would not be right there, goes another way like the texts of a gateway that
 * is down (courier_silent.c).
 */
#include "core/config.h"
#include "core/sms_ready.h"
#include "desk/engine.h"
#include "lib/err.h"
#include "store/outbox.h"

enum { SENDERS_AT_ONCE = 64, ROWS_AT_ONCE = 64 };

static bool
is_gone(const struct desk *desk, const struct out_queue *queue)
{
	return queue->channel == CHANNEL_MAIL
		   ? config_smtp(desk->conf, queue->sender) == NULL
		   : config_sms(desk->conf, queue->sender) == NULL;
}

int
courier_find_moved(struct desk *desk, struct err *err)
{
	struct out_queue queues[SENDERS_AT_ONCE];
	int count =
	    out_queues(desk->store, &desk->turn, queues, SENDERS_AT_ONCE, err);

	for (int i = 0; i < count; i++) {
		if (!is_gone(desk, &queues[i]))
			continue;
		desk->has_moved = true;
		desk_note(desk, NOTE_WARN, "channel",
		    "name=%s waiting=%lld why=\"it is no longer in the "
		    "settings; what waits for it goes another way\"",
		    queues[i].sender, (long long)queues[i].count);
	}
	return count < 0 ? -1 : 0;
}

/* The account by which this goes as it is, or NULL. */
static const char *
present_sender(struct desk *desk, const struct outgoing *out, msec_t now)
{
	const struct estate *estate = config_estate(desk->conf, out->estate);

	if (estate == NULL || now - out->created_at > COURIER_GIVE_UP_AFTER)
		return NULL;
	if (out->channel == CHANNEL_MAIL)
		return estate->smtp == NULL ? NULL : estate->smtp->name;
	/* What a template is filled with says nothing elsewhere. */
	if (estate->sms == NULL || estate->sms->provider->is_template_only ||
	    out->params != NULL ||
	    !sms_is_ready(estate->sms, estate, out->text, &desk->turn))
		return NULL;
	return estate->sms->name;
}

static int
move_one(struct desk *desk, out_id id, msec_t now, struct err *err)
{
	const struct report news = { .out = id,
		.state = OUT_FAILED,
		.answer = "its channel is no longer in the settings" };
	struct outgoing out = { 0 };
	struct out_status status = { 0 };
	const char *to;

	if (out_load(desk->store, id, &desk->turn, &out, &status, err) < 0)
		return -1;
	to = present_sender(desk, &out, now);
	return to != NULL ? out_hand_over(desk->store, id, to, err)
			  : courier_give_up(desk, &news, now, err);
}

static int
move_some(struct desk *desk, const struct out_queue *queue, msec_t now,
    struct err *err)
{
	out_id ids[ROWS_AT_ONCE];
	int count = out_queued(desk->store, queue, ids, ROWS_AT_ONCE, err);

	for (int i = 0; i < count; i++)
		if (move_one(desk, ids[i], now, err) < 0)
			return -1;
	return count < 0 ? -1 : 0;
}

int
courier_move(struct desk *desk, msec_t now, struct err *err)
{
	struct out_queue queues[SENDERS_AT_ONCE];
	bool any = false;
	int count;

	if (!desk->has_moved)
		return 0;
	count =
	    out_queues(desk->store, &desk->turn, queues, SENDERS_AT_ONCE, err);
	for (int i = 0; i < count; i++) {
		if (!is_gone(desk, &queues[i]))
			continue;
		any = true;
		if (move_some(desk, &queues[i], now, err) < 0)
			return err_wrap(
			    err, "what waits for %s", queues[i].sender);
	}
	wake_courier(desk);
	desk->has_moved = any || count < 0;
	return count < 0 ? -1 : 0;
}
