#include "tests/support/cmocka_fence.h"

#include <sys/socket.h>
#include <unistd.h>

#include "channels/transfer.h"
#include "channels/transfers.h"
#include "lib/cleanup.h"
#include "lib/clock.h"
#include "lib/err.h"

enum { LONG_MS = 20000 };

static struct transfers *
open_transfers(void)
{
	struct err err = { 0 };
	struct transfers *transfers = transfers_open(&err);

	assert_non_null(transfers);
	return transfers;
}

static void
a_readable_descriptor_ends_the_wait(void **state)
{
	struct transfers *transfers scoped(transfers_close) = open_transfers();
	struct err err = { 0 };
	struct pollfd fds[2] = { { .fd = -1, .events = POLLIN },
		{ .events = POLLIN } };
	int pair[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	fds[1].fd = pair[0];
	assert_int_equal(transfers_wait(transfers, fds, 2, 0, &err), 0);
	assert_int_equal(fds[1].revents, 0);
	assert_int_equal(write(pair[1], "x", 1), 1);
	assert_int_equal(transfers_wait(transfers, fds, 2, -1, &err), 0);
	assert_int_equal(fds[0].revents, 0);
	assert_int_equal(fds[1].revents, POLLIN);
	close(pair[0]);
	close(pair[1]);
}

static void
a_hang_up_is_seen(void **state)
{
	struct transfers *transfers scoped(transfers_close) = open_transfers();
	struct err err = { 0 };
	struct pollfd fd = { .events = POLLIN };
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	close(ends[1]);
	fd.fd = ends[0];
	assert_int_equal(transfers_wait(transfers, &fd, 1, LONG_MS, &err), 0);
	assert_int_equal(fd.revents, POLLHUP);
	close(ends[0]);
}

static void
ring(void *self)
{
	++*(int *)self;
}

static void
an_alarm_rings_once_when_it_is_due(void **state)
{
	struct transfers *transfers scoped(transfers_close) = open_transfers();
	int rings = 0;
	struct transfers_alarm soon = { .ring = ring, .self = &rings };
	struct transfers_alarm late = { .ring = ring, .self = &rings };
	struct err err = { 0 };

	(void)state;
	transfers_alarm_add(transfers, &soon);
	transfers_alarm_add(transfers, &late);
	soon.at = mono_add(clock_mono(), 20);
	soon.is_set = true;
	late.at = mono_add(clock_mono(), 10 * LONG_MS);
	late.is_set = true;
	assert_int_equal(transfers_running(transfers), 2);
	while (rings == 0)
		assert_int_equal(
		    transfers_wait(transfers, NULL, 0, LONG_MS, &err), 0);
	assert_int_equal(mono_left_ms(soon.at), 0);
	assert_int_equal(transfers_wait(transfers, NULL, 0, 0, &err), 0);
	assert_int_equal(rings, 1);
	transfers_alarm_remove(transfers, &soon);
	transfers_alarm_remove(transfers, &late);
	transfers_alarm_remove(transfers, &late);
	assert_int_equal(transfers_running(transfers), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_readable_descriptor_ends_the_wait),
		cmocka_unit_test(a_hang_up_is_seen),
		cmocka_unit_test(an_alarm_rings_once_when_it_is_due),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
