/*
 * worker_link - a reader process and the desk's end of its link, for tests.
 */
#ifndef TESTS_READER_WORKER_LINK_H
#define TESTS_READER_WORKER_LINK_H

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "lib/json.h"
#include "lib/sealed.h"
#include "reader/answer.h"
#include "reader/charset.h"
#include "reader/protocol.h"
#include "reader/reader.h"
#include "reader/worker.h"
#include "tests/support/cmocka_fence.h"

#define WAIT_MS 20000

static struct frame_link desk;
static pid_t child;

static int
start(void **state)
{
	int pair[2];
	struct frame frame;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)close(pair[0]);
		_exit(reader_worker_run(pair[1]));
	}
	(void)close(pair[1]);
	frame_link_init(&desk, pair[0], LIMIT_READER_ANSWER_BYTES);
	assert_int_equal(frame_wait(&desk, WAIT_MS, &frame, &err), 1);
	assert_int_equal(frame.type, READER_READY);
	return 0;
}

/* The worker's exit status, after the link is closed. */
static int
finish(void)
{
	int status = 0;

	frame_link_done(&desk);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static int
stop(void **state)
{
	(void)state;
	assert_int_equal(finish(), 0);
	return 0;
}

static int
memory_with(const char *raw, size_t len)
{
	struct err err = { 0 };
	int fd = sealed_new(&(struct bytes){ raw, len }, 1, &err);

	assert_true(fd >= 0);
	return fd;
}

static json_t *
answer_of(const struct reader_job *job, const char *behind, int fd)
{
	struct buf payload scoped(buf_done);
	struct frame frame;
	struct err err = { 0 };
	struct answer got;
	json_t *answer;

	buf_init(&payload, 65536);
	buf_add(&payload, job, sizeof(*job));
	buf_puts(&payload, behind);
	assert_int_equal(
	    frame_send(&desk, READER_JOB, payload.data, payload.len, fd, &err),
	    0);
	assert_int_equal(frame_wait(&desk, WAIT_MS, &frame, &err), 1);
	assert_int_equal(frame.type, READER_RESULT);
	assert_int_equal(answer_read(frame.data, frame.len, &got, &err), 0);
	answer = got.object;
	if (got.own != NULL)
		json_put_text(
		    json_object_get(answer, "message"), "reply", got.own);
	free(got.own);
	assert_int_equal(json_int(answer, "job", -1), (int64_t)job->job);
	return answer;
}

__attribute__((unused)) static json_t *
ask(enum reader_job_kind kind, const char *raw, size_t len, const char *extra)
{
	struct reader_job job = {
		.job = 7,
		.kind = kind,
		.extra = (uint32_t)strlen(extra),
		.length = len,
	};

	return answer_of(&job, extra, memory_with(raw, len));
}

#endif
