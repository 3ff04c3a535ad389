#include "daemon/polls.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channels/transfers.h"
#include "core/config.h"
#include "core/limits.h"
#include "daemon/kept_answers.h"
#include "daemon/poll_place.h"
#include "daemon/retry.h"
#include "desk/desk.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/text.h"
#include "store/inbox.h"
#include "store/store.h"

#define PAUSE_MOST (15 * MSEC_MINUTE)
#define HELD_PAUSE (2 * MSEC_SECOND)
enum {
	FAILURES_TOLD = 6,
	PAGES_MOST = 20, /* of one look */
};

/* One inbox that is asked, or one list of reports. */
struct poll {
	const struct sms_channel *channel;
	const struct sms_poll *form;
	bool is_report;
	char name[POLL_NAME_MAX];
	char form_digest[SHA256_HEX]; /* what its cursor means something to */
	struct sms_poller *poller;
	mono_t next;
	bool is_running;
	bool is_peeking; /* ask again only where more pages wait */
	unsigned pages;  /* of this look */
	msec_t started_at;
	msec_t asked_since;
	char asked_cursor[LIMIT_CURSOR_BYTES + 1];
	struct poll_answer held; /* worked, but could not be handed in yet */
	bool is_held;
	int64_t kept; /* row of the held one, or 0 */
	struct retry_plan plan;
	struct retry retry;
};

struct polls {
	const struct config *conf;
	struct store *store;
	struct kept_answers *kept; /* of earlier runs */
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

static int
add(struct polls *polls, struct transfers *transfers,
    const struct sms_channel *channel, bool is_report, struct err *err)
{
	const struct sms_provider *provider = channel->provider;
	struct poll *poll = &polls->list[polls->count];

	poll->form = is_report ? &provider->report_poll : &provider->poll;
	/* Without an estate nobody would read what owners say. */
	if (!poll->form->is_there || channel->poll_seconds == 0 ||
	    (is_report ? !channel->has_reports
		       : config_estate_of_sms(polls->conf, channel) == NULL))
		return 0;
	poll->channel = channel;
	poll->is_report = is_report;
	poll_name(channel->name, is_report, poll->name);
	poll_form(channel, is_report, poll->form_digest);
	poll->plan = plan_of(channel);
	poll->retry.plan = &poll->plan;
	poll->poller = sms_poller_open(transfers, channel, poll->form, err);
	if (poll->poller == NULL)
		return -1;
	polls->count++;
	return 0;
}

struct polls *
polls_open(const struct config *conf, struct store *store,
    struct transfers *transfers, struct err *err)
{
	struct polls *polls = calloc(1, sizeof(*polls));

	if (polls == NULL)
		abort();
	polls->conf = conf;
	polls->store = store;
	polls->list =
	    calloc(2 * conf->sms_channel_count + 1, sizeof(struct poll));
	if (polls->list == NULL)
		abort();
	for (size_t i = 0; i < conf->sms_channel_count; i++) {
		if (add(polls, transfers, &conf->sms_channels[i], false, err) <
			0 ||
		    add(polls, transfers, &conf->sms_channels[i], true, err) <
			0) {
			polls_close(&polls);
			return NULL;
		}
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
	for (size_t i = 0; i < old->count; i++) {
		sms_poller_close(&old->list[i].poller);
		if (old->list[i].is_held)
			buf_done(&old->list[i].held.body);
	}
	kept_answers_close(&old->kept);
	free(old->list);
	free(old);
}

/* ---- what was kept ---- */

void
polls_serve(struct polls *polls, struct desk *desk, msec_t now)
{
	polls->desk = desk;
	polls->kept = kept_answers_open(polls->conf, polls->store, desk);
	kept_answers_work(polls->kept, now);
}

static int
keep(struct polls *polls, struct poll *poll, const struct poll_answer *answer,
    struct err *err)
{
	const struct poll_kept kept = {
		.source = poll->channel->name,
		.estate =
		    config_estate_of_reports(polls->conf, poll->channel)->id,
		.is_report = poll->is_report,
		.form = poll->form_digest,
		.cursor = poll->asked_cursor,
		.raw = { buf_text(&answer->body), answer->body.len },
	};

	return kept_answers_add(polls->kept, &kept, &poll->kept, err);
}

/* ---- one look ---- */

static void
rest(struct poll *poll, msec_t pause)
{
	poll->next = mono_add(clock_mono(), pause);
}

/* Where the last look has left off. */
static int
load_place(struct polls *polls, struct poll *poll, msec_t now, struct err *err)
{
	struct poll_place place = { poll->name, poll->form_digest, NULL, 0 };
	struct arena arena scoped(arena_done);

	arena_init(&arena, LIMIT_WORK_BYTES);
	if (poll_place_load(polls->store, &place, now, &arena, err) < 0)
		return -1;
	poll->asked_since = place.since;
	(void)snprintf(poll->asked_cursor, sizeof(poll->asked_cursor), "%s",
	    text_or(place.cursor, ""));
	return 0;
}

/* `why' is NULL when it works again, which else is said when an answer could be
 * read. */
static int
tell(struct polls *polls, const struct poll *poll, const char *why, msec_t now,
    struct err *err)
{
	char name[POLL_NAME_MAX];

	poll_alarm_name(poll->channel->name, poll->is_report, name);
	return desk_channel(polls->desk, name, why != NULL, why, now, err);
}

static int
failed(struct polls *polls, struct poll *poll, const struct poll_answer *answer,
    msec_t now, struct err *err)
{
	msec_t pause = retry_failed(&poll->retry, answer->result == ERR_CONF);

	rest(poll, retry_pause(&poll->retry, pause, answer->retry_after));
	log_event(LOG_LEVEL_WARN, "poll", "channel=%s code=%d err=\"%s\"",
	    poll->name, answer->code, answer->why);
	return retry_is_told(&poll->retry)
		   ? tell(polls, poll, answer->why, now, err)
		   : 0;
}

/* It is as good as an answer that fails: texts do not come in. */
static void
not_asked(
    struct polls *polls, struct poll *poll, msec_t now, const struct err *why)
{
	struct poll_answer answer = { .result = why->kind };
	struct err err = { 0 };

	(void)snprintf(answer.why, sizeof(answer.why), "%.199s", why->msg);
	if (failed(polls, poll, &answer, now, &err) < 0)
		log_event(LOG_LEVEL_ERROR, "poll", "channel=%s err=\"%s\"",
		    poll->name, err.msg);
}

/* A gateway whose list never ends is not asked every second for ever: the next
 * look goes on behind what was read. */
static bool
is_long(const struct poll *poll)
{
	if (poll->pages < PAGES_MOST)
		return false;
	log_event(LOG_LEVEL_WARN, "poll",
	    "channel=%s pages=%u err=\"the list does not end; the rest waits "
	    "for the next look\"",
	    poll->name, poll->pages);
	return true;
}

static void
start(struct polls *polls, struct poll *poll, msec_t now)
{
	const struct sms_poll *form = poll->form;
	msec_t overlap = form->mode == SMS_POLL_WINDOW
			     ? (msec_t)form->overlap_minutes * MSEC_MINUTE
			     : 0;
	bool has_pages =
	    form->paging == SMS_PAGING_URL || form->paging == SMS_PAGING_OFFSET;
	struct err err = { 0 };

	rest(poll, (msec_t)poll->channel->poll_seconds * MSEC_SECOND);
	if (load_place(polls, poll, now, &err) < 0) {
		log_event(LOG_LEVEL_ERROR, "poll", "channel=%s err=\"%s\"",
		    poll->name, err.msg);
		return;
	}
	if (poll->is_peeking &&
	    (!has_pages || poll->asked_cursor[0] == '\0' || is_long(poll))) {
		poll->is_peeking = false;
		return;
	}
	if (!poll->is_peeking)
		poll->pages = 0;
	poll->pages++;
	poll->started_at = now;
	poll->is_running = sms_poller_start(poll->poller,
			       &(struct poll_look){
				   .since = poll->asked_since - overlap,
				   .cursor = poll->asked_cursor,
				   .now = now,
			       },
			       &err) == 0;
	if (!poll->is_running)
		not_asked(polls, poll, now, &err);
}

/* -1: it could not be stored or handed in, and must not be lost. */
static int
worked(struct polls *polls, struct poll *poll, const struct poll_answer *answer,
    msec_t now, struct err *err)
{
	struct desk_poll told = {
		.channel = poll->channel->name,
		.is_report = poll->is_report,
		.raw = buf_text(&answer->body),
		.len = answer->body.len,
		.next_cursor = answer->next,
		.asked_cursor = poll->asked_cursor,
		.asked_since = poll->asked_since,
		.since = poll->started_at,
	};

	if (answer->is_empty) {
		retry_worked(&poll->retry);
		return tell(polls, poll, NULL, now, err);
	}
	/* The gateway does not say it again: a human gets what came of it. */
	if (answer->is_cut && poll->kept == 0)
		log_event(LOG_LEVEL_ERROR, "poll", "channel=%s err=\"%s\"",
		    poll->name, answer->why);
	if (poll->form->mode == SMS_POLL_QUEUE && poll->kept == 0 &&
	    keep(polls, poll, answer, err) < 0)
		return -1;
	told.kept = poll->kept;
	if (desk_polled(polls->desk, &told, err) < 0)
		return -1;
	poll->kept = 0;
	/* More pages may wait: look again soon, when this one is decided. */
	poll->is_peeking = true;
	rest(poll, MSEC_SECOND);
	return 0;
}

void
polls_said(
    struct polls *polls, const char *channel, bool is_report, bool is_read)
{
	for (size_t i = 0; i < polls->count; i++) {
		struct poll *poll = &polls->list[i];

		if (!text_eq(poll->channel->name, channel) ||
		    poll->is_report != is_report)
			continue;
		if (is_read) {
			retry_worked(&poll->retry);
		} else {
			poll->is_peeking = false;
			rest(poll, retry_failed(&poll->retry, false));
		}
	}
}

/* Tried every two seconds, in the log once, and told as a look that fails is:
 * until it is handed in nothing more is asked for. */
static void
hold(struct polls *polls, struct poll *poll, msec_t now, const struct err *why)
{
	struct err err = { 0 };

	if (!poll->is_held)
		log_event(LOG_LEVEL_ERROR, "poll", "channel=%s err=\"%s\"",
		    poll->name, why->msg);
	poll->is_held = true;
	rest(poll, HELD_PAUSE);
	(void)retry_failed(&poll->retry, why->kind == ERR_CONF);
	/* Where the store takes nothing there is no mail either. */
	if (retry_is_told(&poll->retry) &&
	    tell(polls, poll, why->msg, now, &err) < 0)
		return;
}

/* Takes poll->held. */
static void
finish(struct polls *polls, struct poll *poll, msec_t now)
{
	struct err err = { 0 };
	bool has_worked = poll->held.result == ERR_NONE;
	int result = has_worked ? worked(polls, poll, &poll->held, now, &err)
				: failed(polls, poll, &poll->held, now, &err);

	if (has_worked && result < 0) {
		hold(polls, poll, now, &err);
		return;
	}
	if (result < 0)
		log_event(LOG_LEVEL_ERROR, "poll", "channel=%s err=\"%s\"",
		    poll->name, err.msg);
	poll->is_held = false;
	buf_done(&poll->held.body);
}

void
polls_work(struct polls *polls, msec_t now)
{
	if (kept_answers_timeout(polls->kept) == 0)
		kept_answers_work(polls->kept, now);
	if (!kept_answers_are_known(polls->kept))
		return;
	for (size_t i = 0; i < polls->count; i++) {
		struct poll *poll = &polls->list[i];

		if (poll->is_running &&
		    sms_poller_collect(poll->poller, &poll->held) > 0) {
			poll->is_running = false;
			finish(polls, poll, now);
		}
		if (poll->is_running || mono_left_ms(poll->next) > 0)
			continue;
		if (poll->is_held)
			finish(polls, poll, now);
		else
			start(polls, poll, now);
	}
}

int
polls_timeout(const struct polls *polls)
{
	int soonest = kept_answers_timeout(polls->kept);

	for (size_t i = 0;
	     i < polls->count && kept_answers_are_known(polls->kept); i++) {
		int left = mono_left_ms(polls->list[i].next);

		if (!polls->list[i].is_running &&
		    (soonest < 0 || left < soonest))
			soonest = left;
	}
	return soonest;
}
