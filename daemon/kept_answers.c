#include "daemon/kept_answers.h"

#include <stdbool.h>
#include <stdlib.h>

#include "core/config.h"
#include "core/fingerprint.h"
#include "core/limits.h"
#include "desk/desk.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/crash.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/text.h"
#include "store/inbox.h"
#include "store/store.h"

#define PAUSE (2 * MSEC_SECOND)

struct kept_answers {
	const struct config *conf;
	struct store *store;
	struct desk *desk;
	bool is_known; /* the next one */
	int64_t last;  /* of the earlier runs */
	int64_t done;  /* up to it nothing is left to do */
	mono_t next;
	bool is_told; /* that it does not work */
};

/* Sets kept->last. */
static int
find_last(struct kept_answers *kept, struct err *err)
{
	if (!kept->is_known &&
	    poll_answer_last(kept->store, &kept->last, err) < 0)
		return -1;
	kept->is_known = true;
	return 0;
}

static bool
is_over(const struct kept_answers *kept)
{
	return kept->is_known && kept->done >= kept->last;
}

struct kept_answers *
kept_answers_open(
    const struct config *conf, struct store *store, struct desk *desk)
{
	struct kept_answers *kept = calloc(1, sizeof(*kept));
	struct err err = { 0 };

	if (kept == NULL)
		abort();
	kept->conf = conf;
	kept->store = store;
	kept->desk = desk;
	/* Else kept_answers_work() finds it, and tells. */
	(void)find_last(kept, &err);
	return kept;
}

void
kept_answers_close(struct kept_answers **kept)
{
	free(*kept);
	*kept = NULL;
}

/* The channel that can still read it, or NULL. */
static const struct sms_channel *
channel_of(const struct config *conf, const struct poll_kept *row)
{
	const struct sms_channel *channel = config_sms(conf, row->source);

	if (channel == NULL ||
	    (row->is_report ? !channel->provider->report_poll.is_there
			    : !channel->provider->poll.is_there ||
				  config_estate_of_sms(conf, channel) == NULL))
		return NULL;
	return channel;
}

static int
hand_in(struct kept_answers *kept, const struct sms_channel *channel,
    const struct poll_kept *row, msec_t now, struct err *err)
{
	char form[SHA256_HEX];

	poll_form(channel, row->is_report, form);
	return desk_polled(kept->desk,
	    &(struct desk_poll){
		.channel = row->source,
		.is_report = row->is_report,
		.raw = row->raw.data,
		.len = row->raw.len,
		.asked_cursor = row->cursor,
		.asked_since = now,
		.since = now,
		.kept = row->id,
		.is_past = !text_eq(form, row->form),
	    },
	    err);
}

/* The people of the estate that it was asked for look at it, while there is
 * that estate. */
static const struct estate *
estate_of(const struct config *conf, const struct poll_kept *row)
{
	const struct estate *estate = config_estate(conf, row->estate);

	return estate != NULL ? estate : &conf->estates[0];
}

static int
into_quarantine(struct kept_answers *kept, const struct poll_kept *row,
    msec_t now, struct err *err)
{
	char key[SHA256_HEX];
	const struct inbox_new message = {
		.channel = CHANNEL_SMS,
		.source = row->source,
		.estate = estate_of(kept->conf, row)->id,
		.key = key,
		.received_at = now,
		.raw = row->raw.data,
		.raw_len = row->raw.len,
	};
	int64_t inbox = 0;
	int added;

	fingerprint_bytes(row->raw.data, row->raw.len, key);
	added = inbox_add(kept->store, &message, &inbox, err);
	if (added < 0 ||
	    (added > 0 &&
		inbox_set_state(kept->store, inbox, INBOX_BINNED, "malformed",
		    "it was asked of a gateway that the settings do not ask "
		    "any more",
		    0, err) < 0))
		return -1;
	return poll_answer_drop(kept->store, row->id, err);
}

static int
set_aside(struct kept_answers *kept, const struct poll_kept *row, msec_t now,
    struct err *err)
{
	if (store_begin(kept->store, err) < 0)
		return -1;
	if (into_quarantine(kept, row, now, err) < 0 ||
	    store_commit(kept->store, err) < 0) {
		store_rollback(kept->store);
		return -1;
	}
	log_event(LOG_LEVEL_WARN, "poll",
	    "channel=%s err=\"its kept answer is in quarantine: the settings "
	    "do not ask it any more\"",
	    row->source);
	return 0;
}

/* 1 one is dealt with, 0 there is none, -1. */
static int
next_one(struct kept_answers *kept, msec_t now, struct err *err)
{
	struct arena arena scoped(arena_done);
	struct poll_kept row = { 0 };
	const struct sms_channel *channel;
	int found;

	arena_init(&arena, LIMIT_WORK_BYTES);
	found = poll_answer_next(kept->store, kept->done, &arena, &row, err);
	if (found <= 0 || row.id > kept->last)
		return found < 0 ? -1 : 0;
	channel = channel_of(kept->conf, &row);
	if ((channel == NULL ? set_aside(kept, &row, now, err)
			     : hand_in(kept, channel, &row, now, err)) < 0)
		return -1;
	kept->done = row.id;
	return 1;
}

void
kept_answers_work(struct kept_answers *kept, msec_t now)
{
	struct err err = { 0 };
	int result;

	if (is_over(kept))
		return;
	result = find_last(kept, &err);
	if (result == 0)
		while ((result = next_one(kept, now, &err)) > 0)
			;
	if (result == 0) {
		kept->done = kept->last;
		return;
	}
	kept->next = mono_add(clock_mono(), PAUSE);
	if (!kept->is_told)
		log_event(LOG_LEVEL_ERROR, "poll", "err=\"%s\"", err.msg);
	kept->is_told = true;
}

int
kept_answers_timeout(const struct kept_answers *kept)
{
	return is_over(kept) ? -1 : mono_left_ms(kept->next);
}

bool
kept_answers_are_known(const struct kept_answers *kept)
{
	return kept->is_known;
}

int
kept_answers_add(struct kept_answers *kept, const struct poll_kept *answer,
    int64_t *ret_id, struct err *err)
{
	if (store_begin(kept->store, err) < 0)
		return -1;
	if (poll_answer_keep(kept->store, answer, ret_id, err) == 0 &&
	    store_commit(kept->store, err) == 0) {
		crash_point(CRASH_POLL_AFTER_KEEP);
		return 0;
	}
	store_rollback(kept->store);
	return -1;
}
