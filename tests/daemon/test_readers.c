/*
 * What a reader that dies leaves behind: this program is the reader too.
 */
#include "core/limits.h"
#include "daemon/child.h"
#include "daemon/readers.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "reader/protocol.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/stage.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Together more than one read of the link takes; the last job kills. */
enum { JOBS = 40, ANSWER_BYTES = 8000 };

/* ---- the reader ---- */

/* Takes all jobs, answers all but the last at once, and dies. */
static int
play_reader(void)
{
	static const char says[] = "{\"error\":\"answered\"";
	static char answer[ANSWER_BYTES];
	const int room = 1 << 20;
	struct frame_link link;
	struct frame frame;
	struct err err = { 0 };

	memset(answer, ' ', sizeof(answer));
	memcpy(answer, says, strlen(says));
	answer[ANSWER_BYTES - 1] = '}';
	(void)setsockopt(
	    CHILD_LINK_FD, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
	frame_link_init(&link, CHILD_LINK_FD, LIMIT_READER_ANSWER_BYTES);
	if (frame_send(&link, READER_READY, NULL, 0, -1, &err) < 0)
		return 1;
	for (int i = 0; i < JOBS; i++) {
		if (frame_wait(&link, -1, &frame, &err) <= 0)
			return 1;
		if (frame.fd >= 0)
			(void)close(frame.fd);
	}
	for (int i = 0; i < JOBS - 1; i++)
		if (frame_put(&link, READER_RESULT, answer, sizeof(answer), -1,
			&err) < 0)
			return 1;
	if (frame_flush(&link, &err) < 0 || frame_wants_write(&link))
		return 1;
	(void)raise(SIGKILL);
	return 1;
}

/* ---- the desk ---- */

static void
give_mails(struct stage *stage, struct readers *readers)
{
	stage->reader = STAGE_WAITS;
	for (uint32_t i = 1; i <= JOBS; i++) {
		char id[16];

		(void)snprintf(id, sizeof(id), "m%u", (unsigned)i);
		stage_mail(stage, 7, i,
		    stage_letter("wang@owner.example", id, "灯不亮"), false);
	}
	stage_turns(stage);
	readers_serve(readers, stage->desk);
	for (size_t i = 0; i < JOBS; i++)
		readers_read(readers, &stage->jobs[i]);
}

static void
all_answers_of_a_reader_that_died_count(void **state)
{
	struct stage *stage = *state;
	struct err err = { 0 };
	struct readers *readers = readers_open(1, &err);
	struct pollfd ready;
	int status = 0;
	pid_t pid;

	give_mails(stage, readers);
	assert_int_equal(readers_poll(readers, &ready), 1);
	assert_int_equal(poll(&ready, 1, 20000), 1);
	readers_work(readers);
	pid = waitpid(-1, &status, 0);
	assert_true(WIFSIGNALED(status));
	assert_true(readers_reap(readers, pid, status));
	stage_turns(stage);
	for (int64_t i = 1; i < JOBS; i++)
		assert_string_equal(stage_inbox(stage, i).reason, "answered");
	/* What it died of is the one without an answer. */
	assert_string_equal(
	    stage_inbox(stage, JOBS).reason, "the reader died (signal 9)");
	readers_close(&readers);
}

/* Nothing makes one: texts are bounded, and what goes with them.  If something
 * did, a human gets it, and the others are read. */
static void
a_job_that_never_fits_holds_up_no_other(void **state)
{
	static char large[LIMIT_PUSH_MAP_BYTES + LIMIT_JOB_BYTES + 1];
	struct stage *stage = *state;
	struct err err = { 0 };
	struct readers *readers = readers_open(1, &err);
	struct pollfd ready;

	stage->reader = STAGE_WAITS;
	stage_mail(stage, 7, 1,
	    stage_letter("wang@owner.example", "m1", "灯不亮"), false);
	stage_turns(stage);
	readers_serve(readers, stage->desk);
	stage->jobs[0].fd = -1;
	stage->jobs[0].data = large;
	stage->jobs[0].length = sizeof(large);
	readers_read(readers, &stage->jobs[0]);
	assert_int_equal(readers_poll(readers, &ready), 1);
	assert_int_equal(poll(&ready, 1, 20000), 1);
	readers_work(readers);
	stage_turns(stage);
	assert_string_equal(
	    stage_inbox(stage, 1).reason, "larger than a job may be");
	readers_close(&readers);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    all_answers_of_a_reader_that_died_count, stage_setup,
		    stage_teardown),
		cmocka_unit_test_setup_teardown(
		    a_job_that_never_fits_holds_up_no_other, stage_setup,
		    stage_teardown),
	};

	if (argc > 1 && strcmp(argv[1], "--role=reader") == 0)
		return play_reader();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
