/*
 * Messages between our own processes, one of which may have been taken over.
 */
#include "tests/support/cmocka_fence.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lib/err.h"
#include "lib/frame.h"

enum { CAP = 64 * 1024, HEAD = 12 };

struct ends {
	struct frame_link near, far;
};

static int
setup(void **state)
{
	struct ends *ends = calloc(1, sizeof(*ends));
	int pair[2];

	assert_non_null(ends);
	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	frame_link_init(&ends->near, pair[0], CAP);
	frame_link_init(&ends->far, pair[1], CAP);
	*state = ends;
	return 0;
}

static int
teardown(void **state)
{
	struct ends *ends = *state;

	frame_link_done(&ends->near);
	frame_link_done(&ends->far);
	free(ends);
	return 0;
}

static void
raw(struct ends *ends, const void *bytes, size_t len)
{
	assert_int_equal(write(ends->far.fd, bytes, len), (ssize_t)len);
}

/* A descriptor on a file with this one byte in it. */
static int
fd_with(char c)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, &c, 1, 0), 1);
	return fd;
}

static char
byte_in(int fd)
{
	char c = 0;

	assert_true(fd >= 0);
	assert_int_equal(pread(fd, &c, 1, 0), 1);
	(void)close(fd);
	return c;
}

static bool
is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static void
frames_arrive_whole_and_in_order(void **state)
{
	struct ends *ends = *state;
	static char large[CAP];
	struct frame frame;
	struct err err = { 0 };

	memset(large, 'x', sizeof(large));
	assert_int_equal(frame_put(&ends->far, 7, "abc", 3, -1, &err), 0);
	assert_int_equal(frame_put(&ends->far, 8, NULL, 0, -1, &err), 0);
	assert_int_equal(
	    frame_put(&ends->far, 9, large, sizeof(large), -1, &err), 0);
	assert_true(frame_wants_write(&ends->far));
	assert_int_equal(frame_flush(&ends->far, &err), 0);
	assert_false(frame_wants_write(&ends->far));
	assert_int_equal(frame_wait(&ends->near, -1, &frame, &err), 1);
	assert_int_equal(frame.type, 7);
	assert_int_equal(frame.len, 3);
	assert_memory_equal(frame.data, "abc", 3);
	assert_int_equal(frame.fd, -1);
	assert_int_equal(frame_wait(&ends->near, -1, &frame, &err), 1);
	assert_int_equal(frame.type, 8);
	assert_int_equal(frame.len, 0);
	assert_int_equal(frame_wait(&ends->near, -1, &frame, &err), 1);
	assert_int_equal(frame.type, 9);
	assert_int_equal(frame.len, sizeof(large));
	assert_memory_equal(frame.data, large, sizeof(large));
	assert_int_equal(frame_next(&ends->near, &frame, &err), 0);
}

static void
a_frame_in_pieces_waits_until_it_is_whole(void **state)
{
	struct ends *ends = *state;
	const uint32_t head[] = { 2, 5, 0 };
	char bytes[HEAD + 2];
	struct frame frame;
	struct err err = { 0 };

	memcpy(bytes, head, HEAD);
	memcpy(bytes + HEAD, "ok", 2);
	for (size_t i = 0; i < sizeof(bytes); i++) {
		assert_int_equal(frame_next(&ends->near, &frame, &err), 0);
		raw(ends, bytes + i, 1);
		assert_int_equal(frame_fill(&ends->near, &err), 1);
	}
	assert_int_equal(frame_next(&ends->near, &frame, &err), 1);
	assert_int_equal(frame.type, 5);
	assert_memory_equal(frame.data, "ok", 2);
}

static void
descriptors_travel_with_their_own_frames(void **state)
{
	struct ends *ends = *state;
	struct frame frame;
	struct err err = { 0 };
	int a = fd_with('a'), c = fd_with('c'), d = fd_with('d');

	assert_int_equal(frame_put(&ends->far, 1, "1", 1, a, &err), 0);
	assert_int_equal(frame_put(&ends->far, 2, "2", 1, -1, &err), 0);
	assert_int_equal(frame_put(&ends->far, 3, "3", 1, c, &err), 0);
	assert_int_equal(frame_put(&ends->far, 4, NULL, 0, d, &err), 0);
	assert_int_equal(frame_flush(&ends->far, &err), 0);
	/* Ours are closed once they are on their way. */
	assert_false(is_open(a) || is_open(c) || is_open(d));
	for (uint32_t i = 1; i <= 4; i++) {
		assert_int_equal(frame_wait(&ends->near, -1, &frame, &err), 1);
		assert_int_equal(frame.type, i);
		if (i == 2)
			assert_int_equal(frame.fd, -1);
		else
			assert_int_equal(byte_in(frame.fd), "acd"[i / 2]);
	}
}

static void
what_is_not_queued_closes_its_descriptor(void **state)
{
	struct ends *ends = *state;
	static char large[CAP + 1];
	struct err err = { 0 };
	int fd = fd_with('a');

	assert_int_equal(
	    frame_put(&ends->far, 1, large, sizeof(large), fd, &err), -1);
	assert_false(is_open(fd));
	for (int i = 0; i < FRAME_FDS_MAX; i++)
		assert_int_equal(
		    frame_put(&ends->far, 1, "x", 1, fd_with('b'), &err), 0);
	fd = fd_with('c');
	assert_int_equal(frame_put(&ends->far, 1, "x", 1, fd, &err), -1);
	assert_false(is_open(fd));
	/* The rest is as it was. */
	assert_int_equal(frame_flush(&ends->far, &err), 0);
	assert_false(frame_wants_write(&ends->far));
}

static void
a_far_end_that_does_not_read_does_not_make_us_grow(void **state)
{
	struct ends *ends = *state;
	static char large[CAP];
	struct err err = { 0 };
	int queued = 0;

	while (frame_put(&ends->near, 1, large, sizeof(large), -1, &err) == 0) {
		assert_int_equal(frame_flush(&ends->near, &err), 0);
		assert_in_range(++queued, 1, 100);
	}
	assert_int_equal(err.kind, ERR_TEMP);
	assert_true(frame_wants_write(&ends->near));
	assert_true(ends->near.out.len <= 4 * (CAP + HEAD));
	/* And a small one still finds room after it has read. */
	assert_int_equal(frame_fill(&ends->far, &err), 1);
	assert_int_equal(frame_flush(&ends->near, &err), 0);
	assert_int_equal(frame_put(&ends->near, 1, "x", 1, -1, &err), 0);
}

static void
malformed_heads_are_refused(void **state)
{
	static const uint32_t heads[][3] = {
		{ CAP + 1, 1, 0 },
		{ UINT32_MAX, 1, 0 },
		{ 0, 1, 1 }, /* promises a descriptor */
	};
	struct frame frame;

	for (size_t i = 0; i < ARRAY_COUNT(heads); i++) {
		struct ends *ends;
		struct err err = { 0 };
		void *one = NULL;

		(void)state;
		(void)setup(&one);
		ends = one;
		raw(ends, heads[i], HEAD);
		assert_int_equal(frame_wait(&ends->near, -1, &frame, &err), -1);
		assert_int_equal(err.kind, ERR_DATA);
		(void)teardown(&one);
	}
}

static void
too_many_descriptors_are_refused_and_closed(void **state)
{
	struct ends *ends = *state;
	struct err err = { 0 };
	int before = dup(0), after, got = 1;

	(void)close(before);
	for (int i = 0; i < FRAME_FDS_MAX + 1; i++) {
		char control[CMSG_SPACE(sizeof(int))] = { 0 };
		char byte = 'x';
		struct iovec part = { .iov_base = &byte, .iov_len = 1 };
		struct msghdr message = {
			.msg_iov = &part,
			.msg_iovlen = 1,
			.msg_control = control,
			.msg_controllen = sizeof(control),
		};
		struct cmsghdr *head = CMSG_FIRSTHDR(&message);
		int fd = 0;

		head->cmsg_level = SOL_SOCKET;
		head->cmsg_type = SCM_RIGHTS;
		head->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(head), &fd, sizeof(fd));
		assert_int_equal(sendmsg(ends->far.fd, &message, 0), 1);
	}
	for (int i = 0; i <= FRAME_FDS_MAX && got > 0; i++)
		got = frame_fill(&ends->near, &err);
	assert_int_equal(got, -1);
	assert_int_equal(err.kind, ERR_DATA);
	frame_link_done(&ends->near);
	frame_link_done(&ends->far);
	after = dup(0);
	assert_true(after <= before);
	(void)close(after);
}

static void
the_end_of_a_link_is_no_error(void **state)
{
	struct ends *ends = *state;
	struct frame frame;
	struct err err = { 0 };

	assert_int_equal(frame_send(&ends->far, 3, "x", 1, -1, &err), 0);
	frame_link_done(&ends->far);
	assert_int_equal(frame_wait(&ends->near, -1, &frame, &err), 1);
	assert_int_equal(frame.type, 3);
	assert_int_equal(frame_wait(&ends->near, -1, &frame, &err), 0);
	assert_int_equal(err.kind, ERR_NONE);
	/* To send into it is one. */
	assert_int_equal(frame_send(&ends->near, 3, "x", 1, -1, &err), -1);
	assert_int_equal(err.sys, EPIPE);
}

static void
waiting_ends_at_its_time(void **state)
{
	struct ends *ends = *state;
	struct frame frame;
	struct err err = { 0 };

	assert_int_equal(frame_wait(&ends->near, 0, &frame, &err), 0);
	assert_int_equal(err.kind, ERR_TEMP);
	assert_int_equal(frame_fill(&ends->near, &err), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(frames_arrive_whole_and_in_order),
		TEST(a_frame_in_pieces_waits_until_it_is_whole),
		TEST(descriptors_travel_with_their_own_frames),
		TEST(what_is_not_queued_closes_its_descriptor),
		TEST(a_far_end_that_does_not_read_does_not_make_us_grow),
		cmocka_unit_test(malformed_heads_are_refused),
		TEST(too_many_descriptors_are_refused_and_closed),
		TEST(the_end_of_a_link_is_no_error),
		TEST(waiting_ends_at_its_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
