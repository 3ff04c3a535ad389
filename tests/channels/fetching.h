/*
 * fetching - a fetcher process and the desk's end of its link, for tests.
 */
#ifndef TESTS_CHANNELS_FETCHING_H
#define TESTS_CHANNELS_FETCHING_H

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channels/fetcher.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "lib/sealed.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"

enum { ANSWER_MS = 20000 };

/* The desk's end. */
struct desk {
	struct frame_link link;
	pid_t pid;
	json_t *frame; /* the last one */
	uint32_t type;
	struct sealed raw; /* of the last batch */
};

static void
send_frame(struct desk *desk, uint32_t type, json_t *payload)
{
	char *text = json_dumps(payload, JSON_COMPACT);
	struct err err = { 0 };

	assert_non_null(text);
	assert_int_equal(
	    frame_send(&desk->link, type, text, strlen(text), -1, &err), 0);
	free(text);
	json_decref(payload);
}

static void
start_fetcher(struct desk *desk, json_t *start)
{
	int pair[2];

	*desk = (struct desk){ 0 };
	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	desk->pid = fork();
	assert_true(desk->pid >= 0);
	if (desk->pid == 0) {
		(void)close(pair[0]);
		_exit(fetcher_run(pair[1]));
	}
	(void)close(pair[1]);
	frame_link_init(&desk->link, pair[0], LIMIT_FETCH_BATCH_BYTES);
	send_frame(desk, FETCHER_START, start);
}

static void
forget_frame(struct desk *desk)
{
	sealed_unmap(&desk->raw);
	json_release(&desk->frame);
}

static void
map_raw(struct desk *desk, int fd)
{
	struct err err = { 0 };

	if (sealed_map(fd, &desk->raw, &err) < 0)
		fail_msg("%s", err.msg);
	(void)close(fd);
}

/* Stop it, and give its exit status. */
static int
end_fetcher(struct desk *desk)
{
	int status = 0;

	forget_frame(desk);
	frame_link_done(&desk->link);
	assert_int_equal(waitpid(desk->pid, &status, 0), desk->pid);
	if (WIFSIGNALED(status))
		fail_msg("killed by signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

static void
next_frame(struct desk *desk, uint32_t wanted)
{
	struct err err = { 0 };
	struct frame frame;

	do {
		forget_frame(desk);
		if (frame_wait(&desk->link, ANSWER_MS, &frame, &err) != 1)
			fail_msg("no frame %u: %s (exit %d)", (unsigned)wanted,
			    err.msg, end_fetcher(desk));
		desk->frame = json_from(frame.data, frame.len, &err);
		desk->type = frame.type;
		assert_non_null(desk->frame);
		if (frame.fd >= 0)
			map_raw(desk, frame.fd);
	} while (frame.type == FETCHER_SEEN && wanted != FETCHER_SEEN);
	if (frame.type != wanted)
		fail_msg("frame %u instead of %u: %s", (unsigned)frame.type,
		    (unsigned)wanted,
		    text_or(json_text(desk->frame, "reason"), ""));
}

__attribute__((unused)) static void
settle(struct desk *desk, uint32_t first, uint32_t last)
{
	json_t *what = json_object(), *uids = json_array();

	for (uint32_t uid = first; uid <= last; uid++)
		json_array_append_new(uids, json_integer(uid));
	json_object_set_new(what, "uids", uids);
	send_frame(desk, FETCHER_SETTLE, what);
}

__attribute__((unused)) static const json_t *
mail_at(const struct desk *desk, size_t i)
{
	return json_array_get(json_object_get(desk->frame, "mails"), i);
}

__attribute__((unused)) static size_t
mail_count(const struct desk *desk)
{
	return json_array_size(json_object_get(desk->frame, "mails"));
}

__attribute__((unused)) static void
assert_mail(const struct desk *desk, size_t i, uint32_t uid, const char *text)
{
	const json_t *mail = mail_at(desk, i);
	size_t offset = (size_t)json_int(mail, "offset", -1);

	assert_int_equal(json_int(mail, "uid", 0), uid);
	assert_int_equal(json_int(mail, "length", 0), strlen(text));
	assert_true(offset + strlen(text) <= desk->raw.size);
	assert_memory_equal(
	    (const char *)desk->raw.data + offset, text, strlen(text));
}

static void
connect_box(struct desk *desk, const struct mailbox *box, uint32_t uidvalidity,
    uint32_t uid)
{
	start_fetcher(desk, fetcher_start_json(box, uidvalidity, uid));
	next_frame(desk, FETCHER_UP);
}

/* From the start, up to the first mails. */
__attribute__((unused)) static void
connect_and_fetch(struct desk *desk, const struct mailbox *box)
{
	connect_box(desk, box, 0, 0);
	next_frame(desk, FETCHER_BATCH);
}

#endif
