#include "tests/support/cmocka_fence.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "lib/file.h"

static char folder[] = "/tmp/test_file.XXXXXX";

static int
set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL ? -1 : 0;
}

static int
tear_down(void **state)
{
	(void)state;
	return rmdir(folder);
}

static void
a_file_is_read_whole_and_what_is_none_is_told(void **state)
{
	struct arena arena scoped(arena_done) = { 0 };
	struct err err = { 0 };
	size_t len = 0;
	char *text;
	int parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int file = openat(parent, "five", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	(void)state;
	arena_init(&arena, 64 * 1024);
	assert_int_equal(write(file, "12345", 5), 5);
	assert_int_equal(close(file), 0);
	assert_int_equal(mkfifoat(parent, "pipe", 0600), 0);
	text = file_read_in(parent, "five", 5, &arena, &len, &err);
	assert_int_equal(len, 5);
	assert_string_equal(text, "12345");
	assert_null(file_read_in(parent, "five", 4, &arena, &len, &err));
	assert_string_equal(err.msg, "\"five\" is larger than 4 bytes");
	assert_null(file_read_in(parent, "pipe", 5, &arena, &len, &err));
	assert_string_equal(err.msg, "\"pipe\" is not a file");
	assert_null(file_read_in(parent, "none", 5, &arena, &len, &err));
	assert_int_equal(err.kind, ERR_CONF);
	assert_non_null(strstr(err.msg, "cannot read \"none\""));
	assert_int_equal(unlinkat(parent, "five", 0), 0);
	assert_int_equal(unlinkat(parent, "pipe", 0), 0);
	assert_int_equal(close(parent), 0);
}

static void
what_is_left_in_a_pipe_is_read_behind_what_is_there(void **state)
{
	struct buf text scoped(buf_done) = { 0 };
	struct buf small scoped(buf_done) = { 0 };
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "12345", 5), 5);
	buf_init(&small, 4);
	assert_int_equal(file_read_rest(ends[0], &small), -1);
	assert_int_equal(errno, EFBIG);
	assert_int_equal(close(ends[1]), 0);
	buf_init(&text, 1024 * 1024);
	buf_puts(&text, "0");
	assert_int_equal(file_read_rest(ends[0], &text), 0);
	assert_string_equal(buf_text(&text), "012345");
	assert_int_equal(close(ends[0]), 0);
	assert_int_equal(file_read_rest(ends[0], &text), -1);
	assert_int_equal(errno, EBADF);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_read_whole_and_what_is_none_is_told),
		cmocka_unit_test(
		    what_is_left_in_a_pipe_is_read_behind_what_is_there),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
