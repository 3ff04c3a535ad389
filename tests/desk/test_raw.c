/*
 * Bytes from outside in memory that nobody can change any more.
 */
#include "tests/support/cmocka_fence.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "desk/raw.h"
#include "lib/err.h"

static bool
is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static int
memory(int seals)
{
	int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "hello", 5), 5);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, seals), 0);
	return fd;
}

static void
a_descriptor_without_all_its_seals_is_refused(void **state)
{
	static const int seals[] = { 0, F_SEAL_SHRINK,
		F_SEAL_SHRINK | F_SEAL_GROW, F_SEAL_SHRINK | F_SEAL_WRITE,
		F_SEAL_GROW | F_SEAL_WRITE };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(seals); i++) {
		struct err err = { 0 };
		int fd = memory(seals[i]);

		assert_null(raw_from_fd(fd, &err));
		assert_int_equal(err.kind, ERR_DATA);
		assert_false(is_open(fd));
	}
}

static void
what_is_no_memory_is_refused(void **state)
{
	struct err err = { 0 };
	int ends[2], fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_null(raw_from_fd(fd, &err));
	assert_null(raw_from_fd(ends[0], &err));
	assert_null(raw_from_fd(-1, &err));
	assert_false(is_open(fd) || is_open(ends[0]));
	(void)close(ends[1]);
}

static void
sealed_memory_is_taken_and_freed_with_its_last_user(void **state)
{
	struct err err = { 0 };
	int fd = memory(F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
	struct raw *raw = raw_from_fd(fd, &err), *other;

	(void)state;
	assert_non_null(raw);
	assert_int_equal(raw->size, 5);
	assert_memory_equal(raw->data, "hello", 5);
	other = raw_keep(raw);
	raw_drop(&raw);
	assert_null(raw);
	assert_true(is_open(fd));
	assert_memory_equal(other->data, "hello", 5);
	raw_drop(&other);
	assert_false(is_open(fd));
	raw_drop(&other);
}

static void
our_own_memory_is_sealed_too(void **state)
{
	struct err err = { 0 };
	struct raw *raw = raw_from_bytes("a\0b", 3, &err);
	struct raw *empty = raw_from_bytes("", 0, &err);
	int copy;

	(void)state;
	assert_non_null(raw);
	assert_memory_equal(raw->data, "a\0b", 3);
	assert_int_equal(pwrite(raw->fd, "x", 1, 0), -1);
	assert_int_equal(ftruncate(raw->fd, 0), -1);
	copy = raw_fd_copy(raw, &err);
	raw_drop(&raw);
	raw = raw_from_fd(copy, &err);
	assert_non_null(raw);
	assert_memory_equal(raw->data, "a\0b", 3);
	raw_drop(&raw);
	assert_non_null(empty);
	assert_int_equal(empty->size, 0);
	raw_drop(&empty);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_descriptor_without_all_its_seals_is_refused),
		cmocka_unit_test(what_is_no_memory_is_refused),
		cmocka_unit_test(
		    sealed_memory_is_taken_and_freed_with_its_last_user),
		cmocka_unit_test(our_own_memory_is_sealed_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
