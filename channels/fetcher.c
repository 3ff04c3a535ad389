#include "channels/fetcher.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "channels/fetcher_batch.h"
#include "channels/fetcher_plan.h"
#include "channels/fetcher_start.h"
#include "channels/fetcher_tell.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "lib/sandbox.h"

enum {
	START_MS = 60 * 1000,
	/* RFC 2177: at least every 29 minutes; half of it also outlives
	 * servers that forget to tell, since each renewal looks for mail. */
	IDLE_RENEW_MS = 14 * 60 * 1000,
	REST_MS = 60 * 1000,
	POLL_SECONDS = 60,
	OPEN_FILES = 128,
};

struct fetcher {
	struct frame_link link;
	struct arena arena;
	struct fetcher_start start;
	struct imap *imap;
	struct imap_selected selected;
	struct fetcher_plan plan;
	struct fetcher_window window;
	/* committed by the desk, not yet told to the server */
	uint32_t *settles;
	size_t settle_count, settle_size;
	bool is_paused;
	bool is_stopping; /* STOP came, or the desk is gone */
};

/* ---- frames in ---- */

static void
add_settle(struct fetcher *fetcher, uint32_t uid)
{
	if (fetcher->settle_count == fetcher->settle_size) {
		fetcher->settle_size =
		    fetcher->settle_size == 0 ? 256 : fetcher->settle_size * 2;
		fetcher->settles = reallocarray(fetcher->settles,
		    fetcher->settle_size, sizeof(*fetcher->settles));
		if (fetcher->settles == NULL)
			abort();
	}
	fetcher->settles[fetcher->settle_count++] = uid;
}

static int
on_settle(struct fetcher *fetcher, const struct frame *frame, struct err *err)
{
	json_t *what scoped(json_release) =
	    json_from(frame->data, frame->len, err);
	const json_t *list = json_object_get(what, "uids");
	uint32_t uidvalidity = fetcher->selected.uidvalidity;

	if (what == NULL)
		return err_wrap(err, "settle");
	/* Numbers of another life of the mailbox name other mails now. */
	if (json_int(what, "uidvalidity", uidvalidity) != uidvalidity)
		return 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		uint32_t uid =
		    (uint32_t)json_integer_value(json_array_get(list, i));

		if (uid == 0)
			continue;
		fetcher_window_settled(&fetcher->window, uid);
		add_settle(fetcher, uid);
	}
	return 0;
}

static int
on_frame(struct fetcher *fetcher, const struct frame *frame, struct err *err)
{
	if (frame->fd >= 0)
		(void)close(frame->fd);
	switch (frame->type) {
	case FETCHER_SETTLE: return on_settle(fetcher, frame, err);
	case FETCHER_PAUSE: fetcher->is_paused = true; return 0;
	case FETCHER_RESUME:
		fetcher->is_paused = false;
		fetcher->window.count = 0;
		return 0;
	case FETCHER_STOP: fetcher->is_stopping = true; return 0;
	default:
		return err_set(err, ERR_BUG, "frame %u", (unsigned)frame->type);
	}
}

/* All that has come; waits for nothing. */
static int
take_frames(struct fetcher *fetcher, struct err *err)
{
	struct frame frame;
	int got = frame_fill(&fetcher->link, err);

	if (got < 0)
		return -1;
	if (got == 0)
		fetcher->is_stopping = true;
	for (;;) {
		got = frame_next(&fetcher->link, &frame, err);
		if (got <= 0)
			return got;
		if (on_frame(fetcher, &frame, err) < 0)
			return -1;
	}
}

/* ---- work ---- */

/* What imap_fetch() hands over. */
struct handing {
	struct fetcher *fetcher;
	bool is_head;
};

static int
hand_on(
    void *ctx, const struct imap_body *bodies, size_t count, struct err *err)
{
	const struct handing *handing = ctx;
	struct fetcher *fetcher = handing->fetcher;
	struct fetcher_sent sent;

	if (fetcher_batch_send(&fetcher->link, fetcher->selected.uidvalidity,
		bodies, count, handing->is_head, &sent, err) < 0)
		return -1;
	if (sent.count > 0)
		fetcher_window_add(&fetcher->window, sent.first, sent.last,
		    sent.count, sent.bytes);
	return frame_flush(&fetcher->link, err);
}

static int
fetch_batch(struct fetcher *fetcher, struct err *err)
{
	const struct imap_mail *mails;
	uint32_t head_bytes;
	size_t count = fetcher_plan_batch(&fetcher->plan, &mails, &head_bytes);
	struct handing handing = { fetcher, head_bytes > 0 };

	if (imap_fetch(fetcher->imap, mails, count, head_bytes, hand_on,
		&handing, err) < 0)
		return -1;
	fetcher_plan_fetched(&fetcher->plan, count);
	return 1;
}

static int
settle(struct fetcher *fetcher, struct err *err)
{
	size_t count = fetcher->settle_count < LIMIT_SETTLE_MAILS
			   ? fetcher->settle_count
			   : LIMIT_SETTLE_MAILS;
	int done = imap_settle(fetcher->imap, fetcher->settles, count, err);

	if (done < 0 || (done > 0 && fetcher_tell_settled(&fetcher->link,
					 fetcher->selected.uidvalidity,
					 fetcher->settles, count, err) < 0))
		return -1;
	fetcher->settle_count -= count;
	memmove(fetcher->settles, fetcher->settles + count,
	    fetcher->settle_count * sizeof(*fetcher->settles));
	return 1;
}

/* Another life of the mailbox shows again what lay there before our first
 * connect, and that is known by no content. */
static void
skip_old(struct fetcher *fetcher)
{
	const struct fetcher_start *start = &fetcher->start;

	if (!start->mailbox.from_start && start->first_at != 0 &&
	    start->first_uidvalidity != fetcher->selected.uidvalidity)
		fetcher_plan_skip(&fetcher->plan, start->first_at);
}

static int
list(struct fetcher *fetcher, struct err *err)
{
	uint32_t first, last;

	if (!fetcher_plan_range(&fetcher->plan, &first, &last))
		return 0;
	if (imap_list(fetcher->imap, first, last, &fetcher->plan.mails, err) <
	    0)
		return -1;
	fetcher_plan_listed(&fetcher->plan, last);
	skip_old(fetcher);
	return 1;
}

static bool
has_listed(const struct fetcher *fetcher)
{
	return fetcher->plan.fetched < fetcher->plan.mails.count;
}

/* The most useful thing to do; 0 when there is none.  Mails come first:
 * flags can wait until many are told in one command. */
static int
work(struct fetcher *fetcher, struct err *err)
{
	if (imap_was_told(fetcher->imap))
		fetcher->plan.is_due = true;
	if (fetcher->settle_count >= LIMIT_SETTLE_MAILS)
		return settle(fetcher, err);
	if (!fetcher->is_paused && has_listed(fetcher) &&
	    fetcher_window_is_open(&fetcher->window))
		return fetch_batch(fetcher, err);
	if (fetcher->settle_count > 0)
		return settle(fetcher, err);
	return fetcher->is_paused ? 0 : list(fetcher, err);
}

/* ---- waiting ---- */

/* For the link, and for the connection if `with_server'.  1 when one of them
 * calls, 0 on time-out, -1. */
static int
wait_for_news(
    struct fetcher *fetcher, bool with_server, mono_t until, struct err *err)
{
	bool wants_write = frame_wants_write(&fetcher->link);
	struct pollfd fds[2] = {
		{ .fd = fetcher->link.fd,
		    .events = (short)(POLLIN | (wants_write ? POLLOUT : 0)) },
		{ .fd = with_server ? imap_fd(fetcher->imap) : -1,
		    .events = POLLIN },
	};
	int ready;

	if (with_server && imap_has_buffered(fetcher->imap))
		return 1;
	do
		ready = poll(fds, 2, mono_left_ms(until));
	while (ready < 0 && errno == EINTR);
	if (ready < 0)
		return err_sys(err, ERR_BUG, "poll");
	if (wants_write && frame_flush(&fetcher->link, err) < 0)
		return -1;
	return ready > 0;
}

/* Without IDLE, or while the desk has enough: the connection must not die of
 * boredom. */
static int
rest(struct fetcher *fetcher, int64_t ms, struct err *err)
{
	int news =
	    wait_for_news(fetcher, false, mono_add(clock_mono(), ms), err);

	if (news != 0)
		return news < 0 ? -1 : 0;
	if (imap_noop(fetcher->imap, err) < 0)
		return -1;
	fetcher->plan.is_due = true;
	return 0;
}

/* Until there is mail, a frame to read, or the time to renew.  Mail may have
 * been told before the go-ahead of IDLE, and nothing more comes then. */
static int
watch(struct fetcher *fetcher, struct err *err)
{
	mono_t until = mono_add(clock_mono(), IDLE_RENEW_MS);

	for (;;) {
		int news;

		if (imap_was_told(fetcher->imap)) {
			fetcher->plan.is_due = true;
			if (fetcher_tell_seen(
				&fetcher->link, clock_mono(), err) < 0)
				return -1;
		}
		if (take_frames(fetcher, err) < 0)
			return -1;
		if (fetcher->plan.is_due || fetcher->is_stopping ||
		    fetcher->settle_count > 0)
			return 0;
		news = wait_for_news(fetcher, true, until, err);
		if (news < 0 || imap_idle_take(fetcher->imap, err) < 0)
			return -1;
		if (news == 0)
			fetcher->plan.is_due = true;
	}
}

static int
idle(struct fetcher *fetcher, struct err *err)
{
	if (imap_idle_start(fetcher->imap, err) < 0)
		return -1;
	if (watch(fetcher, err) < 0)
		return -1;
	return imap_idle_end(fetcher->imap, err);
}

static int
wait(struct fetcher *fetcher, struct err *err)
{
	const struct mailbox *box = &fetcher->start.mailbox;

	if (has_listed(fetcher) || fetcher->is_paused)
		return rest(fetcher, REST_MS, err);
	if (box->idle && imap_can_idle(fetcher->imap))
		return idle(fetcher, err);
	return rest(fetcher,
	    (box->poll_seconds > 0 ? box->poll_seconds : POLL_SECONDS) *
		MSEC_SECOND,
	    err);
}

/* ---- life ---- */

static int
serve(struct fetcher *fetcher, struct err *err)
{
	for (;;) {
		int did;

		if (take_frames(fetcher, err) < 0)
			return -1;
		if (fetcher->is_stopping)
			return 0;
		did = work(fetcher, err);
		if (did < 0 || (did == 0 && wait(fetcher, err) < 0))
			return -1;
	}
}

static uint32_t
first_uid(const struct fetcher *fetcher)
{
	const struct fetcher_start *start = &fetcher->start;

	if (start->uidvalidity == 0)
		return start->mailbox.from_start ? 1
						 : fetcher->selected.uidnext;
	/* Another life of the mailbox: what we have is known by its content,
	 * and what was never ours by its date (skip_old), so all is listed
	 * again and nothing is missed. */
	if (start->uidvalidity != fetcher->selected.uidvalidity)
		return 1;
	return start->uid + 1;
}

static int
go_online(struct fetcher *fetcher, struct err *err)
{
	const struct sandbox_limits limits = {
		.memory_bytes = LIMIT_FETCHER_MEMORY,
		.open_files = OPEN_FILES,
	};

	fetcher->imap =
	    imap_open(&fetcher->start.mailbox, &fetcher->start.times, err);
	if (fetcher->imap == NULL)
		return -1;
	imap_give_up(fetcher->imap, fetcher->start.given_up);
	if (sandbox_enter(SANDBOX_FETCHER, &limits, err) < 0)
		return -1;
	if (imap_login(fetcher->imap, err) < 0 ||
	    imap_select(fetcher->imap, &fetcher->selected, err) < 0)
		return -1;
	fetcher_plan_init(
	    &fetcher->plan, first_uid(fetcher), &fetcher->selected);
	return fetcher_tell_up(&fetcher->link, &fetcher->selected,
	    fetcher->start.uidvalidity == 0, err);
}

static int
get_started(struct fetcher *fetcher, struct err *err)
{
	struct frame frame;
	int got = frame_wait(&fetcher->link, START_MS, &frame, err);

	if (got == 0)
		return err_set(err, ERR_BUG, "no start");
	if (got < 0)
		return -1;
	if (frame.fd >= 0)
		(void)close(frame.fd);
	if (frame.type != FETCHER_START)
		return err_set(err, ERR_BUG, "the first frame is no start");
	return fetcher_start_read(
	    frame.data, frame.len, &fetcher->arena, &fetcher->start, err);
}

int
fetcher_run(int fd)
{
	struct fetcher fetcher = { 0 };
	struct err err = { 0 };
	int status = EX_OK;

	frame_link_init(&fetcher.link, fd, LIMIT_FETCH_BATCH_BYTES);
	arena_init(&fetcher.arena, MIB);
	if (get_started(&fetcher, &err) < 0 || go_online(&fetcher, &err) < 0 ||
	    serve(&fetcher, &err) < 0)
		status = fetcher_tell_down(
		    &fetcher.link, imap_refused(fetcher.imap), &err);
	imap_close(&fetcher.imap);
	fetcher_plan_done(&fetcher.plan);
	free(fetcher.settles);
	arena_done(&fetcher.arena);
	frame_link_done(&fetcher.link);
	return status;
}
