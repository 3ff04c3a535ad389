/*
 * The reader as the desk meets it: a process behind a socket pair.
 */
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
#include "reader/charset.h"
#include "reader/protocol.h"
#include "reader/reader.h"
#include "reader/worker.h"
#include "tests/support/cmocka_fence.h"

#define SEALS	(F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
#define WAIT_MS 20000

static struct frame_link desk;
static pid_t child;

static const char kannel[] = "{\"preset\":\"kannel\"}";

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
memory_with(const char *raw, size_t len, int seals)
{
	int fd = memfd_create("job", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, raw, len), (ssize_t)len);
	if (seals != 0)
		assert_int_equal(fcntl(fd, F_ADD_SEALS, seals), 0);
	return fd;
}

static json_t *
answer_of(const struct reader_job *job, const char *extra, int fd)
{
	struct buf payload scoped(buf_done);
	struct frame frame;
	struct err err = { 0 };
	json_t *answer;

	buf_init(&payload, 65536);
	buf_add(&payload, job, sizeof(*job));
	buf_puts(&payload, extra);
	assert_int_equal(frame_send(&desk, READER_JOB, payload.data,
			     payload.len, fd, &err),
	    0);
	assert_int_equal(frame_wait(&desk, WAIT_MS, &frame, &err), 1);
	assert_int_equal(frame.type, READER_RESULT);
	answer = json_from(frame.data, frame.len, &err);
	assert_non_null(answer);
	assert_int_equal(json_int(answer, "job", -1), (int64_t)job->job);
	return answer;
}

static json_t *
ask(enum reader_job_kind kind, const char *raw, size_t len, const char *extra)
{
	struct reader_job job = {
		.job = 7,
		.kind = kind,
		.extra = (uint32_t)strlen(extra),
		.length = len,
	};

	return answer_of(&job, extra, memory_with(raw, len, SEALS));
}

static void
a_mail_comes_back_as_a_message(void **state)
{
	static const char raw[] = "From: a@example.org\nSubject: tap\n\ndrips\n";
	json_t *answer = ask(READER_MAIL, raw, strlen(raw), "");
	const json_t *message = json_object_get(answer, "message");

	(void)state;
	assert_string_equal(json_text(message, "from"), "a@example.org");
	assert_string_equal(json_text(message, "text"), "drips");
	json_decref(answer);
}

static void
one_memory_may_hold_many_mails(void **state)
{
	static const char raw[] = "From: a@x\n\none\nFrom: b@x\n\ntwo\n";
	struct reader_job job = { .job = 3, .kind = READER_MAIL };
	json_t *answer;

	(void)state;
	job.offset = (uint64_t)(strstr(raw, "From: b") - raw);
	job.length = strlen(raw) - job.offset;
	answer = answer_of(&job, "", memory_with(raw, strlen(raw), SEALS));
	assert_string_equal(
	    json_text(json_object_get(answer, "message"), "from"), "b@x");
	json_decref(answer);
}

static void
pushes_reports_and_polls_come_back_in_their_own_shape(void **state)
{
	static const char text[] = "{\"query\":{\"id\":\"u1\",\"from\":"
				   "\"+8613900000002\",\"text\":\"水管\"}}";
	static const char report[] =
	    "{\"query\":{\"id\":\"9-1\",\"type\":\"1\"}}";
	static const char poll[] = "{\"d\":[{\"s\":\"1\",\"t\":\"x\"}]}";
	static const char map[] = "{\"preset\":\"json\",\"items\":\"/d\","
				  "\"from\":\"/s\",\"text\":\"/t\"}";
	json_t *answer = ask(READER_PUSH_TEXT, text, strlen(text), kannel);

	(void)state;
	assert_string_equal(
	    json_text(json_object_get(answer, "message"), "text"), "水管");
	json_decref(answer);
	answer = ask(READER_PUSH_REPORT, report, strlen(report), kannel);
	assert_string_equal(
	    json_text(json_object_get(answer, "report"), "state"), "delivered");
	json_decref(answer);
	answer = ask(READER_POLL, poll, strlen(poll), map);
	assert_int_equal(
	    json_array_size(json_object_get(answer, "messages")), 1);
	json_decref(answer);
}

static void
assert_refused(json_t *answer, const char *word)
{
	assert_non_null(json_text(answer, "error"));
	assert_non_null(strstr(json_text(answer, "error"), word));
	json_decref(answer);
}

static void
a_bad_job_is_an_error_and_not_the_end(void **state)
{
	static const char raw[] = "From: a@x\n\none\n";
	struct reader_job job = { .job = 1, .kind = READER_MAIL, .length = 5 };

	(void)state;
	assert_refused(answer_of(&job, "", memory_with(raw, 5, 0)), "sealed");
	job.length = 6;
	assert_refused(
	    answer_of(&job, "", memory_with(raw, 5, SEALS)), "outside");
	job.length = 5;
	job.kind = 99;
	assert_refused(answer_of(&job, "", memory_with(raw, 5, SEALS)), "kind");
	job.kind = READER_MAIL;
	assert_refused(answer_of(&job, "", -1), "descriptor");
	assert_refused(ask(READER_MAIL, "", 0, ""), "header");
	assert_refused(ask(READER_PUSH_TEXT, "{}", 2, kannel), "from");
	a_mail_comes_back_as_a_message(state);
}

static void
what_is_no_job_ends_the_worker(void **state)
{
	struct err err = { 0 };
	struct frame frame;

	assert_int_equal(frame_send(&desk, READER_JOB, "x", 1, -1, &err), 0);
	assert_int_equal(frame_wait(&desk, WAIT_MS, &frame, &err), 0);
	assert_int_not_equal(finish(), 0);
	(void)start(state);
}

static void
an_answer_that_is_too_large_is_cut(void **state)
{
	/* JSON spells each tab as two bytes, own text and text are the same,
	 * and 100 recipients have names of full length. */
	struct buf raw scoped(buf_done);
	json_t *answer;
	const json_t *message;

	(void)state;
	buf_init(&raw, 8 * MIB);
	buf_puts(&raw, "From: a@x\n");
	for (int i = 0; i < 100; i++) {
		buf_puts(&raw, "To: \"");
		for (int k = 0; k < 15000; k++)
			buf_puts(&raw, "x");
		buf_puts(&raw, "\" <b@x>\n");
		buf_puts(&raw, "References: <");
		for (int k = 0; k < 1000; k++)
			buf_puts(&raw, "y");
		buf_puts(&raw, "@x>\n");
	}
	for (int i = 0; i < 8; i++) {
		buf_puts(&raw, "Authentication-Results: ");
		for (int k = 0; k < 15000; k++)
			buf_puts(&raw, "z");
		buf_puts(&raw, "\n");
	}
	buf_puts(&raw, "\nw");
	for (size_t i = 0; i < LIMIT_TEXT_BYTES - 2; i++)
		buf_puts(&raw, i % 2 == 0 ? "\t" : "\\");
	buf_puts(&raw, "w\n");
	answer = ask(READER_MAIL, raw.data, raw.len, "");
	message = json_object_get(answer, "message");
	assert_non_null(message);
	assert_string_equal(json_text(message, "from"), "a@x");
	json_decref(answer);
}

/* "é" or "中" in each charset, decoded where no module can be loaded. */
static void
every_charset_is_decoded_inside(void **state)
{
	(void)state;
	for (size_t i = 0; i < charset_count(); i++) {
		char raw[256];
		json_t *answer;
		const char *text;

		(void)snprintf(raw, sizeof(raw),
		    "From: a@x\nContent-Type: text/plain; charset=%s\n"
		    "Content-Transfer-Encoding: base64\n\nYWJjZGVmZ2g=\n",
		    charset_label(i));
		answer = ask(READER_MAIL, raw, strlen(raw), "");
		text = json_text(json_object_get(answer, "message"), "text");
		assert_non_null(text);
		assert_true(strlen(text) > 0);
		json_decref(answer);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_comes_back_as_a_message),
		cmocka_unit_test(one_memory_may_hold_many_mails),
		cmocka_unit_test(
		    pushes_reports_and_polls_come_back_in_their_own_shape),
		cmocka_unit_test(a_bad_job_is_an_error_and_not_the_end),
		cmocka_unit_test(what_is_no_job_ends_the_worker),
		cmocka_unit_test(an_answer_that_is_too_large_is_cut),
		cmocka_unit_test(every_charset_is_decoded_inside),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
