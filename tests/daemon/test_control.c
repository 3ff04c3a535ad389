/*
 * The control socket: who asks is answered, who lies idle makes room.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/config.h"
#include "daemon/control.h"
#include "desk/config.h"
#include "lib/clock.h"
#include "tests/support/store_fixture.h"

enum { PLACES = CONTROL_FDS_MAX - 1 };
#define LIST "{\"verb\":\"list\"}\n"

struct world {
	struct fixture *fixture;
	struct config *conf;
	struct control *control;
	char folder[40], path[60];
	int asking[PLACES + 1];
	size_t count;
};

static void
open_control(struct world *world, int64_t idle_ms)
{
	struct control_setup setup = {
		.conf = world->conf,
		.store = world->fixture->store,
		.idle_ms = idle_ms,
	};
	struct err err = { 0 };

	world->control = control_open(&setup, &err);
	if (world->control == NULL)
		fail_msg("%s", err.msg);
}

static int
setup(void **state)
{
	struct world *world = calloc(1, sizeof(*world));
	struct err err = { 0 };
	const char *overrides[2] = { NULL };
	char socket[100];
	void *fixture = NULL;

	assert_non_null(world);
	(void)snprintf(world->folder, sizeof(world->folder),
	    "/tmp/shouwen-control-XXXXXX");
	assert_non_null(mkdtemp(world->folder));
	(void)snprintf(
	    world->path, sizeof(world->path), "%s/socket", world->folder);
	(void)snprintf(
	    socket, sizeof(socket), "control_socket=%s", world->path);
	overrides[0] = socket;
	if (config_load_public("conf/demo/shouwen.conf", overrides, NULL, NULL,
		&world->conf, &err) < 0)
		fail_msg("%s", err.msg);
	(void)fixture_file(&fixture);
	world->fixture = fixture;
	*state = world;
	return 0;
}

static int
teardown(void **state)
{
	struct world *world = *state;
	void *fixture = world->fixture;

	for (size_t i = 0; i < world->count; i++)
		(void)close(world->asking[i]);
	control_close(&world->control);
	(void)fixture_done(&fixture);
	config_free(&world->conf);
	(void)rmdir(world->folder);
	free(world);
	return 0;
}

static int
ask(struct world *world, const char *words)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(at.sun_path, world->path, strlen(world->path));
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(write(fd, words, strlen(words)), strlen(words));
	world->asking[world->count++] = fd;
	return fd;
}

/* One round of the loop, waiting at most so long. */
static void
round_of(struct world *world, int timeout)
{
	struct pollfd fds[CONTROL_FDS_MAX];
	size_t count = control_poll(world->control, fds);

	assert_in_range(count, 1, CONTROL_FDS_MAX);
	(void)poll(fds, count, timeout);
	control_work(world->control, fds, count, MORNING);
}

/* What it hears by now: bytes, 0 that it was dropped, -1 nothing. */
static ssize_t
heard(int fd)
{
	static char room[65536];

	return recv(fd, room, sizeof(room), MSG_DONTWAIT);
}

static void
who_asks_is_answered_and_may_ask_again(void **state)
{
	struct world *world = *state;
	int fd;

	open_control(world, CONTROL_IDLE_MS);
	fd = ask(world, LIST);
	for (int i = 0; i < 2; i++) {
		round_of(world, 1000);
		round_of(world, 1000);
		assert_true(heard(fd) > 0);
		assert_int_equal(write(fd, LIST, strlen(LIST)), strlen(LIST));
	}
	assert_in_range(control_timeout(world->control), 1, CONTROL_IDLE_MS);
}

static void
who_says_nothing_is_dropped(void **state)
{
	struct world *world = *state;
	int silent, half;

	open_control(world, 30);
	assert_int_equal(control_timeout(world->control), -1);
	silent = ask(world, "");
	half = ask(world, "{\"verb\":");
	for (int i = 0; i < 1000 && heard(silent) != 0; i++)
		round_of(world, 10);
	for (int i = 0; i < 1000 && heard(half) != 0; i++)
		round_of(world, 10);
	assert_int_equal(heard(silent), 0);
	assert_int_equal(heard(half), 0);
	assert_int_equal(control_timeout(world->control), -1);
}

static void
who_does_not_read_the_answer_is_not_asked_what_else(void **state)
{
	struct world *world = *state;
	mono_t end = mono_add(clock_mono(), 10000);
	int fd;

	open_control(world, 100);
	fd = ask(world, LIST);
	round_of(world, 1000);
	assert_int_not_equal(control_timeout(world->control), -1);
	/* Asks on and on without reading, until the desk has had enough. */
	while (control_timeout(world->control) != -1) {
		assert_true(mono_left_ms(end) > 0);
		(void)send(
		    fd, LIST, strlen(LIST), MSG_DONTWAIT | MSG_NOSIGNAL);
		round_of(world, 10);
	}
}

static void
more_than_there_is_room_for_wait_their_turn(void **state)
{
	struct world *world = *state;
	int last;

	open_control(world, CONTROL_IDLE_MS);
	for (int i = 0; i < PLACES; i++) {
		(void)ask(world, "");
		round_of(world, 1000);
	}
	last = ask(world, LIST);
	round_of(world, 20);
	round_of(world, 20);
	assert_int_equal(heard(last), -1);
	(void)shutdown(world->asking[0], SHUT_RDWR);
	for (int i = 0; i < 4; i++)
		round_of(world, 20);
	assert_true(heard(last) > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_asks_is_answered_and_may_ask_again),
		TEST(who_says_nothing_is_dropped),
		TEST(who_does_not_read_the_answer_is_not_asked_what_else),
		TEST(more_than_there_is_room_for_wait_their_turn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
