#include "daemon/polls.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "channels/transfers.h"
#include "core/config.h"
#include "core/limits.h"
#include "daemon/retry.h"
#include "desk/desk.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/text.h"
#include "store/inbox.h"
#include "store/store.h"

/* A window reaches back so far, because gateways list late (sms.md D1). */
#define WINDOW_OVERLAP (10 * MSEC_MINUTE)
#define PAUSE_MOST     (15 * MSEC_MINUTE)
enum { FAILURES_TOLD = 6 };

struct poll {
	const struct sms_channel *channel;
	struct sms_poller *poller;
	mono_t next;
	bool is_running;
	msec_t started_at;
	struct retry_plan plan;
	struct retry retry;
};

struct polls {
	struct store *store;
	struct desk *desk;
	struct poll *list;
	size_t count;
};

static struct retry_plan
plan_of(const struct sms_channel *channel)
{
	msec_t gap = (msec_t)channel->poll_seconds * MSEC_SECOND;

	return (struct retry_plan){
		.first = gap,
		.most = PAUSE_MOST,
		.conf_first = gap,
		.conf_most = PAUSE_MOST,
		.told_after = FAILURES_TOLD,
	};
}

struct polls *
polls_open(const struct config *conf, struct store *store,
    struct transfers *transfers, struct err *err)
{
	struct polls *polls = calloc(1, sizeof(*polls));

	if (polls == NULL)
		abort();
	polls->store = store;
	polls->list = calloc(conf->sms_channel_count + 1, sizeof(struct poll));
	if (polls->list == NULL)
		abort();
	for (size_t i = 0; i < conf->sms_channel_count; i++) {
		const struct sms_channel *channel = &conf->sms_channels[i];
		struct poll *poll = &polls->list[polls->count];

		if (channel->poll_url == NULL)
			continue;
		poll->channel = channel;
		poll->plan = plan_of(channel);
		poll->retry.plan = &poll->plan;
		poll->poller = sms_poller_open(transfers, channel, err);
		if (poll->poller == NULL) {
			polls_close(&polls);
			return NULL;
		}
		polls->count++;
	}
	return polls;
}

void
polls_close(struct polls **polls)
{
	struct polls *old = *polls;

	*polls = NULL;
	if (old == NULL)
		return;
	for (size_t i = 0; i < old->count; i++)
		sms_poller_close(&old->list[i].poller);
	free(old->list);
	free(old);
}

void
polls_serve(struct polls *polls, struct desk *desk)
{
	polls->desk = desk;
}

static void
rest(struct poll *poll, msec_t pause)
{
	poll->next = mono_add(clock_mono(), pause);
}

/* The first look begins now: old texts are not ours.  That instant is kept at
 * once, so that what comes while the gateway cannot be reached is ours. */
static msec_t
begin_now(struct polls *polls, const struct poll *poll, msec_t now)
{
	struct err err = { 0 };

	if (store_begin(polls->store, &err) == 0) {
		if (poll_cursor_save(polls->store, poll->channel->name, "", now,
			&err) == 0 &&
		    store_commit(polls->store, &err) == 0)
			return now;
		store_rollback(polls->store);
	}
	log_event(LOG_LEVEL_ERROR, "poll", "channel=%s err=\"%s\"",
	    poll->channel->name, err.msg);
	return now;
}

static void
start(struct polls *polls, struct poll *poll, msec_t now)
{
	struct arena arena scoped(arena_done);
	const char *cursor = NULL;
	msec_t since = 0;
	struct err err = { 0 };

	arena_init(&arena, LIMIT_WORK_BYTES);
	if (poll_cursor_load(polls->store, poll->channel->name, &arena, &cursor,
		&since, &err) == 0)
		since = begin_now(polls, poll, now);
	else
		since -= poll->channel->poll_window ? WINDOW_OVERLAP : 0;
	poll->started_at = now;
	poll->is_running = sms_poller_start(poll->poller, since,
			       text_or(cursor, ""), &err) == 0;
	rest(poll, (msec_t)poll->channel->poll_seconds * MSEC_SECOND);
	if (!poll->is_running)
		log_event(LOG_LEVEL_WARN, "poll", "channel=%s err=\"%s\"",
		    poll->channel->name, err.msg);
}

/* That it works again is said when an answer could be read. */
static int
failed(struct polls *polls, struct poll *poll, const struct poll_answer *answer,
    msec_t now, struct err *err)
{
	char name[96];

	rest(poll, retry_failed(&poll->retry, answer->result == ERR_CONF));
	log_event(LOG_LEVEL_WARN, "poll", "channel=%s code=%d err=\"%s\"",
	    poll->channel->name, answer->code, answer->why);
	if (!retry_is_told(&poll->retry))
		return 0;
	(void)snprintf(name, sizeof(name), "%s (inbox)", poll->channel->name);
	return desk_channel(polls->desk, name, true, answer->why, now, err);
}

static void
finish(struct polls *polls, struct poll *poll, const struct poll_answer *answer,
    msec_t now)
{
	struct err err = { 0 };
	int result;

	poll->is_running = false;
	if (answer->result == ERR_NONE) {
		retry_worked(&poll->retry);
		result = desk_polled(polls->desk, poll->channel->name,
		    buf_text(&answer->body), answer->body.len, answer->next,
		    poll->started_at, &err);
		/* More pages wait: look again at once. */
		if (result == 0 && answer->next[0] != '\0')
			rest(poll, MSEC_SECOND);
	} else {
		result = failed(polls, poll, answer, now, &err);
	}
	if (result < 0)
		log_event(LOG_LEVEL_ERROR, "poll", "channel=%s err=\"%s\"",
		    poll->channel->name, err.msg);
}

void
polls_work(struct polls *polls, msec_t now)
{
	for (size_t i = 0; i < polls->count; i++) {
		struct poll *poll = &polls->list[i];
		struct poll_answer answer = { 0 };

		if (poll->is_running &&
		    sms_poller_collect(poll->poller, &answer) > 0) {
			finish(polls, poll, &answer, now);
			buf_done(&answer.body);
		}
		if (!poll->is_running && mono_left_ms(poll->next) == 0)
			start(polls, poll, now);
	}
}

int
polls_timeout(const struct polls *polls)
{
	int soonest = -1;

	for (size_t i = 0; i < polls->count; i++) {
		int left = mono_left_ms(polls->list[i].next);

		if (!polls->list[i].is_running &&
		    (soonest < 0 || left < soonest))
			soonest = left;
	}
	return soonest;
}
