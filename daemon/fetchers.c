#include "daemon/fetchers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "channels/fetcher.h"
#include "core/config.h"
#include "core/limits.h"
#include "daemon/child.h"
#include "daemon/retry.h"
#include "desk/desk.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/json.h"
#include "lib/log.h"
#include "store/inbox.h"

enum { BATCH_MAX = LIMIT_FETCH_BATCH_MAILS };

static const struct retry_plan plan = {
	.first = MSEC_SECOND,
	.most = 5 * MSEC_MINUTE,
	.conf_first = 30 * MSEC_SECOND,
	.conf_most = 15 * MSEC_MINUTE,
	.told_after = 6,
};

struct fetcher {
	const struct mailbox *box;
	struct child child;
	mono_t restart_at;
	struct retry retry;
	struct refusal refusal;
	bool is_up;
	bool is_misconfigured; /* its last words were of that kind */
	char reason[200];
};

struct fetchers {
	const struct config *conf;
	struct store *store;
	struct desk *desk;
	struct fetcher *list;
	size_t count;
	bool is_holding;
};

struct fetchers *
fetchers_open(const struct config *conf, struct store *store)
{
	struct fetchers *fetchers = calloc(1, sizeof(*fetchers));

	if (fetchers == NULL)
		abort();
	fetchers->conf = conf;
	fetchers->store = store;
	fetchers->count = conf->mailbox_count;
	fetchers->list = calloc(conf->mailbox_count + 1, sizeof(struct fetcher));
	if (fetchers->list == NULL)
		abort();
	for (size_t i = 0; i < fetchers->count; i++) {
		fetchers->list[i].box = &conf->mailboxes[i];
		fetchers->list[i].retry.plan = &plan;
	}
	return fetchers;
}

void
fetchers_serve(struct fetchers *fetchers, struct desk *desk)
{
	fetchers->desk = desk;
}

/* A failed put shows as the end of the link, and the fetcher starts anew. */
static void
tell(struct fetcher *fetcher, enum fetcher_frame type, json_t *payload)
{
	struct buf text scoped(buf_done);
	struct err err = { 0 };

	buf_init(&text, LIMIT_FETCH_BATCH_BYTES);
	json_to_buf(payload, &text);
	json_decref(payload);
	if (fetcher->child.pid == 0)
		return;
	if (frame_put(&fetcher->child.link, type, buf_text(&text), text.len, -1,
		&err) < 0 ||
	    frame_flush(&fetcher->child.link, &err) < 0)
		log_event(LOG_LEVEL_WARN, "fetcher", "mailbox=%s err=\"%s\"",
		    fetcher->box->name, err.msg);
}

void
fetchers_close(struct fetchers **fetchers)
{
	struct fetchers *old = *fetchers;

	*fetchers = NULL;
	if (old == NULL)
		return;
	for (size_t i = 0; i < old->count; i++) {
		tell(&old->list[i], FETCHER_STOP, json_object());
		child_stop(&old->list[i].child);
	}
	free(old->list);
	free(old);
}

static void
start_fetcher(struct fetchers *fetchers, struct fetcher *fetcher)
{
	struct cursor cursor = { 0 };
	char title[80];
	json_t *start;
	struct err err = { 0 };

	fetcher->reason[0] = '\0';
	fetcher->is_misconfigured = false;
	fetcher->restart_at = mono_add(clock_mono(), plan.first);
	(void)snprintf(
	    title, sizeof(title), "shouwend: fetcher %s", fetcher->box->name);
	if (cursor_load(fetchers->store, fetcher->box->name, &cursor, &err) <
		0 ||
	    child_start(&fetcher->child, "fetcher", title,
		LIMIT_FETCH_BATCH_BYTES, &err) < 0) {
		log_event(LOG_LEVEL_ERROR, "fetcher", "mailbox=%s err=\"%s\"",
		    fetcher->box->name, err.msg);
		return;
	}
	start = fetcher_start_json(
	    fetcher->box, cursor.uidvalidity, cursor.uid);
	json_put_int(start, "first_uidvalidity", cursor.first_uidvalidity);
	json_put_int(start, "first_at", cursor.first_at);
	json_put_int(start, "given_up", refusal_given_up(&fetcher->refusal));
	tell(fetcher, FETCHER_START, start);
	if (fetchers->is_holding)
		tell(fetcher, FETCHER_PAUSE, json_object());
}

/* ---- ports ---- */

static struct fetcher *
fetcher_named(struct fetchers *fetchers, const char *mailbox)
{
	for (size_t i = 0; i < fetchers->count; i++)
		if (strcmp(fetchers->list[i].box->name, mailbox) == 0)
			return &fetchers->list[i];
	return NULL;
}

void
fetchers_settle(void *self, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count)
{
	struct fetcher *fetcher = fetcher_named(self, mailbox);
	json_t *payload, *list;

	/* While it is down the rows wait as unsettled and are asked for when
	 * it is up again. */
	if (fetcher == NULL || fetcher->child.pid == 0)
		return;
	payload = json_object();
	list = json_array();
	json_put_int(payload, "uidvalidity", uidvalidity);
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_integer(uids[i]));
	json_object_set_new(payload, "uids", list);
	tell(fetcher, FETCHER_SETTLE, payload);
}

void
fetchers_hold(void *self, bool hold)
{
	struct fetchers *fetchers = self;

	fetchers->is_holding = hold;
	for (size_t i = 0; i < fetchers->count; i++)
		tell(&fetchers->list[i], hold ? FETCHER_PAUSE : FETCHER_RESUME,
		    json_object());
}

/* ---- frames ---- */

static int
is_well(struct fetchers *fetchers, struct fetcher *fetcher, msec_t now,
    struct err *err)
{
	retry_worked(&fetcher->retry);
	refusal_add(&fetcher->refusal, 0);
	return desk_channel(
	    fetchers->desk, fetcher->box->name, false, NULL, now, err);
}

static int
on_up(struct fetchers *fetchers, struct fetcher *fetcher, const json_t *what,
    msec_t now, struct err *err)
{
	fetcher->is_up = true;
	log_event(LOG_LEVEL_INFO, "mailbox", "name=%s state=up exists=%lld",
	    fetcher->box->name, (long long)json_int(what, "exists", 0));
	/* A server that lets us in but gives no mail is still to be spared. */
	if (fetcher->refusal.uid == 0 &&
	    is_well(fetchers, fetcher, now, err) < 0)
		return -1;
	return desk_mailbox_up(fetchers->desk, fetcher->box->name,
	    (uint32_t)json_int(what, "uidvalidity", 0),
	    (uint32_t)json_int(what, "uidnext", 0), json_flag(what, "first"),
	    now, err);
}

static int
on_batch(struct fetchers *fetchers, struct fetcher *fetcher, const json_t *what,
    int fd, msec_t now, struct err *err)
{
	const json_t *list = json_object_get(what, "mails");
	struct desk_mail mails[BATCH_MAX];
	size_t count = json_array_size(list);

	if (fd < 0 || count > BATCH_MAX) {
		if (fd >= 0)
			(void)close(fd);
		return err_set(err, ERR_DATA, "a batch of %zu mails", count);
	}
	for (size_t i = 0; i < count; i++) {
		const json_t *mail = json_array_get(list, i);

		mails[i] = (struct desk_mail){
			.uid = (uint32_t)json_int(mail, "uid", 0),
			.offset = (size_t)json_int(mail, "offset", 0),
			.length = (size_t)json_int(mail, "length", 0),
			.too_large = json_flag(mail, "too_large"),
			.internaldate = json_int(mail, "internaldate", 0),
		};
	}
	if (desk_mails(fetchers->desk, fetcher->box->name,
		(uint32_t)json_int(what, "uidvalidity", 0), fd, mails, count,
		err) < 0)
		return -1;
	return fetcher->refusal.uid == 0
		   ? 0
		   : is_well(fetchers, fetcher, now, err);
}

static int
on_settled(struct fetchers *fetchers, struct fetcher *fetcher,
    const json_t *what, struct err *err)
{
	const json_t *list = json_object_get(what, "uids");
	size_t count = json_array_size(list);
	uint32_t *uids = calloc(count + 1, sizeof(*uids));
	int result;

	if (uids == NULL)
		abort();
	for (size_t i = 0; i < count; i++)
		uids[i] = (uint32_t)json_integer_value(json_array_get(list, i));
	result = desk_settled(fetchers->desk, fetcher->box->name,
	    (uint32_t)json_int(what, "uidvalidity", 0), uids, count, err);
	free(uids);
	return result;
}

static void
on_down(struct fetcher *fetcher, const json_t *what)
{
	const char *reason = json_text(what, "reason");
	const char *kind = json_text(what, "kind");

	(void)snprintf(fetcher->reason, sizeof(fetcher->reason), "%s",
	    reason == NULL ? "no reason given" : reason);
	fetcher->is_misconfigured =
	    kind != NULL && strcmp(kind, "configuration") == 0;
	refusal_add(
	    &fetcher->refusal, (uint32_t)json_int(what, "refused", 0));
}

static int
on_frame(struct fetchers *fetchers, struct fetcher *fetcher,
    const struct frame *frame, msec_t now, struct err *err)
{
	json_t *what scoped(json_release) = NULL;

	what = json_from(frame->data, frame->len, err);
	if (what == NULL) {
		if (frame->fd >= 0)
			(void)close(frame->fd);
		return -1;
	}
	if (frame->type == FETCHER_BATCH)
		return on_batch(fetchers, fetcher, what, frame->fd, now, err);
	if (frame->fd >= 0)
		(void)close(frame->fd);
	if (frame->type == FETCHER_UP)
		return on_up(fetchers, fetcher, what, now, err);
	if (frame->type == FETCHER_SETTLED)
		return on_settled(fetchers, fetcher, what, err);
	if (frame->type == FETCHER_DOWN)
		on_down(fetcher, what);
	if (frame->type == FETCHER_SEEN)
		log_event(LOG_LEVEL_DEBUG, "seen", "mailbox=%s mono_ms=%lld",
		    fetcher->box->name,
		    (long long)json_int(what, "mono_ms", 0));
	return 0;
}

/* False at the end of the link. */
static bool
take_frames(struct fetchers *fetchers, struct fetcher *fetcher, msec_t now)
{
	struct err err = { 0 };
	struct frame frame;
	int filled = frame_fill(&fetcher->child.link, &err), got = filled;

	while (got > 0) {
		got = frame_next(&fetcher->child.link, &frame, &err);
		if (got > 0)
			got = on_frame(fetchers, fetcher, &frame, now, &err) < 0
				  ? -1
				  : 1;
	}
	if (got >= 0)
		return filled != 0;
	/* What it says is not to be trusted any more than its server. */
	log_event(LOG_LEVEL_WARN, "fetcher", "mailbox=%s err=\"%s\"",
	    fetcher->box->name, err.msg);
	if (fetcher->child.pid != 0)
		child_stop(&fetcher->child);
	return true;
}

/* ---- life ---- */

static void
schedule(struct fetchers *fetchers, struct fetcher *fetcher, msec_t now)
{
	msec_t pause = retry_failed(&fetcher->retry, fetcher->is_misconfigured);
	struct err err = { 0 };

	fetcher->is_up = false;
	fetcher->restart_at = mono_add(clock_mono(), pause);
	log_event(LOG_LEVEL_WARN, "mailbox",
	    "name=%s state=down next=%llds why=\"%s\"", fetcher->box->name,
	    (long long)(pause / MSEC_SECOND), fetcher->reason);
	if (!retry_is_told(&fetcher->retry))
		return;
	if (desk_channel(fetchers->desk, fetcher->box->name, true,
		fetcher->reason, now, &err) < 0)
		log_event(LOG_LEVEL_ERROR, "mailbox", "name=%s err=\"%s\"",
		    fetcher->box->name, err.msg);
}

bool
fetchers_reap(struct fetchers *fetchers, pid_t pid, int status, msec_t now)
{
	for (size_t i = 0; i < fetchers->count; i++) {
		struct fetcher *fetcher = &fetchers->list[i];
		char why[32] = "it broke its protocol";

		if (fetcher->child.pid != pid)
			continue;
		(void)take_frames(fetchers, fetcher, now);
		if (fetcher->child.pid != 0)
			child_ended(&fetcher->child, status, why, sizeof(why));
		if (fetcher->reason[0] == '\0')
			(void)snprintf(fetcher->reason, sizeof(fetcher->reason),
			    "the fetcher died (%s)", why);
		schedule(fetchers, fetcher, now);
		return true;
	}
	return false;
}

void
fetchers_work(struct fetchers *fetchers, msec_t now)
{
	struct err err = { 0 };

	for (size_t i = 0; i < fetchers->count; i++) {
		struct fetcher *fetcher = &fetchers->list[i];

		if (fetcher->child.pid == 0) {
			if (mono_left_ms(fetcher->restart_at) == 0)
				start_fetcher(fetchers, fetcher);
			continue;
		}
		if (!take_frames(fetchers, fetcher, now))
			child_kill(&fetcher->child);
		if (fetcher->child.pid == 0)
			schedule(fetchers, fetcher, now);
		else if (frame_flush(&fetcher->child.link, &err) < 0)
			continue; /* its end will be reaped */
	}
}

/* ---- the loop ---- */

size_t
fetchers_count(const struct fetchers *fetchers)
{
	return fetchers->count;
}

size_t
fetchers_poll(struct fetchers *fetchers, struct pollfd *fds)
{
	size_t count = 0;

	for (size_t i = 0; i < fetchers->count; i++)
		count += child_poll(&fetchers->list[i].child, fds + count);
	return count;
}

int
fetchers_timeout(const struct fetchers *fetchers)
{
	int soonest = -1;

	for (size_t i = 0; i < fetchers->count; i++) {
		int left = mono_left_ms(fetchers->list[i].restart_at);

		if (fetchers->list[i].child.pid == 0 &&
		    (soonest < 0 || left < soonest))
			soonest = left;
	}
	return soonest;
}
